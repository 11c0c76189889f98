// SPDX-License-Identifier: Apache-2.0
// Secrets never leave. An error here means: do not use the text at all.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc {

class Redactor {
public:
    // Rules from DIR/*.toml. Code::config with file:line when a rule is wrong.
    static Result<Redactor> load(std::span<const std::filesystem::path> dirs);
    ~Redactor();
    Redactor(Redactor&&) noexcept;
    Redactor& operator=(Redactor&&) noexcept;

    // The text with each secret replaced by [REDACTED:rule]. Safe from several threads.
    Result<std::string> clean(std::string_view text) const;
    // A value known to be secret (of an environment variable named like one): scrubbed wherever it stands.
    void know(std::string value);
    // True for files whose content is never opened: keys, keytabs, token stores.
    static bool never_open(const std::filesystem::path& file);
    // True for the name of a variable whose value is a secret.
    static bool secret_name(std::string_view name);

private:
    struct State;
    explicit Redactor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// Secrets never leave. An error here means: do not use the text at all.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc {

namespace redact {
class Engine;
}

// A text without its secrets, and how many of each rule there were.
struct Cleaned {
    std::string text{};
    std::map<std::string, unsigned, std::less<>> counts{};
};

// Who may read it. Beyond the site, names become pseudonyms, the same one for the same name in all texts of one run:
// "host-1", "user-2". vendor: users, groups, hosts, domains and addresses; everyone: homes and project directories too.
enum class Readers { site, vendor, everyone };
enum class NameKind { user, group, host, domain, directory };

class Redactor {
public:
    // Rules from DIR/*.toml. Code::config with file:line when a rule is wrong.
    static Result<Redactor> load(std::span<const std::filesystem::path> dirs);
    ~Redactor();
    Redactor(Redactor&&) noexcept;
    Redactor& operator=(Redactor&&) noexcept;

    // The text with each secret replaced by [REDACTED:rule#n]. Safe from several threads.
    Result<std::string> clean(std::string_view text) const;
    Result<Cleaned> clean_counted(std::string_view text) const;
    // A value known to be secret (of an environment variable named like one): scrubbed wherever it stands.
    void know(std::string value);
    // The secrets of a text as they stand there: what is in a file of credentials can be told to know().
    Result<std::vector<std::string>> secrets_in(std::string_view text) const;
    // From here on names are replaced too, where they stand as whole words. Addresses (IPv4, IPv6, Ethernet, InfiniBand)
    // are found by their form; names have to be told. Safe from several threads.
    void disguise(Readers readers);
    void know_name(NameKind kind, std::string name);
    // True for files whose content is never opened: keys, keytabs, token stores.
    static bool never_open(const std::filesystem::path& file);
    // True for the name of a variable whose value is a secret.
    static bool secret_name(std::string_view name);

    const redact::Engine& engine() const; // for StreamRedactor

private:
    struct State;
    explicit Redactor(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hpcdoc

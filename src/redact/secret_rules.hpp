// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "config/source_text.hpp"
#include "redact/span.hpp"
#include "scan/literals.hpp"
#include "scan/pattern.hpp"

namespace hpcdoc::redact {

// The rules of share/hpcdoc/redact: what a secret of some kind looks like, on one line.
class SecretRules {
public:
    static Result<SecretRules> load(std::span<const std::filesystem::path> dirs);
    // An error: a pattern is wrong, and the text must not be used.
    Result<void> find(std::string_view text, Spans& spans) const;

private:
    struct Rule {
        std::string id{};
        scan::Pattern pattern;
        std::optional<scan::Pattern> unless{}; // what looks like a secret of this kind and is none
        config::Place place{};
        std::shared_ptr<const config::SourceText> source{};
    };

    Result<void> add_file(const std::filesystem::path& file, std::vector<std::string>& words);
    // Parts of a text, from `begin` to `end`: a line, and what of it is looked at.
    struct Part {
        std::size_t begin = 0, end = 0;
    };
    Result<void> find_in_line(const Rule& rule, std::string_view text, Part line, Part& window, Spans& spans) const;

    std::vector<Rule> m_rules{};
    scan::Literals m_literals{};
    std::vector<std::size_t> m_word_rule{}; // word of m_literals -> index of its rule
};

} // namespace hpcdoc::redact

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
#include "scan/pattern.hpp"
#include "scan/word_finder.hpp"

namespace hpcdoc::redact {

// The rules of share/hpcdoc/redact: what a secret of some kind looks like, on one line.
class SecretRules {
public:
    static Result<SecretRules> load(std::span<const std::filesystem::path> dirs);
    // What calls for a rule; where these stand (in any case) is given to find().
    const std::vector<std::string>& words() const { return m_words; }
    // An error: a pattern is wrong, and the text must not be used.
    Result<void> find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const;

private:
    struct Rule {
        std::string id{};
        scan::Pattern pattern;
        std::optional<scan::Pattern> unless{}; // what looks like a secret of this kind and is none
        bool word_first = false;               // a secret begins with its word, at the beginning of a word
        config::Place place{};
        std::shared_ptr<const config::SourceText> source{};
    };

    Result<void> add_file(const std::filesystem::path& file);
    // Parts of a text, from `begin` to `end`: a line, and what of it is looked at.
    struct Part {
        std::size_t begin = 0, end = 0;
    };
    static Result<void> check(const Rule& rule);
    static void add(const Rule& rule, std::string_view line, std::size_t line_begin, const scan::Match& match,
                    Spans& spans);
    Result<std::size_t> find_word_first(const Rule& rule, std::string_view text, std::size_t position,
                                        Spans& spans) const;
    Result<void> find_in_line(const Rule& rule, std::string_view text, Part line, Part& window, Spans& spans) const;

    std::vector<Rule> m_rules{};
    std::vector<std::string> m_words{};
    std::vector<std::size_t> m_word_rule{}; // word -> index of its rule
};

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// Which rule knows a line of a log.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"
#include "scan/lines.hpp"

namespace hpcdoc::rules {

// Not thread-safe: one for each thread.
class LineMatcher {
public:
    // A word of the rule stands in the line.
    struct Candidate {
        std::uint32_t rule = 0;
        std::size_t position = 0; // in the line
    };
    struct Taken {
        std::uint32_t rule = 0;
        scan::Match match{};  // into the line
        bool assumed = false; // the rule has matched so often that this line was not asked
    };

    explicit LineMatcher(const Topic& topic) : m_topic(topic), m_rules(topic.rules.size()), m_counts(topic.rules.size()) {}

    // Of the rules that know the line the most specific takes it; one that looks like an error and is none is given to no
    // other. `candidates` are sorted by this. After `enough` matches a rule takes every line that has a word of it.
    std::optional<Taken> take(std::string_view line, std::vector<Candidate>& candidates, std::uint64_t enough);
    const Rule* rule(std::uint32_t index); // none after an error
    const std::optional<Error>& error() const { return m_error; }

private:
    std::optional<Taken> take_first(std::string_view line, std::span<const Candidate> candidates, bool noise, std::uint64_t enough);
    std::optional<scan::Match> match(const Rule& rule, std::string_view line, std::span<const Candidate> candidates);
    std::optional<scan::Match> match_at(const Rule& rule, std::string_view line, std::size_t from, std::size_t to);

    const Topic& m_topic;
    std::vector<const Rule*> m_rules; // those that were needed so far
    std::vector<std::uint64_t> m_counts; // matches of each
    std::optional<Error> m_error{};
};

// How much of the neighbourhood an excerpt shows.
struct Around {
    std::size_t before = 1, after = 2; // lines
};

// What the rule says of the line it took: lines[line] of `source`.
LogMatch explain_line(const Topic& topic, const Rule& rule, const std::vector<scan::Line>& lines, std::size_t line, const scan::Match& match,
                      std::string_view source, const Facts& facts, Around around = {});

} // namespace hpcdoc::rules

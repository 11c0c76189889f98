// SPDX-License-Identifier: Apache-2.0
// Reads one log and keeps of it what rules know: the first line of each rule and rank, how often, and the lines around.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

#include "logs/feed.hpp"
#include "logs/tags.hpp"
#include "rules/line_matcher.hpp"

namespace hpcdoc::logs {

// What a rule found in one log, once for each rank.
struct Event {
    std::uint32_t rule = 0;
    std::uint64_t line = 0, last_line = 0; // 1-based; of the first and the last
    std::uint64_t offset = 0;              // of the first
    std::uint64_t count = 1;
    bool capped = false;     // counted without being asked, see LineMatcher
    std::string window{};    // some lines around the first, without escape sequences
    std::uint64_t window_first = 0; // the number of its first line
    std::size_t at = 0;      // where the line stands in the window
    Tags tags{};
};

struct Scan {
    std::vector<Event> events{}; // in the order of their first lines
    std::uint64_t bytes = 0, newlines = 0;
    std::string head{}, tail{};  // the first 4 KiB, the last 16 KiB
    bool full = false;           // more kinds of lines than are kept
    std::optional<Error> trouble{}; // what ended it early
};

class Scanner {
public:
    Scanner(const rules::Topic& topic, const TagReader& tags, bool labels) : m_topic(topic), m_tags(tags), m_labels(labels), m_matcher(topic) {}

    // All blocks of the feed. A mistake in a rule is an Error; trouble with the source is in the Scan.
    Result<Scan> scan(Feed& feed);

private:
    using Key = std::pair<std::uint32_t, std::int64_t>; // rule, rank

    void look_at(const Block& block);
    void look_through(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t newlines);
    void look_at_line(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t number);
    void record(std::uint32_t rule, std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t number, bool capped);
    Event first_event(std::uint32_t rule, std::string_view text, std::size_t begin, std::size_t end, std::uint64_t number) const;
    void inherit_time(std::string_view text, std::size_t begin, Tags& tags) const;
    void keep_ends(const Block& block);

    const rules::Topic& m_topic;
    const TagReader& m_tags;
    bool m_labels;
    rules::LineMatcher m_matcher;
    scan::GramFinder::Hits m_hits{};
    std::vector<rules::LineMatcher::Candidate> m_candidates{};
    std::map<Key, Event> m_events{};
    Scan m_scan{};
};

std::uint64_t count_newlines(std::string_view text);

// What the log says of an event: the rule's finding with its origin and the lines around.
Result<LogMatch> explain_event(const rules::Topic& topic, const Event& event, const std::string& source, const Facts& facts, rules::Around around);

} // namespace hpcdoc::logs

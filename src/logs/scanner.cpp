// SPDX-License-Identifier: Apache-2.0
#include "logs/scanner.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "scan/lines.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::uint64_t k_enough = 500;        // matches of one rule after which its words alone count
constexpr std::size_t k_most_events = 10'000;  // kinds of lines of one log
constexpr std::size_t k_before = 3, k_after = 8; // lines around: the cause is often on the next ones
constexpr std::size_t k_longest_window_line = 4 * 1024;
constexpr std::size_t k_head = 4 * 1024, k_tail = 16 * 1024;

bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

std::size_t line_begin(std::string_view text, std::size_t position, std::size_t least)
{
    while (position > least && !ends_line(text[position - 1])) {
        --position;
    }
    return position;
}

std::size_t line_end(std::string_view text, std::size_t position, std::size_t most)
{
    while (position < most && !ends_line(text[position])) {
        ++position;
    }
    return position;
}

// The line before the one that begins here; npos: none.
std::size_t before_line(std::string_view text, std::size_t begin)
{
    if (begin == 0) {
        return std::string_view::npos;
    }
    std::size_t end = begin - 1;
    if (end > 0 && text[end] == '\n' && text[end - 1] == '\r') {
        --end;
    }
    return line_begin(text, end, end - std::min(end, k_longest_window_line));
}

} // namespace

std::uint64_t count_newlines(std::string_view text)
{
    // Bytes added up in bytes, so that the compiler can do many at once.
    constexpr std::size_t k_lanes = 32;
    std::uint64_t total = 0;
    std::size_t at = 0;
    while (text.size() - at >= k_lanes) {
        std::array<unsigned char, k_lanes> counts{};
        const std::size_t rounds = std::min<std::size_t>((text.size() - at) / k_lanes, 255);
        for (std::size_t round = 0; round < rounds; ++round, at += k_lanes) {
            for (std::size_t lane = 0; lane < k_lanes; ++lane) {
                counts[lane] = static_cast<unsigned char>(counts[lane] + (text[at + lane] == '\n' ? 1 : 0));
            }
        }
        for (const unsigned char count : counts) {
            total += count;
        }
    }
    return total + static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), '\n'));
}

Event Scanner::first_event(std::uint32_t rule, std::string_view text, std::size_t begin, std::size_t end, std::uint64_t number) const
{
    std::size_t first = begin;
    std::uint64_t first_number = number;
    for (std::size_t count = 0; count < k_before; ++count) {
        const std::size_t before = before_line(text, first);
        if (before == std::string_view::npos) {
            break;
        }
        first_number -= count_newlines(text.substr(before, first - before));
        first = before;
    }
    std::size_t last = end;
    for (std::size_t count = 0; count < k_after && last < text.size(); ++count) {
        std::size_t next = last + 1;
        if (text[last] == '\r' && next < text.size() && text[next] == '\n') {
            ++next;
        }
        last = line_end(text, next, std::min(text.size(), next + k_longest_window_line));
    }
    Event event;
    event.rule = rule;
    event.line = event.last_line = number;
    event.tags = m_tags.read(text.substr(begin, end - begin), m_labels);
    inherit_time(text, begin, event.tags);
    event.window = text.substr(first, last - first);
    event.window_first = first_number;
    event.at = begin - first;
    return event;
}

// A line without a time is not before the last one that has one.
void Scanner::inherit_time(std::string_view text, std::size_t begin, Tags& tags) const
{
    constexpr int k_most_lines = 40; // a traceback
    for (int count = 0; count < k_most_lines && !tags.time; ++count) {
        const std::size_t before = before_line(text, begin);
        if (before == std::string_view::npos) {
            return;
        }
        const std::string_view line = text.substr(before, line_end(text, before, begin) - before);
        const Tags earlier = m_tags.read(line, m_labels);
        if (!tags.rank || !earlier.rank || tags.rank == earlier.rank) {
            tags.time = earlier.time;
        }
        begin = before;
    }
}

void Scanner::record(std::uint32_t rule, std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t number, bool capped)
{
    const Tags tags = m_tags.read(text.substr(begin, end - begin), m_labels);
    const Key key{rule, tags.rank.value_or(tags.local_rank.value_or(-1))};
    if (const auto found = m_events.find(key); found != m_events.end()) {
        ++found->second.count;
        found->second.last_line = number;
        found->second.capped = found->second.capped || capped;
        return;
    }
    if (m_events.size() >= k_most_events) {
        m_scan.full = true;
        return;
    }
    Event event = first_event(rule, text, begin, end, number);
    event.offset = offset;
    event.capped = capped;
    m_events.emplace(key, std::move(event));
}

void Scanner::look_at_line(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t number)
{
    const auto taken = m_matcher.take(text.substr(begin, end - begin), m_candidates, k_enough);
    if (!taken) {
        return;
    }
    const rules::Rule* rule = m_matcher.rule(taken->rule);
    if (rule != nullptr && rule->log.kind != LogMatch::Kind::noise) {
        record(taken->rule, text, begin, end, offset, number, taken->assumed);
    }
}

// `newlines`: how many stand before text[begin] in the log.
void Scanner::look_through(std::string_view text, std::size_t begin, std::size_t end, std::uint64_t offset, std::uint64_t newlines)
{
    constexpr std::size_t k_longest_word = 256;
    m_topic.words.find(text.substr(begin, std::min(text.size() - begin, end - begin + k_longest_word)), m_hits);
    std::size_t counted = begin;
    for (auto hit = m_hits.begin(); hit != m_hits.end() && begin + hit->position < end;) {
        const std::size_t position = begin + hit->position;
        const std::size_t from = line_begin(text, position, std::max(begin, position - std::min(position, Feed::k_margin)));
        const std::size_t to = line_end(text, position, std::min(text.size(), position + Feed::k_margin));
        m_candidates.clear();
        for (; hit != m_hits.end() && begin + hit->position < to; ++hit) {
            m_candidates.push_back({m_topic.word_rule[hit->word], begin + hit->position - from});
        }
        if (m_candidates.empty()) {
            ++hit; // a word with a line end in it: none has
            continue;
        }
        newlines += count_newlines(text.substr(counted, from - counted));
        counted = from;
        look_at_line(text, from, to, offset + from, newlines + 1);
    }
}

void Scanner::look_at(const Block& block)
{
    const std::string_view fresh = block.text.substr(block.begin, block.end - block.begin);
    if (fresh.find('\x1b') == std::string_view::npos) {
        look_through(block.text, block.begin, block.end, block.offset, m_scan.newlines);
    } else { // colours may stand inside a word
        const scan::Lines before(block.text.substr(0, block.begin));
        const scan::Lines now(fresh);
        const scan::Lines after(block.text.substr(block.end));
        const std::string plain = std::string(before.text()) + std::string(now.text()) + std::string(after.text());
        look_through(plain, before.text().size(), before.text().size() + now.text().size(), block.offset, m_scan.newlines);
    }
    m_scan.newlines += count_newlines(fresh);
    m_scan.bytes += fresh.size();
}

void Scanner::keep_ends(const Block& block)
{
    const std::string_view fresh = block.text.substr(block.begin, block.end - block.begin);
    if (m_scan.head.size() < k_head) {
        m_scan.head += fresh.substr(0, k_head - m_scan.head.size());
    }
    if (fresh.size() >= k_tail) {
        m_scan.tail = fresh.substr(fresh.size() - k_tail);
    } else {
        m_scan.tail += fresh;
        m_scan.tail.erase(0, m_scan.tail.size() - std::min(m_scan.tail.size(), k_tail));
    }
}

Result<Scan> Scanner::scan(Feed& feed)
{
    while (true) {
        Result<std::optional<Block>> block = feed.next();
        if (!block) {
            m_scan.trouble = std::move(block).error();
            break;
        }
        if (!*block) {
            break;
        }
        look_at(**block);
        keep_ends(**block);
        if (m_matcher.error()) {
            return tl::unexpected(*m_matcher.error());
        }
    }
    for (auto& [key, event] : m_events) {
        m_scan.events.push_back(std::move(event));
    }
    std::sort(m_scan.events.begin(), m_scan.events.end(), [](const Event& a, const Event& b) { return std::tuple(a.offset, a.rule) < std::tuple(b.offset, b.rule); });
    return std::move(m_scan);
}

Result<LogMatch> explain_event(const rules::Topic& topic, const Event& event, const std::string& source, const Facts& facts, rules::Around around)
{
    const scan::Lines window(event.window);
    std::vector<scan::Line> lines = window.lines();
    for (scan::Line& line : lines) {
        line.number += event.window_first - 1;
    }
    if (lines.empty()) {
        return failure(Code::internal, "an event without a line");
    }
    const std::size_t at = window.index_at(std::min(event.at, event.window.size()));
    HPCDOC_TRY_ASSIGN(const rules::Rule* rule, topic.rules[event.rule].whole());
    scan::Match match;
    for (const rules::PlacedPattern& placed : rule->log.patterns) {
        if (auto found = placed.pattern.find(lines[at].text)) {
            match = std::move(*found);
            break;
        }
    }
    LogMatch made = rules::explain_line(topic, *rule, lines, at, match, source, facts, around);
    made.line = event.line;
    made.count = event.count;
    made.priority = event.rule;
    return made;
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include "rules/line_matcher.hpp"

#include <algorithm>

#include "rules/excerpt.hpp"
#include "rules/explain.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

// What a pattern is given of a longer line: around the word that called for it.
constexpr std::size_t k_window = 16 * 1024;
constexpr std::size_t k_window_before = 4 * 1024;

std::string shown_capture(std::string_view text)
{
    constexpr std::size_t k_longest_capture = 300;
    return util::printable(cut(text, 0, k_longest_capture));
}

} // namespace

const Rule* LineMatcher::rule(std::uint32_t index)
{
    if (m_rules[index] == nullptr && !m_error) {
        Result<const Rule*> whole = m_topic.rules[index].whole();
        if (whole) {
            m_rules[index] = *whole;
        } else {
            m_error = std::move(whole).error();
        }
    }
    return m_rules[index];
}

std::optional<scan::Match> LineMatcher::match_at(const Rule& rule, std::string_view line, std::size_t from, std::size_t to)
{
    for (const PlacedPattern& placed : rule.log.patterns) {
        if (auto found = placed.pattern.find(line, from, to)) {
            return found;
        }
        if (const auto mistake = placed.pattern.mistake(); mistake && !m_error) {
            m_error = wrong_pattern(*rule.source, placed.place, *mistake);
        }
    }
    return std::nullopt;
}

// `candidates` are those of this rule alone.
std::optional<scan::Match> LineMatcher::match(const Rule& rule, std::string_view line, std::span<const Candidate> candidates)
{
    if (line.size() <= k_window) {
        return match_at(rule, line, 0, line.size());
    }
    std::size_t seen_to = 0;
    for (const Candidate& candidate : candidates) {
        if (candidate.position < seen_to) {
            continue;
        }
        const std::size_t from = candidate.position > k_window_before ? candidate.position - k_window_before : 0;
        seen_to = std::min(line.size(), from + k_window);
        if (auto found = match_at(rule, line, from, seen_to)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<LineMatcher::Taken> LineMatcher::take_first(std::string_view line, std::span<const Candidate> candidates, bool noise, std::uint64_t enough)
{
    for (auto at = candidates.begin(); at != candidates.end();) {
        const auto end = std::find_if(at, candidates.end(), [&at](const Candidate& other) { return other.rule != at->rule; });
        const Rule* known = rule(at->rule);
        if (known != nullptr && (known->log.kind == LogMatch::Kind::noise) == noise) {
            if (m_counts[at->rule] >= enough) {
                return Taken{at->rule, {}, true};
            }
            if (auto found = match(*known, line, {at, end})) {
                ++m_counts[at->rule];
                return Taken{at->rule, std::move(*found), false};
            }
        }
        at = end;
    }
    return std::nullopt;
}

std::optional<LineMatcher::Taken> LineMatcher::take(std::string_view line, std::vector<Candidate>& candidates, std::uint64_t enough)
{
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.rule < b.rule; });
    // An echo that a consequence rule knows must not become a cause through a catch-all further down.
    if (auto noise = take_first(line, candidates, true, enough)) {
        return noise;
    }
    return take_first(line, candidates, false, enough);
}

LogMatch explain_line(const Topic& topic, const Rule& rule, const std::vector<scan::Line>& lines, std::size_t line, const scan::Match& match,
                      std::string_view source, const Facts& facts, Around around)
{
    Lookup::Captures captures;
    for (const scan::Capture& capture : match.captures) {
        captures.emplace_back(std::string(capture.name), shown_capture(capture.text));
    }
    const Lookup lookup(facts, std::move(captures));
    LogMatch made;
    made.kind = rule.log.kind;
    made.line = lines[line].number;
    made.evidences = rule.log.evidences;
    const std::string where = std::string(source) + ":" + std::to_string(made.line);
    made.finding = explain(rule, topic.message, lookup, {Evidence{where, excerpt(lines, line, match.begin, around.before, around.after)}});
    made.finding.origin = origin_of(lookup, source, made.line);
    return made;
}

} // namespace hpcdoc::rules

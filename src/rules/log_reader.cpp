// SPDX-License-Identifier: Apache-2.0
#include "rules/log_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include "rules/excerpt.hpp"
#include "rules/explain.hpp"
#include "scan/lines.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

// What a pattern is given of a longer line: around the word that called for it.
constexpr std::size_t k_window = 16 * 1024;
constexpr std::size_t k_window_before = 4 * 1024;

struct Candidate {
    std::uint32_t rule = 0;
    std::size_t position = 0; // of the word, in the line
};

std::string shown_capture(std::string_view text)
{
    constexpr std::size_t k_longest_capture = 300;
    return util::printable(cut(text, 0, k_longest_capture));
}

class LogReader {
public:
    LogReader(const Topic& topic, const scan::Lines& lines, std::string_view source, const Facts& facts)
        : m_topic(topic), m_lines(lines), m_source(source), m_facts(facts), m_rules(topic.rules.size())
    {
    }

    // All words found in one line, in the order of their positions.
    void read_line(std::size_t line, std::vector<Candidate>& candidates);
    Result<std::vector<LogMatch>> result();

private:
    const Rule* rule(std::uint32_t index); // none after an error
    std::optional<scan::Match> match(const Rule& rule, std::string_view line, std::span<const Candidate> candidates);
    std::optional<scan::Match> match_at(const Rule& rule, std::string_view line, std::size_t from, std::size_t to);
    void record(std::uint32_t index, std::size_t line, const scan::Match& match);
    LogMatch first_match(const Rule& rule, std::size_t line, const scan::Match& match) const;

    const Topic& m_topic;
    const scan::Lines& m_lines;
    std::string_view m_source;
    const Facts& m_facts;
    std::vector<const Rule*> m_rules; // those that were needed so far
    std::map<std::uint32_t, LogMatch> m_found{};
    std::optional<Error> m_error{};
};

const Rule* LogReader::rule(std::uint32_t index)
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

std::optional<scan::Match> LogReader::match_at(const Rule& rule, std::string_view line, std::size_t from, std::size_t to)
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
std::optional<scan::Match> LogReader::match(const Rule& rule, std::string_view line, std::span<const Candidate> candidates)
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

void LogReader::read_line(std::size_t line, std::vector<Candidate>& candidates)
{
    const std::string_view text = m_lines.lines()[line].text;
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.rule < b.rule; });
    // Records the first rule that matches, of the noise rules or of the others, and tells whether there was one.
    const auto take_first = [&](bool noise) {
        for (auto at = candidates.begin(); at != candidates.end();) {
            const auto end = std::find_if(at, candidates.end(), [&at](const Candidate& other) { return other.rule != at->rule; });
            const Rule* candidate = rule(at->rule);
            if (candidate != nullptr && (candidate->log.kind == LogMatch::Kind::noise) == noise) {
                if (const auto found = match(*candidate, text, {at, end}); found) {
                    record(at->rule, line, *found);
                    return true;
                }
            }
            at = end;
        }
        return false;
    };
    // A line that looks like an error and is none is given to no other rule; of the rest the most specific takes it: an
    // echo that a consequence rule knows must not become a cause through a catch-all further down.
    if (!take_first(true)) {
        take_first(false);
    }
}

LogMatch LogReader::first_match(const Rule& rule, std::size_t line, const scan::Match& match) const
{
    Lookup::Captures captures;
    for (const scan::Capture& capture : match.captures) {
        captures.emplace_back(std::string(capture.name), shown_capture(capture.text));
    }
    const Lookup lookup(m_facts, std::move(captures));
    LogMatch made;
    made.kind = rule.log.kind;
    made.line = m_lines.lines()[line].number;
    made.evidences = rule.log.evidences;
    const std::string where = std::string(m_source) + ":" + std::to_string(made.line);
    made.finding = explain(rule, m_topic.message, lookup, {Evidence{where, excerpt(m_lines.lines(), line, match.begin)}});
    made.finding.origin = origin_of(lookup, m_source, made.line);
    return made;
}

void LogReader::record(std::uint32_t index, std::size_t line, const scan::Match& match)
{
    const auto found = m_found.find(index);
    if (found != m_found.end()) {
        ++found->second.count;
        return;
    }
    LogMatch made = first_match(*rule(index), line, match);
    made.priority = index;
    m_found.emplace(index, std::move(made));
}

Result<std::vector<LogMatch>> LogReader::result()
{
    if (m_error) {
        return tl::unexpected(std::move(*m_error));
    }
    std::vector<LogMatch> matches;
    for (auto& [index, match] : m_found) {
        matches.push_back(std::move(match));
    }
    std::stable_sort(matches.begin(), matches.end(), [](const LogMatch& a, const LogMatch& b) { return a.line < b.line; });
    return matches;
}

} // namespace

Result<std::vector<LogMatch>> read_log(const Topic& topic, std::string_view text, std::string_view source, const Facts& facts)
{
    const scan::Lines lines(text);
    LogReader reader(topic, lines, source, facts);
    std::vector<Candidate> candidates;
    std::size_t current = 0;
    std::size_t next_begin = 0; // of the line after the current one, so that most words need no search
    topic.literals.find(lines.text(), [&](scan::Literals::Hit hit) {
        if (hit.position >= next_begin) {
            if (!candidates.empty()) {
                reader.read_line(current, candidates);
                candidates.clear();
            }
            current = lines.index_at(hit.position);
            next_begin = current + 1 < lines.lines().size() ? lines.offset(current + 1) : lines.text().size();
        }
        candidates.push_back({topic.literal_rule[hit.word], hit.position - lines.offset(current)});
    });
    if (!candidates.empty()) {
        reader.read_line(current, candidates);
    }
    return reader.result();
}

} // namespace hpcdoc::rules

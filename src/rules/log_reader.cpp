// SPDX-License-Identifier: Apache-2.0
#include "rules/log_reader.hpp"

#include <algorithm>
#include <map>

#include "rules/line_matcher.hpp"
#include "scan/lines.hpp"

namespace hpcdoc::rules {

namespace {

class LogReader {
public:
    LogReader(const Topic& topic, const scan::Lines& lines, std::string_view source, const Facts& facts)
        : m_topic(topic), m_lines(lines), m_source(source), m_facts(facts), m_matcher(topic)
    {
    }

    // All words found in one line.
    void read_line(std::size_t line, std::vector<LineMatcher::Candidate>& candidates);
    Result<std::vector<LogMatch>> result();

private:
    const Topic& m_topic;
    const scan::Lines& m_lines;
    std::string_view m_source;
    const Facts& m_facts;
    LineMatcher m_matcher;
    std::map<std::uint32_t, LogMatch> m_found{};
};

void LogReader::read_line(std::size_t line, std::vector<LineMatcher::Candidate>& candidates)
{
    constexpr std::uint64_t k_enough = 1000;
    const auto taken = m_matcher.take(m_lines.lines()[line].text, candidates, k_enough);
    if (!taken) {
        return;
    }
    if (const auto found = m_found.find(taken->rule); found != m_found.end()) {
        ++found->second.count;
        return;
    }
    LogMatch made = explain_line(m_topic, *m_matcher.rule(taken->rule), m_lines.lines(), line, taken->match, m_source, m_facts);
    made.priority = taken->rule;
    m_found.emplace(taken->rule, std::move(made));
}

Result<std::vector<LogMatch>> LogReader::result()
{
    if (m_matcher.error()) {
        return tl::unexpected(*m_matcher.error());
    }
    std::vector<LogMatch> matches;
    for (auto& [index, match] : m_found) {
        matches.push_back(std::move(match));
    }
    std::stable_sort(matches.begin(), matches.end(), [](const LogMatch& a, const LogMatch& b) { return a.line < b.line; });
    return matches;
}

} // namespace

Result<std::vector<LogMatch>> read_log(const Topic& topic, std::string_view text, std::string_view source, const Facts& facts, LogLines which)
{
    const scan::Lines lines(text);
    LogReader reader(topic, lines, source, facts);
    std::vector<LineMatcher::Candidate> candidates;
    scan::GramFinder::Hits hits;
    topic.words.find(lines.text(), hits);
    auto hit = hits.begin();
    for (std::size_t line = 0; line < lines.lines().size(); ++line) {
        if (which == LogLines::suspicious) {
            if (hit == hits.end()) {
                break;
            }
            line = lines.index_at(hit->position);
        }
        const std::size_t begin = lines.offset(line);
        const std::size_t next = line + 1 < lines.lines().size() ? lines.offset(line + 1) : lines.text().size();
        candidates.clear();
        for (; hit != hits.end() && hit->position < next; ++hit) {
            candidates.push_back({topic.word_rule[hit->word], hit->position - begin});
        }
        reader.read_line(line, candidates);
    }
    return reader.result();
}

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/explain.hpp"
#include "rules/lint.hpp"
#include "rules/log_reader.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

// A "?" that no title of the rule has by itself stands for something unknown.
bool has_gap(const Rule& rule, std::string_view title)
{
    const bool asks = std::any_of(rule.titles.begin(), rule.titles.end(), [](const TextTemplate& text) { return util::contains(text.source(), "?"); });
    return !asks && util::contains(title, "?");
}

class ExampleCheck {
public:
    ExampleCheck(const Topic& topic, std::vector<RuleIssue>& issues) : m_topic(topic), m_issues(issues) {}

    void facts(const Rule& rule);
    Result<void> lines(const Rule& rule);

private:
    void say(const Rule& rule, config::Place place, std::string message)
    {
        m_issues.push_back(issue_at(*rule.source, place, "rule '" + util::printable(rule.key) + "': " + std::move(message)));
    }
    void judge_fires(const Rule& rule, const Examples::Case& example, const std::vector<LogMatch>& matches);

    const Topic& m_topic;
    std::vector<RuleIssue>& m_issues;
};

void ExampleCheck::facts(const Rule& rule)
{
    for (const Examples::Case& example : rule.examples.fires) {
        const Lookup lookup(example.facts);
        if (!fires(rule, lookup)) {
            say(rule, example.place, "does not fire on this 'fires' example");
        } else if (rule.severity >= Severity::warning && proofs(rule, lookup).empty()) {
            say(rule, example.place, "fires without any proof: name facts in 'evidence'");
        }
    }
    for (const Examples::Case& example : rule.examples.silent) {
        if (fires(rule, Lookup(example.facts))) {
            say(rule, example.place, "fires on this 'silent' example");
        }
    }
}

void ExampleCheck::judge_fires(const Rule& rule, const Examples::Case& example, const std::vector<LogMatch>& matches)
{
    const auto first = std::min_element(matches.begin(), matches.end(), [](const LogMatch& a, const LogMatch& b) { return a.priority < b.priority; });
    if (first == matches.end()) {
        say(rule, example.place, "does not match this 'fires' line");
        return;
    }
    const Rule& winner = m_topic.rules[first->priority].head();
    if (winner.id != rule.id) {
        say(rule, example.place, "this 'fires' line is taken by rule '" + util::printable(winner.key) + "' (" + winner.where + "), which comes first");
        return;
    }
    if (has_gap(winner, first->finding.title)) {
        say(rule, example.place, "for this line no title has all it needs; add one without placeholders");
    }
    if (rule.log.kind != LogMatch::Kind::noise && first->finding.severity >= Severity::warning && first->finding.fixes.empty() && !first->finding.escalate) {
        say(rule, example.place, "for this line there is neither a fix nor anybody to call");
    }
}

Result<void> ExampleCheck::lines(const Rule& rule)
{
    for (const Examples::Case& example : rule.examples.fires) {
        HPCDOC_TRY_ASSIGN(const std::vector<LogMatch> matches, read_log(m_topic, example.text, "example", Facts{}, LogLines::all));
        judge_fires(rule, example, matches);
    }
    for (const Examples::Case& example : rule.examples.silent) {
        HPCDOC_TRY_ASSIGN(const std::vector<LogMatch> matches, read_log(m_topic, example.text, "example", Facts{}, LogLines::all));
        const bool fired = std::any_of(matches.begin(), matches.end(), [&](const LogMatch& match) { return &m_topic.rules[match.priority].head() == &rule; });
        if (fired) {
            say(rule, example.place, "matches this 'silent' line");
        }
    }
    return {};
}

} // namespace

Result<void> check_examples(const Topic& topic, std::vector<RuleIssue>& issues)
{
    ExampleCheck check(topic, issues);
    for (const TopicRule& entry : topic.rules) {
        const Rule& rule = entry.head();
        if (topic.name == k_log_topic) {
            HPCDOC_TRY(check.lines(rule));
        } else {
            check.facts(rule);
        }
    }
    return {};
}

} // namespace hpcdoc::rules

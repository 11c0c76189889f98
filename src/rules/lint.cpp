// SPDX-License-Identifier: Apache-2.0
#include "rules/lint.hpp"

#include <algorithm>

#include "config/schema.hpp"
#include "config/suggest.hpp"
#include "rules/explain.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

class Linter {
public:
    Linter(const Rule& rule, bool log, std::vector<RuleIssue>& issues) : m_rule(rule), m_log(log), m_issues(issues) {}

    void lint()
    {
        check_id();
        check_examples_exist();
        check_patterns(m_rule.when);
        check_patterns(m_rule.unless);
        check_contact();
        if (m_log) {
            check_log_part();
        }
        check_way_out_and_title();
    }

private:
    void say(config::Place place, std::string message)
    {
        m_issues.push_back(issue_at(*m_rule.source, place, "rule '" + util::printable(m_rule.key) + "': " + std::move(message)));
    }
    void say(std::string message) { say(m_rule.place, std::move(message)); }

    void check_id();
    void check_examples_exist();
    void check_patterns(const std::vector<Condition>& conditions);
    void check_contact();
    void check_log_part();
    void check_fires_contain();
    void check_way_out_and_title();
    void check_shown(const Examples::Case& example, const Lookup& lookup);

    const Rule& m_rule;
    bool m_log;
    std::vector<RuleIssue>& m_issues;
};

void Linter::check_id()
{
    static const scan::Pattern k_form("^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\\.[a-z0-9]+(?:-[a-z0-9]+)*$");
    if (!k_form.matches(m_rule.id)) {
        say("the id is not of the form topic.noun-phrase: small letters, digits and hyphens, one dot");
    }
}

void Linter::check_examples_exist()
{
    if (m_rule.examples.fires.empty()) {
        say("no 'fires' example");
    }
    if (m_rule.examples.silent.empty()) {
        say("no 'silent' example");
    }
    for (const std::string& source : m_rule.examples.sources) {
        if (util::trim(source).empty()) {
            say("an empty 'source'; name the file or page that has the text");
        }
    }
}

void Linter::check_patterns(const std::vector<Condition>& conditions)
{
    for (const Condition& condition : conditions) {
        if (!condition.pattern) {
            continue;
        }
        if (const auto mistake = condition.pattern->mistake()) {
            say(condition.place, "wrong pattern: " + util::printable(*mistake));
        }
    }
}

void Linter::check_contact()
{
    if (!m_rule.escalate) {
        return;
    }
    std::vector<std::string_view> contacts;
    for (const config::SchemaKey& key : config::schema()) {
        if (key.name.starts_with("contacts.")) {
            contacts.push_back(key.name.substr(std::string_view("contacts.").size()));
        }
    }
    const std::string& to = m_rule.escalate->to;
    if (std::find(contacts.begin(), contacts.end(), to) == contacts.end()) {
        say(m_rule.escalate->place, "there is no contact '" + util::printable(to) + "'; " + config::suggest(to, contacts));
    }
}

void Linter::check_log_part()
{
    for (const std::string& word : m_rule.log.contains) {
        if (word.size() < scan::GramFinder::k_shortest && m_rule.log.kind != LogMatch::Kind::noise) {
            say("'contains' has '" + util::printable(word) + "', which is shorter than 5 bytes: it is not found");
        }
    }
    for (const PlacedPattern& placed : m_rule.log.patterns) {
        if (const auto mistake = placed.pattern.mistake()) {
            say(placed.place, "wrong pattern: " + util::printable(*mistake));
        }
    }
    check_fires_contain();
}

void Linter::check_fires_contain()
{
    const std::vector<std::string>& words = m_rule.log.contains;
    for (const Examples::Case& example : m_rule.examples.fires) {
        const bool found = std::any_of(words.begin(), words.end(), [&example](const std::string& word) { return util::contains(example.text, word); });
        if (!found) {
            say(example.place, "this 'fires' line has none of the words in 'contains'");
        }
    }
}

void Linter::check_shown(const Examples::Case& example, const Lookup& lookup)
{
    if (!title_complete(m_rule, lookup) && m_rule.log.kind != LogMatch::Kind::noise) {
        say(example.place, "for this example no title has all it needs; add one without placeholders");
    }
    for (const TextTemplate& title : m_rule.titles) {
        if (const std::string name = title.misfit(lookup); !name.empty()) {
            say(example.place, "the format of '{" + name + "}' in the title does not fit its value here");
        }
    }
    const Finding finding = explain(m_rule, std::nullopt, lookup, {});
    if (finding.severity >= Severity::warning && finding.fixes.empty() && !finding.escalate) {
        say(example.place, "for this example there is neither a fix nor anybody to call");
    }
}

void Linter::check_way_out_and_title()
{
    if (m_log && m_rule.log.kind == LogMatch::Kind::noise) {
        return;
    }
    if (m_rule.severity >= Severity::warning && m_rule.fixes.empty() && !m_rule.escalate) {
        say("a rule from 'warning' up needs a 'fix' or an 'escalate'");
        return;
    }
    for (const Examples::Case& example : m_rule.examples.fires) {
        if (m_log) {
            continue; // what a line captures is known only with all rules: see check_examples
        }
        check_shown(example, Lookup(example.facts));
    }
}

} // namespace

RuleIssue issue_at(const config::SourceText& source, config::Place place, std::string message)
{
    const std::string shown = source.error(place, {}).message;
    const std::size_t line_end = shown.find('\n');
    return {source.where(place), std::move(message), place.column, line_end == std::string::npos ? std::string() : shown.substr(line_end + 1)};
}

void lint(const Topic& topic, std::vector<RuleIssue>& issues)
{
    for (const Topic::Doubled& doubled : topic.doubled) {
        issues.push_back({doubled.where, "rule '" + util::printable(doubled.key) + "': the same key is at " + doubled.first + "; give one of them a 'name'", 0, {}});
    }
    for (const TopicRule& rule : topic.rules) {
        Linter(rule.head(), topic.name == k_log_topic, issues).lint();
    }
}

} // namespace hpcdoc::rules

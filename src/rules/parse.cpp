// SPDX-License-Identifier: Apache-2.0
#include "rules/parse.hpp"

#include <array>

#include "rules/rule_keys.hpp"
#include "rules/rule_reader.hpp"

namespace hpcdoc::rules {

namespace {

constexpr std::array<std::string_view, 4> k_severities{"note", "warning", "error", "critical"};
constexpr std::array<std::string_view, 3> k_certainties{"possible", "likely", "certain"};
constexpr std::array<std::string_view, 3> k_roles{"cause", "context", "advice"};

std::vector<std::string> words(config::TomlReader& toml, const toml::table& rule, std::string_view key)
{
    std::vector<std::string> found;
    for (config::TomlText& text : toml.texts(rule, key)) {
        found.push_back(std::move(text.value));
    }
    return found;
}

void read_judgement(config::TomlReader& toml, const toml::table& table, Rule& rule)
{
    const bool noise = rule.log.kind == LogMatch::Kind::noise;
    const auto severity = toml.choice(table, "severity", k_severities);
    const auto certainty = toml.choice(table, "certainty", k_certainties);
    if (!noise && !severity) {
        toml.fail(table, "this rule has no 'severity'", "it can be: note, warning, error, critical");
    }
    if (!noise && !certainty) {
        toml.fail(table, "this rule has no 'certainty'", "it can be: possible, likely, certain");
    }
    rule.severity = static_cast<Severity>(severity.value_or(0));
    rule.certainty = static_cast<Certainty>(certainty.value_or(2));
    rule.role = static_cast<Role>(toml.choice(table, "role", k_roles).value_or(0));
}

void read_words(config::TomlReader& toml, RuleReader& parts, const toml::table& table, Rule& rule)
{
    rule.titles = parts.templates(table, "title");
    if (rule.titles.empty() && rule.log.kind != LogMatch::Kind::noise) {
        toml.fail(table, "this rule has no 'title'");
    }
    rule.cause = parts.templates(table, "cause");
    rule.fixes = parts.fixes(table);
    rule.escalate = parts.escalation(table);
    rule.labels = words(toml, table, "labels");
    rule.see = words(toml, table, "see");
}

// What find_blocks() keeps of a rule.
Rule read_head(config::TomlReader& toml, RuleReader& parts, const toml::table& table, bool log)
{
    Rule rule;
    rule.place = config::place_of(table.source());
    rule.source = toml.source();
    rule.id = toml.needed_text(table, "id", "rule").value;
    const auto name = toml.text(table, "name");
    rule.key = name ? name->value : rule.id;
    if (log) {
        rule.log.contains = parts.words_of_line(table);
        return rule;
    }
    rule.when = parts.conditions(table, "when");
    rule.unless = parts.conditions(table, "unless");
    if (rule.when.empty()) {
        toml.fail(table, "this rule has no 'when', so it would always fire");
    }
    return rule;
}

Rule read_rule(config::TomlReader& toml, const toml::table& table, bool log, WithExamples examples)
{
    RuleReader parts(toml);
    if (log) {
        toml.only(table, k_log_rule_keys, "log rule");
    } else {
        toml.only(table, k_fact_rule_keys, "rule");
    }
    Rule rule = read_head(toml, parts, table, log);
    if (log) {
        parts.log_part(table, rule.log);
        if (examples == WithExamples::no) { // else the lint tells it, with all that is wrong
            parts.refuse_short_words(table, rule.log.kind);
        }
    } else {
        rule.evidence = words(toml, table, "evidence");
    }
    read_judgement(toml, table, rule);
    read_words(toml, parts, table, rule);
    if (examples == WithExamples::yes) {
        rule.examples = parts.examples(table, log);
        rule.examples.sources = words(toml, table, "source");
    }
    return rule;
}

std::optional<Message> read_message(config::TomlReader& toml, const toml::table& root)
{
    const std::vector<const toml::table*> tables = toml.tables(root, "message");
    if (tables.empty()) {
        return std::nullopt;
    }
    if (tables.size() > 1) {
        toml.fail(*tables[1], "a topic has one 'message'");
    }
    toml.only(*tables.front(), k_message_keys, "message");
    RuleReader parts(toml);
    return Message{parts.templates(*tables.front(), "lines"), config::place_of(tables.front()->source()), toml.source()};
}

} // namespace

Result<RuleFile> parse_rule_file(std::string name, std::string text, std::string_view topic, WithExamples examples)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource file, config::TomlSource::parse(std::move(name), std::move(text)));
    config::TomlReader toml(file.source);
    RuleFile read;
    toml.only(file.root, k_file_keys, "rule file");
    read.message = read_message(toml, file.root);
    for (const toml::table* table : toml.tables(file.root, "rule")) {
        Rule rule = read_rule(toml, *table, topic == k_log_topic, examples);
        if (!toml.ok()) {
            break;
        }
        read.rules.push_back(std::move(rule));
    }
    HPCDOC_TRY(toml.result());
    return read;
}

Result<std::vector<Rule>> parse_rule_heads(std::string name, std::string text, std::string_view topic)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource file, config::TomlSource::parse(std::move(name), std::move(text)));
    config::TomlReader toml(file.source);
    RuleReader parts(toml);
    std::vector<Rule> heads;
    for (const toml::table* table : toml.tables(file.root, "rule")) {
        heads.push_back(read_head(toml, parts, *table, topic == k_log_topic));
    }
    HPCDOC_TRY(toml.result());
    return heads;
}

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "rules/rule_reader.hpp"
#include "scan/gram_finder.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::rules {

namespace {

constexpr std::array<std::string_view, 4> k_fix_keys{"text", "commands", "risk", "when"};
constexpr std::array<std::string_view, 4> k_risks{"none", "reversible", "needs_admin", "destructive"};
constexpr std::array<std::string_view, 4> k_escalation_keys{"to", "why", "attach", "when"};
constexpr std::array<std::string_view, 3> k_kinds{"root", "consequence", "noise"};

} // namespace

TextTemplate RuleReader::text_template(const config::TomlText& text)
{
    auto made = TextTemplate::parse(text.value);
    if (made) {
        return std::move(*made);
    }
    // The caret can stand at the brace itself when the string is written as it reads: one line, no escapes.
    config::Place place = text.place;
    const std::string_view line = m_toml.source()->line(place.line);
    const std::string_view before = std::string_view(text.value).substr(0, made.error().offset);
    if (place.column <= line.size() && line.substr(place.column).starts_with(before)) {
        place.column += 1 + made.error().offset;
    }
    m_toml.fail(place, made.error().what);
    return {};
}

std::vector<TextTemplate> RuleReader::templates(const toml::table& table, std::string_view key)
{
    std::vector<TextTemplate> found;
    for (const config::TomlText& text : m_toml.texts(table, key)) {
        found.push_back(text_template(text));
    }
    return found;
}

std::vector<FixTemplate> RuleReader::fixes(const toml::table& rule)
{
    std::vector<FixTemplate> found;
    for (const toml::table* table : m_toml.tables(rule, "fix")) {
        m_toml.only(*table, k_fix_keys, "fix");
        FixTemplate fix;
        fix.text = text_template(m_toml.needed_text(*table, "text", "fix"));
        fix.commands = templates(*table, "commands");
        fix.risk = static_cast<Risk>(m_toml.choice(*table, "risk", k_risks).value_or(0));
        fix.when = conditions(*table, "when");
        found.push_back(std::move(fix));
    }
    return found;
}

std::optional<EscalationTemplate> RuleReader::escalation(const toml::table& rule)
{
    const toml::node* node = rule.get("escalate");
    if (node == nullptr) {
        return std::nullopt;
    }
    const toml::table* table = node->as_table();
    if (table == nullptr) {
        m_toml.fail(*node, "'escalate' must be a table, not " + std::string(config::kind_of(*node)));
        return std::nullopt;
    }
    m_toml.only(*table, k_escalation_keys, "escalation");
    EscalationTemplate made;
    made.place = config::place_of(node->source());
    made.to = m_toml.needed_text(*table, "to", "escalation").value;
    made.why = text_template(m_toml.needed_text(*table, "why", "escalation"));
    made.attach = templates(*table, "attach");
    made.when = conditions(*table, "when");
    return made;
}

// A word that is too short is not found at all: the rule would be silent for ever.
void RuleReader::refuse_short_words(const toml::table& rule, LogMatch::Kind kind)
{
    for (const config::TomlText& word : m_toml.texts(rule, "contains")) {
        if (word.value.size() < scan::GramFinder::k_shortest && kind != LogMatch::Kind::noise) {
            m_toml.fail(word.place, "'" + util::printable(word.value) + "' is too short for 'contains'",
                        "name words of five bytes or more; shorter ones stand in too many lines");
        }
    }
}

std::vector<std::string> RuleReader::words_of_line(const toml::table& rule)
{
    std::vector<std::string> found;
    for (config::TomlText& word : m_toml.texts(rule, "contains")) {
        if (word.value.find_first_of("\r\n") != std::string::npos) {
            m_toml.fail(word.place, "'contains' is looked for in one line, so it cannot hold a line end");
        }
        found.push_back(std::move(word.value));
    }
    if (found.empty()) {
        m_toml.fail(rule, "this rule has no 'contains'", "name words that every line in question has, such as \"ModuleNotFoundError\"");
    }
    return found;
}

void RuleReader::log_part(const toml::table& rule, LogPart& part)
{
    part.kind = static_cast<LogMatch::Kind>(m_toml.choice(rule, "kind", k_kinds).value_or(0));
    for (const std::string_view key : {"pattern", "patterns"}) {
        for (config::TomlText& text : m_toml.texts(rule, key)) {
            part.patterns.push_back({scan::Pattern(std::move(text.value)), text.place});
        }
    }
    if (part.patterns.empty()) {
        m_toml.fail(rule, "this rule has no 'pattern'");
    }
    if (const auto verdict = m_toml.text(rule, "evidences")) {
        part.evidences = verdict->value;
    }
}

std::optional<FactValue> RuleReader::fact_value_of_text(const std::string& text, const toml::node& node)
{
    const auto after = [&text](std::string_view prefix) { return std::string_view(text).substr(prefix.size()); };
    if (text.starts_with("bytes:")) {
        if (const auto size = util::parse_size(after("bytes:"))) {
            return Bytes{*size};
        }
        m_toml.fail(node, "'" + util::printable(after("bytes:")) + "' is not a size such as \"4G\"");
    } else if (text.starts_with("time:")) {
        if (const auto duration = util::parse_duration(after("time:"))) {
            return std::chrono::duration_cast<std::chrono::seconds>(*duration);
        }
        m_toml.fail(node, "'" + util::printable(after("time:")) + "' is not a duration such as \"1h30m\"");
    } else if (text.starts_with("stamp:")) {
        if (const auto stamp = parse_utc_stamp(after("stamp:"))) {
            return *stamp;
        }
        m_toml.fail(node, "'" + util::printable(after("stamp:")) + "' is not a time such as \"2026-11-25T12:00:00Z\"");
    }
    return text;
}

std::optional<FactValue> RuleReader::fact_value(const toml::node& node)
{
    if (const auto* flag = node.as_boolean()) {
        return flag->get();
    }
    if (const auto* integer = node.as_integer()) {
        return integer->get();
    }
    if (const auto* real = node.as_floating_point()) {
        return real->get();
    }
    if (const auto* text = node.as_string()) {
        return fact_value_of_text(text->get(), node);
    }
    const toml::array* list = node.as_array();
    if (list == nullptr) {
        m_toml.fail(node, "a fact cannot be " + std::string(config::kind_of(node)));
        return std::nullopt;
    }
    std::vector<std::string> words;
    for (const toml::node& item : *list) {
        const auto* text = item.as_string();
        if (text == nullptr) {
            m_toml.fail(item, "a list fact holds strings; this is " + std::string(config::kind_of(item)));
            return std::nullopt;
        }
        words.push_back(text->get());
    }
    return words;
}

// `job.state = 1` without quotes is a table in a table: the name is the same.
void RuleReader::facts_of(const toml::table& table, const std::string& prefix, Facts& into)
{
    for (const auto& [key, node] : table) {
        std::string name = prefix + std::string(key.str());
        if (const toml::table* inner = node.as_table()) {
            facts_of(*inner, name + ".", into);
        } else if (auto value = fact_value(node)) {
            into.set(name, std::move(*value), Evidence{"example", name});
        }
    }
}

void RuleReader::fact_examples(const toml::table& rule, std::string_view key, std::vector<Examples::Case>& into)
{
    for (const toml::table* table : m_toml.tables(rule, key)) {
        Examples::Case example;
        example.place = config::place_of(table->source());
        facts_of(*table, "", example.facts);
        into.push_back(std::move(example));
    }
}

Examples RuleReader::examples(const toml::table& rule, bool log)
{
    Examples found;
    if (!log) {
        fact_examples(rule, "fires", found.fires);
        fact_examples(rule, "silent", found.silent);
        return found;
    }
    for (config::TomlText& text : m_toml.texts(rule, "fires")) {
        found.fires.push_back({{}, std::move(text.value), text.place});
    }
    for (config::TomlText& text : m_toml.texts(rule, "silent")) {
        found.silent.push_back({{}, std::move(text.value), text.place});
    }
    return found;
}

} // namespace hpcdoc::rules

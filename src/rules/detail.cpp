// SPDX-License-Identifier: Apache-2.0
#include "rules/detail.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

std::string operand_text(const Operand& operand)
{
    if (const auto* text = std::get_if<std::string>(&operand.value)) {
        return "\"" + *text + "\"";
    }
    if (const auto* flag = std::get_if<bool>(&operand.value)) {
        return *flag ? "true" : "false";
    }
    if (const auto* integer = std::get_if<std::int64_t>(&operand.value)) {
        return std::to_string(*integer);
    }
    return value_text(std::get<double>(operand.value), {}, {});
}

std::string_view relation_words(Condition::Relation relation)
{
    switch (relation) {
    case Condition::Relation::is: return "is";
    case Condition::Relation::is_not: return "is not";
    case Condition::Relation::one_of: return "is one of";
    case Condition::Relation::none_of: return "is none of";
    case Condition::Relation::at_least: return "is at least";
    case Condition::Relation::at_most: return "is at most";
    case Condition::Relation::above: return "is above";
    case Condition::Relation::below: return "is below";
    case Condition::Relation::matches: return "matches";
    case Condition::Relation::known: return "is known";
    }
    return "is";
}

std::string condition_text(const Condition& condition)
{
    if (condition.relation == Condition::Relation::known) {
        return condition.fact + (condition.known ? " is known" : " is not known");
    }
    std::vector<std::string> values;
    for (const Operand& operand : condition.operands) {
        values.push_back(operand_text(operand));
    }
    if (!condition.other.empty()) {
        values.push_back(condition.other);
    }
    if (condition.pattern) {
        values.push_back("/" + condition.pattern->expression() + "/");
    }
    return condition.fact + " " + std::string(relation_words(condition.relation)) + " " + util::join(values, ", ");
}

std::vector<std::string> condition_texts(const std::vector<Condition>& conditions)
{
    std::vector<std::string> texts;
    for (const Condition& condition : conditions) {
        texts.push_back(condition_text(condition));
    }
    return texts;
}

std::vector<std::string> sources_of(const std::vector<TextTemplate>& templates)
{
    std::vector<std::string> texts;
    for (const TextTemplate& text : templates) {
        texts.push_back(text.source());
    }
    return texts;
}

std::vector<std::string> example_lines(const std::vector<Examples::Case>& cases)
{
    std::vector<std::string> lines;
    for (const Examples::Case& example : cases) {
        if (!example.text.empty()) {
            lines.push_back(example.text);
        }
    }
    return lines;
}

void add_log_part(const Rule& rule, RuleDetail& detail)
{
    detail.kind = rule.log.kind;
    detail.contains = rule.log.contains;
    detail.evidences = rule.log.evidences;
    for (const PlacedPattern& placed : rule.log.patterns) {
        detail.patterns.push_back(placed.pattern.expression());
        for (const std::string& name : placed.pattern.names()) {
            if (std::find(detail.captures.begin(), detail.captures.end(), name) == detail.captures.end()) {
                detail.captures.push_back(name);
            }
        }
    }
}

} // namespace

RuleInfo info_of(const Topic& topic, const Rule& rule)
{
    const std::string title = rule.titles.empty() ? std::string() : rule.titles.front().source();
    return {rule.id, topic.name, title, rule.where, rule.severity, rule.labels};
}

RuleDetail detail_of(const Topic& topic, const Rule& rule)
{
    RuleDetail detail;
    detail.info = info_of(topic, rule);
    detail.key = rule.key;
    detail.file = rule.source->where(rule.place);
    detail.certainty = rule.certainty;
    detail.when = condition_texts(rule.when);
    detail.unless = condition_texts(rule.unless);
    add_log_part(rule, detail);
    detail.titles = sources_of(rule.titles);
    detail.cause = sources_of(rule.cause);
    for (const FixTemplate& fix : rule.fixes) {
        detail.fixes.push_back({fix.text.source(), sources_of(fix.commands), fix.risk});
    }
    if (rule.escalate) {
        detail.escalate = Escalation{rule.escalate->to, {}, rule.escalate->why.source(), sources_of(rule.escalate->attach), {}};
    }
    detail.see = rule.see;
    detail.fires = example_lines(rule.examples.fires);
    detail.silent = example_lines(rule.examples.silent);
    detail.fires_count = rule.examples.fires.size();
    detail.silent_count = rule.examples.silent.size();
    const auto [begin, end] = topic.replaced.equal_range(rule.key);
    for (auto replaced = begin; replaced != end; ++replaced) {
        detail.replaces.push_back(replaced->second);
    }
    return detail;
}

} // namespace hpcdoc::rules

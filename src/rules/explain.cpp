// SPDX-License-Identifier: Apache-2.0
#include "rules/explain.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

void add_proofs(std::string_view fact, const Facts& facts, std::vector<Evidence>& into)
{
    for (const Evidence& proof : facts.proof(fact)) {
        if (std::find(into.begin(), into.end(), proof) == into.end()) {
            into.push_back(proof);
        }
    }
}

std::string title_of(const Rule& rule, const Lookup& lookup)
{
    for (const TextTemplate& title : rule.titles) {
        if (auto text = title.expand(lookup)) {
            return std::move(*text);
        }
    }
    return rule.titles.empty() ? rule.id : rule.titles.back().expand_with_gaps(lookup);
}

std::string cause_of(const Rule& rule, const Lookup& lookup)
{
    std::string cause;
    for (const TextTemplate& sentence : rule.cause) {
        if (const auto text = sentence.expand(lookup)) {
            cause += (cause.empty() ? "" : " ") + *text;
        }
    }
    return cause;
}

std::optional<Fix> fix_of(const FixTemplate& fix, const Lookup& lookup)
{
    if (!all_hold(fix.when, lookup)) {
        return std::nullopt;
    }
    auto text = fix.text.expand(lookup);
    if (!text) {
        return std::nullopt;
    }
    Fix made{std::move(*text), {}, fix.risk};
    for (const TextTemplate& command : fix.commands) {
        if (auto line = command.expand_command(lookup)) {
            made.commands.push_back(std::move(*line));
        }
    }
    if (made.commands.empty() && !fix.commands.empty()) {
        return std::nullopt; // a fix that cannot say how is no fix
    }
    return made;
}

void add_indented(std::string& text, std::string_view excerpt)
{
    for (const std::string_view line : util::lines(excerpt)) {
        text.append("\n    ").append(line);
    }
}

std::string message_of(const Finding& finding, const Escalation& escalation, const std::optional<Message>& message, const Lookup& lookup)
{
    std::string text;
    if (message) {
        for (const TextTemplate& line : message->lines) {
            if (const auto shown = line.expand(lookup)) {
                text += *shown + "\n";
            }
        }
    }
    text += (text.empty() ? "" : "\n") + finding.title;
    if (!finding.cause.empty()) {
        text += "\n" + finding.cause;
    }
    if (!escalation.why.empty()) {
        text += "\n" + escalation.why;
    }
    if (!finding.evidence.empty()) {
        text += "\n\nEvidence:";
    }
    for (const Evidence& proof : finding.evidence) {
        text += "\n  " + proof.source + ":";
        add_indented(text, proof.excerpt);
    }
    if (!escalation.attach.empty()) {
        text += "\n\nAttached: " + util::join(escalation.attach, ", ");
    }
    return text + "\n";
}

std::optional<Escalation> escalation_of(const Rule& rule, const Lookup& lookup)
{
    if (!rule.escalate || !all_hold(rule.escalate->when, lookup)) {
        return std::nullopt;
    }
    Escalation made;
    made.to = rule.escalate->to;
    // Unlike a fix, an escalation is of use even if a part of its reason is not known: whom to call is the point.
    made.why = rule.escalate->why.expand_with_gaps(lookup);
    for (const TextTemplate& item : rule.escalate->attach) {
        if (auto text = item.expand(lookup)) {
            made.attach.push_back(std::move(*text));
        }
    }
    return made;
}

} // namespace

Error wrong_pattern(const config::SourceText& source, config::Place place, std::string_view mistake)
{
    return source.error(place, "wrong pattern: " + util::printable(mistake), "patterns are written as RE2 reads them: https://github.com/google/re2/wiki/Syntax");
}

Result<void> check_patterns(const Rule& rule, const Lookup& lookup)
{
    for (const std::vector<Condition>* conditions : {&rule.when, &rule.unless}) {
        for (const Condition& condition : *conditions) {
            if (!condition.pattern || lookup.find(condition.fact) == nullptr) {
                continue;
            }
            if (const auto mistake = condition.pattern->mistake()) {
                return tl::unexpected(wrong_pattern(*rule.source, condition.place, *mistake));
            }
        }
    }
    return {};
}

bool fires(const Rule& rule, const Lookup& lookup)
{
    return all_hold(rule.when, lookup) && !any_holds(rule.unless, lookup);
}

std::vector<Evidence> proofs(const Rule& rule, const Lookup& lookup)
{
    std::vector<Evidence> found;
    for (const std::string& fact : rule.evidence) {
        add_proofs(fact, lookup.facts(), found);
    }
    if (!rule.evidence.empty() && !found.empty()) {
        return found;
    }
    for (const Condition& condition : rule.when) {
        add_proofs(condition.fact, lookup.facts(), found);
        if (!condition.other.empty()) {
            add_proofs(condition.other, lookup.facts(), found);
        }
    }
    return found;
}

bool title_complete(const Rule& rule, const Lookup& lookup)
{
    return std::any_of(rule.titles.begin(), rule.titles.end(), [&lookup](const TextTemplate& title) { return title.expand(lookup).has_value(); });
}

Finding explain(const Rule& rule, const std::optional<Message>& message, const Lookup& lookup, std::vector<Evidence> evidence)
{
    Finding finding;
    finding.id = rule.id;
    finding.severity = rule.severity;
    finding.certainty = rule.certainty;
    finding.role = rule.role;
    finding.title = title_of(rule, lookup);
    finding.cause = cause_of(rule, lookup);
    finding.evidence = std::move(evidence);
    for (const FixTemplate& fix : rule.fixes) {
        if (auto made = fix_of(fix, lookup)) {
            finding.fixes.push_back(std::move(*made));
        }
    }
    finding.escalate = escalation_of(rule, lookup);
    if (finding.escalate) {
        finding.escalate->message = message_of(finding, *finding.escalate, message, lookup);
    }
    finding.labels = rule.labels;
    finding.see = rule.see;
    finding.rule = rule.where;
    return finding;
}

} // namespace hpcdoc::rules

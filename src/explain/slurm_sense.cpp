// SPDX-License-Identifier: Apache-2.0
// Slurm's words: reasons, and states of nodes with their flags.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "explain/sense.hpp"
#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

std::string lower_first(std::string text)
{
    const bool word = text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z');
    if (word) {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

std::string without_stop(std::string text)
{
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text;
}

// The card that says what to do about a reason: by its verdict, or by what its limit means for the job.
std::string advice_for(const slurm::Reason& reason)
{
    if (!reason.verdict.empty()) {
        return reason.verdict;
    }
    if (reason.limit.empty()) {
        return "reason." + std::string(to_string(reason.kind));
    }
    if (util::contains(reason.limit, "Submit")) {
        return "limit.submit";
    }
    if (reason.kind == slurm::ReasonClass::budget) {
        return "limit.budget";
    }
    const std::string_view when = reason.kind == slurm::ReasonClass::never ? "never" : "waits";
    return fmt::format("limit.{}.{}", when, reason.scope == "qos" ? "qos" : "association");
}

std::string id_for(const slurm::Reason& reason)
{
    if (!reason.verdict.empty()) {
        return reason.verdict;
    }
    switch (reason.kind) {
    case slurm::ReasonClass::never: return "job.limit-never";
    case slurm::ReasonClass::budget: return "job.budget-exhausted";
    case slurm::ReasonClass::waits: return "job.limit-in-use";
    default: return "reason." + slug(reason.name);
    }
}

void add_fact(std::vector<Fact>& facts, std::string_view name, std::string_view label, std::string value)
{
    if (!value.empty()) {
        facts.push_back({fmt::format("reason.{}", name), std::string(label), std::move(value), "share/hpcdoc/slurm/reasons.toml"});
    }
}

std::vector<Fact> facts_of(const slurm::Reason& reason)
{
    std::vector<Fact> facts;
    add_fact(facts, "limit", "Limit", reason.limit);
    add_fact(facts, "scope", "Of", reason.scope == "qos" ? "the QOS" : reason.scope == "association" ? "your association (user and account)" : reason.scope);
    add_fact(facts, "counts", "Counts", reason.tres);
    add_fact(facts, "versions", "Slurm", reason.versions == "all" ? "" : reason.versions);
    return facts;
}

bool is_flag(char c)
{
    return std::string_view("*~#!%$@^-").find(c) != std::string_view::npos; // sinfo(1), NODE STATE CODES
}

struct StateParts {
    std::vector<std::string> words{}, flags{};
};

// "DOWN*+DRAIN": words joined by +, each with flags behind it. None when it looks different.
std::optional<StateParts> state_parts(std::string_view text)
{
    StateParts parts;
    for (std::string_view word : util::split(text, '+')) {
        while (!word.empty() && is_flag(word.back())) {
            parts.flags.emplace_back(1, word.back());
            word.remove_suffix(1);
        }
        const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; });
        if (!plain) {
            return std::nullopt;
        }
        parts.words.emplace_back(word);
    }
    return parts;
}

} // namespace

Result<void> Senses::add_reasons(std::string_view text, List& into) const
{
    HPCDOC_TRY_ASSIGN(const slurm::ReasonMatch match, m_knowledge.reason(text));
    if (!match.known) {
        return {};
    }
    for (const slurm::Reason& reason : match.reasons) {
        Told told{.number = {}, .lead = {}, .id = id_for(reason), .ask = reason.name, .evidence = Evidence{"Slurm's reasons (job_state_reason.c)", reason.name}, .facts = {}};
        told.facts.set("reason", reason.name);
        if (!reason.limit.empty()) {
            told.facts.set("limit", reason.limit);
        }
        List made;
        HPCDOC_TRY(add_advice(advice_for(reason), std::move(told), made));
        for (Sense& sense : made) {
            sense.finding.title = fmt::format("{}: {}", reason.name, without_stop(lower_first(reason.meaning)));
            sense.facts = facts_of(reason);
            into.push_back(std::move(sense));
        }
    }
    return {};
}

Result<void> Senses::add_node_state(std::string_view text, List& into) const
{
    const std::optional<StateParts> parts = state_parts(text);
    if (!parts || parts->words.size() + parts->flags.size() < 2) {
        return {}; // one word: a name like others
    }
    List found;
    for (const std::vector<std::string>* names : {&parts->words, &parts->flags}) {
        for (const std::string& name : *names) {
            const auto ref = m_cards.find("node-state", name);
            if (!ref) {
                return {};
            }
            HPCDOC_TRY_ASSIGN(Sense sense, card(*ref));
            sense.facts.push_back({"state." + slug(sense.ask), name, sense.finding.title, m_cards.kind(*ref).source});
            found.push_back(std::move(sense));
        }
    }
    const auto worse = [](const Sense& a, const Sense& b) { return a.finding.severity < b.finding.severity; };
    Sense verdict = *std::max_element(found.begin(), found.end(), worse);
    verdict.facts.clear();
    std::vector<std::string> says;
    for (const Sense& part : found) {
        verdict.facts.insert(verdict.facts.end(), part.facts.begin(), part.facts.end());
        const std::string& title = part.finding.title; // "DRAIN: the node takes no new jobs"
        const std::size_t colon = title.find(": ");
        says.push_back(colon == std::string::npos ? title : title.substr(colon + 2));
    }
    verdict.finding.title = fmt::format("{}: {}", text, util::join(says, "; "));
    into.push_back(std::move(verdict));
    return {};
}

} // namespace hpcdoc::explain

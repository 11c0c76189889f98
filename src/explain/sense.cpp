// SPDX-License-Identifier: Apache-2.0
#include "explain/sense.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/explain.hpp"
#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::size_t k_longest_name = 200; // a longer text is a message
constexpr std::size_t k_most_within = 6;

bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// As typed or copied: without quotes, parentheses, "Reason=" and a full stop around it.
std::string_view bare_text(std::string_view text)
{
    text = util::trim(text);
    for (const std::string_view before : {"Reason=", "reason:", "Reason:", "State=", "state:", "State:"}) {
        text.remove_prefix(text.starts_with(before) ? before.size() : 0);
    }
    text = util::trim(text);
    while (text.size() > 1 && std::string_view(".,;:!").find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1);
    }
    for (const std::string_view pair : {"''", "\"\"", "``", "()", "[]"}) {
        if (text.size() > 2 && text.front() == pair[0] && text.back() == pair[1]) {
            text = util::trim(text.substr(1, text.size() - 2));
        }
    }
    return text;
}

// A name such as cudaErrorNoDevice stays as it is.
std::string capitalized(std::string text)
{
    const std::string_view first = std::string_view(text).substr(0, text.find_first_of(" :"));
    const bool word = !first.empty() && std::all_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (word) {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text;
}

std::string usual_causes(const Card& card, const rules::Lookup& lookup)
{
    std::vector<std::string> causes;
    for (const rules::TextTemplate& cause : card.causes) {
        if (auto text = cause.expand(lookup)) {
            causes.push_back(std::move(*text));
        }
    }
    if (causes.size() == 1) {
        return "Usually: " + causes.front() + ".";
    }
    std::string text;
    for (std::size_t at = 0; at < causes.size(); ++at) {
        text += fmt::format("{}({}) {}", at == 0 ? "Usual causes, the likeliest first: " : "; ", at + 1, causes[at]);
    }
    return text.empty() ? text : text + ".";
}

Evidence proof_of(const std::string& source, const CardHead& head, std::optional<std::int64_t> number)
{
    const std::string digits = number ? std::to_string(*number) : std::string();
    std::string says = head.ranged() ? digits : head.name;
    if (!util::contains(says, digits)) {
        says += " " + digits;
    }
    if (!head.also.empty() && head.also.front().size() > 4) {
        says += ", " + head.also.front();
    }
    return {source, says};
}

// "xid.79", "cuda.error-no-device": the kind is not said twice.
std::string id_of(const CardKind& kind, const CardHead& head, std::optional<std::int64_t> number)
{
    std::string name = slug(head.ranged() && number ? std::to_string(*number) : head.name);
    if (name.starts_with(kind.name + "-")) {
        name.erase(0, kind.name.size() + 1);
    }
    return kind.name + "." + name;
}

std::string asked_for(const CardKind& kind, const CardHead& head, std::optional<std::int64_t> number)
{
    if (kind.ask.empty() || (!number && util::contains(kind.ask, "{number}"))) {
        return head.name;
    }
    const std::string with_number = util::replace_all(kind.ask, "{number}", number ? std::to_string(*number) : "");
    return util::replace_all(with_number, "{name}", head.name);
}

bool same_finding(const Sense& a, const Sense& b)
{
    return a.finding.id == b.finding.id && a.finding.title == b.finding.title;
}

void add_new(Sense sense, std::vector<Sense>& into)
{
    const bool known = std::any_of(into.begin(), into.end(), [&](const Sense& other) { return same_finding(sense, other); });
    if (!known) {
        into.push_back(std::move(sense));
    }
}

} // namespace

std::string slug(std::string_view name)
{
    std::string made;
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char c = name[at];
        if (!upper(c) && !lower_or_digit(c)) {
            made += made.empty() || made.back() == '-' ? "" : "-";
            continue;
        }
        const bool after_lower = at > 0 && lower_or_digit(name[at - 1]);
        const bool before_lower = at > 0 && at + 1 < name.size() && upper(name[at - 1]) && name[at + 1] >= 'a' && name[at + 1] <= 'z';
        if (upper(c) && (after_lower || before_lower) && !made.empty() && made.back() != '-') {
            made += '-';
        }
        made += upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    while (made.ends_with('-')) {
        made.pop_back();
    }
    return made.empty() ? "other" : made;
}

Result<Sense> Senses::card(CardRef ref, Told told) const
{
    const CardKind& kind = m_cards.kind(ref);
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const Card> card, m_cards.card(ref));
    const CardHead& head = card->head;
    if (!told.number && head.first && !head.ranged()) {
        told.number = head.first;
    }
    told.facts.set("name", head.name);
    if (told.number) {
        told.facts.set("number", *told.number);
    }
    const rules::Lookup lookup(told.facts);
    Sense sense;
    sense.finding = rules::explain(card->rule, std::nullopt, lookup, {told.evidence.value_or(proof_of(m_cards.source(ref), head, told.number))});
    Finding& finding = sense.finding;
    finding.id = told.id.empty() ? id_of(kind, head, told.number) : told.id;
    finding.title = capitalized(told.lead + finding.title);
    const std::string causes = usual_causes(*card, lookup);
    finding.cause += (finding.cause.empty() || causes.empty() ? "" : " ") + causes;
    if (finding.escalate) {
        finding.escalate->message.clear(); // who asks has no job and no log to send
    }
    sense.telling = kind.telling;
    sense.ask = told.ask.empty() ? asked_for(kind, head, told.number) : told.ask;
    return sense;
}

Result<void> Senses::add_advice(std::string_view name, Told told, List& into) const
{
    if (const auto ref = m_cards.find("slurm-advice", name)) {
        HPCDOC_TRY_ASSIGN(Sense sense, card(*ref, std::move(told)));
        add_new(std::move(sense), into);
    }
    return {};
}

Result<void> Senses::add_signal(std::int64_t number, std::string_view lead, std::string id, List& into) const
{
    const auto ref = m_cards.find("signal", number);
    if (!ref) {
        return {};
    }
    Told told{.number = number, .lead = std::string(lead), .id = std::move(id), .ask = {}, .evidence = {}, .facts = {}};
    HPCDOC_TRY_ASSIGN(Sense sense, card(*ref, std::move(told)));
    add_new(std::move(sense), into);
    return {};
}

// slurm_errno.h: slurmd's error 4000 + n, of which "0:b" shows the low seven bits: 4021 is 0:53.
Result<void> Senses::add_slurmd(int error, std::string_view lead, List& into) const
{
    const job::ExitMeaning* meaning = m_knowledge.exit_codes.slurmd(error);
    if (meaning == nullptr) {
        return {};
    }
    Told told{.number = error, .lead = std::string(lead), .id = meaning->verdict, .ask = {}, .evidence = {}, .facts = {}};
    told.facts.set("meaning", meaning->meaning);
    told.facts.set("error", meaning->name.empty() ? std::to_string(error) : meaning->name);
    told.ask = fmt::format("0:{}", error & 127);
    told.evidence = Evidence{"slurm_errno.h of Slurm", fmt::format("{} {}: {}", meaning->name, error, meaning->meaning)};
    return add_advice(meaning->verdict, std::move(told), into);
}

Result<void> Senses::add_exit(std::int64_t code, std::string_view lead, List& into) const
{
    constexpr std::int64_t k_last_of_byte = 255;
    constexpr std::int64_t k_first_signal = 129; // bash(1): 128 + n, for a program that signal n ended
    constexpr std::int64_t k_last_signal = 192;
    const std::optional<CardRef> own = m_cards.find("exit", code);
    const std::string id = fmt::format("exit.{}", code);
    if (own) {
        Told told{.number = code, .lead = std::string(lead), .id = id, .ask = fmt::format("exit code {}", code), .evidence = {}, .facts = {}};
        HPCDOC_TRY_ASSIGN(Sense sense, card(*own, std::move(told)));
        add_new(std::move(sense), into);
        return {};
    }
    if (code >= k_first_signal && code <= k_last_signal) {
        const std::size_t before = into.size();
        HPCDOC_TRY(add_signal(code - 128, fmt::format("{}exit code {} is 128 + {}: ", lead, code, code - 128), id, into));
        if (into.size() > before) {
            into.back().ask = fmt::format("exit code {}", code);
        }
        return {};
    }
    if (code > k_last_of_byte && code % 256 == 0 && code / 256 <= k_last_of_byte) {
        return add_exit(code / 256, fmt::format("{}, a raw wait status: ", code), into);
    }
    return {};
}

// ExitCode=a:b of sacct and scontrol: a as the script ended, b the signal that ended it.
Result<void> Senses::add_pair(std::string_view text, List& into) const
{
    static const scan::Pattern k_pair(R"(^(?i:(?:job |derived ?)?exit ?(?:code|status)?|rc)?[ =:]*(?P<a>\d{1,5}):(?P<b>\d{1,3})$|^RaisedSignal:(?P<c>\d{1,3})\b)");
    const auto match = k_pair.find(text);
    if (!match) {
        return {};
    }
    const bool pair = match->captures.size() == 2; // else the signal alone
    const std::int64_t status = pair ? util::parse_signed(match->captures[0].text).value_or(0) : 0;
    const std::int64_t signal = util::parse_signed(match->captures.back().text).value_or(0);
    const std::string lead = fmt::format("{}:{}, ", status, signal);
    constexpr std::int64_t k_out_of_memory = 125; // SIG_OOM 253 & 0x7f, slurm_protocol_defs.h
    if (signal == k_out_of_memory) {
        if (const auto state = m_cards.find("job-state", "OUT_OF_MEMORY")) {
            HPCDOC_TRY_ASSIGN(Sense sense, card(*state, Told{.number = {}, .lead = lead, .id = {}, .ask = "OUT_OF_MEMORY", .evidence = {}, .facts = {}}));
            add_new(std::move(sense), into);
        }
        return {};
    }
    if (signal > 32) {
        return add_slurmd(static_cast<int>(4000 + signal - 32), lead, into);
    }
    if (signal > 0) {
        HPCDOC_TRY(add_signal(signal, lead, {}, into));
    }
    return status > 0 || signal == 0 ? add_exit(status, lead, into) : Result<void>();
}

// The group `number` or `name` of a pattern names the card.
Result<void> Senses::add_match(const CardKind& kind, const scan::Match& match, List& into) const
{
    for (const scan::Capture& capture : match.captures) {
        const auto number = capture.name == "number" ? util::parse_signed(capture.text) : std::nullopt;
        if (number && kind.name == "exit") {
            return add_exit(*number, "", into);
        }
        const auto ref = number ? m_cards.find(kind.name, *number) : capture.name == "name" ? m_cards.find(kind.name, capture.text) : std::nullopt;
        if (ref) {
            HPCDOC_TRY_ASSIGN(Sense sense, card(*ref, Told{.number = number, .lead = {}, .id = {}, .ask = {}, .evidence = {}, .facts = {}}));
            add_new(std::move(sense), into);
        }
    }
    return {};
}

Result<void> Senses::add_forms(std::string_view text, List& into) const
{
    for (const CardKind& kind : m_cards.kinds()) {
        for (const scan::Pattern& form : kind.forms) {
            if (const auto match = form.find(text)) {
                HPCDOC_TRY(add_match(kind, *match, into));
            }
        }
    }
    return {};
}

Result<void> Senses::add_number(std::string_view text, List& into) const
{
    const auto number = util::parse_signed(text);
    if (!number) {
        return {};
    }
    if (*number < 0) { // Python's subprocess and torchrun: -9 is signal 9
        return add_signal(-*number, fmt::format("{}, minus a signal's number: ", *number), {}, into);
    }
    // An exit code needs no card of its own (137 is 128 + 9), so it is not among these; it goes before all but what the
    // number is famous for.
    const std::vector<CardRef> refs = m_cards.numbered(*number);
    for (const bool famous : {true, false}) {
        if (!famous) {
            HPCDOC_TRY(add_exit(*number, "", into));
        }
        for (const CardRef ref : refs) {
            if (m_cards.head(ref).famous == famous && m_cards.kind(ref).name != "exit") {
                HPCDOC_TRY_ASSIGN(Sense sense, card(ref, Told{.number = number, .lead = {}, .id = {}, .ask = {}, .evidence = {}, .facts = {}}));
                add_new(std::move(sense), into);
            }
        }
    }
    return *number > 4000 && *number < 4100 ? add_slurmd(static_cast<int>(*number), fmt::format("{}, ", *number), into) : Result<void>();
}

Result<void> Senses::add_names(std::string_view text, List& into) const
{
    for (const CardRef ref : m_cards.named(text)) {
        if (m_cards.kind(ref).listed) {
            HPCDOC_TRY_ASSIGN(Sense sense, card(ref));
            add_new(std::move(sense), into);
        }
    }
    return {};
}

// Texts that mean a card, such as "Disk quota exceeded", anywhere near the end.
Result<void> Senses::add_texts(std::string_view text, List& into) const
{
    constexpr std::size_t k_looked_at = 65536;
    constexpr std::size_t k_shortest_text = 10;
    const std::string low = util::to_lower(text.substr(text.size() > k_looked_at ? text.size() - k_looked_at : 0));
    for (const CardRef ref : m_cards.all()) {
        const std::vector<std::string>& also = m_cards.head(ref).also;
        const bool stands = m_cards.kind(ref).listed && into.size() < k_most_within && std::any_of(also.begin(), also.end(), [&](const std::string& words) {
            return words.size() >= k_shortest_text && util::contains(words, " ") && util::contains(low, util::to_lower(words));
        });
        if (stands) {
            HPCDOC_TRY_ASSIGN(Sense sense, card(ref));
            add_new(std::move(sense), into);
        }
    }
    return {};
}

Result<std::vector<Sense>> Senses::of(std::string_view text) const
{
    List found;
    text = bare_text(text);
    if (text.empty() || text.size() > k_longest_name || text.find('\n') != std::string_view::npos) {
        return found;
    }
    HPCDOC_TRY(add_pair(text, found));
    if (found.empty()) {
        HPCDOC_TRY(add_forms(text, found));
    }
    if (!found.empty()) {
        return found; // it was said what kind it is
    }
    HPCDOC_TRY(add_number(text, found));
    HPCDOC_TRY(add_node_state(text, found));
    if (!found.empty()) {
        return found;
    }
    HPCDOC_TRY(add_names(text, found));
    HPCDOC_TRY(add_reasons(text, found));
    return found;
}

Result<std::vector<Sense>> Senses::within(std::string_view text) const
{
    List found;
    for (const CardKind& kind : m_cards.kinds()) {
        for (const scan::Pattern& pattern : kind.inside) {
            std::size_t from = 0;
            while (found.size() < k_most_within) {
                const auto match = pattern.find(text, from);
                if (!match) {
                    break;
                }
                HPCDOC_TRY(add_match(kind, *match, found));
                from = std::max(match->end, match->begin + 1);
            }
        }
    }
    if (found.empty()) {
        HPCDOC_TRY(add_texts(text, found));
    }
    return found;
}

} // namespace hpcdoc::explain

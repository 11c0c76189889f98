// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/reasons.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <re2/re2.h>

#include "config/tomlplusplus.hpp"
#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr std::array<std::pair<std::string_view, ReasonClass>, 7> k_classes = {{
    {"waits", ReasonClass::waits},
    {"yours", ReasonClass::yours},
    {"never", ReasonClass::never},
    {"budget", ReasonClass::budget},
    {"admin", ReasonClass::admin},
    {"final", ReasonClass::final},
    {"internal", ReasonClass::internal},
}};

tl::unexpected<Error> wrong(std::string_view source, const toml::node& node, std::string message, std::string hint = {})
{
    return failure(Code::config, fmt::format("{}:{}: {}", source, node.source().begin.line, message), std::move(hint));
}

std::string text_of(const toml::table& table, std::string_view key)
{
    return table[key].value_or(std::string());
}

Result<void> check_keys(const toml::table& table, std::string_view source)
{
    constexpr std::array<std::string_view, 11> k_reason_keys = {"name",   "class", "verdict", "meaning", "scope", "limit",
                                                         "tres", "versions", "starts", "pattern", "code"};
    for (const auto& [key, value] : table) {
        if (std::find(k_reason_keys.begin(), k_reason_keys.end(), key.str()) == k_reason_keys.end()) {
            return wrong(source, value, fmt::format("unknown key {}", shown(key.str())));
        }
        if (!value.is_string()) {
            return wrong(source, value, fmt::format("{} is not a text", shown(key.str())));
        }
    }
    return {};
}

// Overwrites what the table says: a free text may narrow the reason under it.
Result<void> take(Reason& reason, const toml::table& table, std::string_view source)
{
    HPCDOC_TRY(check_keys(table, source));
    const auto replace = [&](std::string& member, std::string_view key) {
        if (std::string text = text_of(table, key); !text.empty()) {
            member = std::move(text);
        }
    };
    replace(reason.verdict, "verdict");
    replace(reason.meaning, "meaning");
    replace(reason.scope, "scope");
    replace(reason.limit, "limit");
    replace(reason.tres, "tres");
    replace(reason.versions, "versions");
    if (const std::string name = text_of(table, "class"); !name.empty()) {
        const auto found = std::find_if(k_classes.begin(), k_classes.end(), [&](const auto& one) { return one.first == name; });
        if (found == k_classes.end()) {
            return wrong(source, *table.get("class"), fmt::format("unknown class {}", shown(name)),
                         "one of waits, yours, never, budget, admin, final, internal");
        }
        reason.kind = found->second;
    }
    return {};
}

bool same_but_blanks(char a, char b)
{
    const auto plain = [](char c) { return c == '_' ? ' ' : c; };
    return plain(a) == plain(b);
}

bool starts_with(std::string_view text, std::string_view start)
{
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), same_but_blanks);
}

// scontrol prints "_" for each blank (info_job.c), but names keep their own "_": the pattern takes either, the text of
// the captures stays as it was.
std::string pattern_for_both(std::string_view pattern)
{
    return util::replace_all(std::string(pattern), " ", "[ _]");
}

struct Capture {
    std::string name{};
    std::string_view value{};
};

std::optional<std::vector<Capture>> captures_of(const std::string& pattern, std::string_view raw)
{
    const re2::RE2 regex(pattern_for_both(pattern), re2::RE2::Quiet);
    const auto groups = static_cast<std::size_t>(std::max(regex.NumberOfCapturingGroups(), 0));
    std::vector<re2::StringPiece> found(groups + 1);
    if (!regex.ok() || !regex.Match(re2::StringPiece(raw.data(), raw.size()), 0, raw.size(), re2::RE2::ANCHOR_BOTH, found.data(),
                                    static_cast<int>(found.size()))) {
        return std::nullopt;
    }
    std::vector<Capture> captures;
    for (const auto& [index, name] : regex.CapturingGroupNames()) {
        const re2::StringPiece& piece = found[static_cast<std::size_t>(index)];
        if (piece.data() != nullptr) {
            captures.push_back({name, std::string_view(piece.data(), piece.size())});
        }
    }
    return captures;
}

// Blanks instead of "_", but not within what was captured.
std::string with_blanks(std::string_view raw, const std::vector<Capture>& captures)
{
    std::string text(raw);
    std::replace(text.begin(), text.end(), '_', ' ');
    for (const Capture& capture : captures) {
        const auto at = static_cast<std::size_t>(capture.value.data() - raw.data());
        text.replace(at, capture.value.size(), capture.value);
    }
    return text;
}

Result<Reason> reason_of(const toml::node& node, std::string_view source)
{
    const toml::table* table = node.as_table();
    Reason reason;
    reason.name = table != nullptr ? text_of(*table, "name") : std::string();
    if (reason.name.empty() || table->get("class") == nullptr || table->get("meaning") == nullptr) {
        return wrong(source, node, "a [[reason]] needs name, class and meaning");
    }
    HPCDOC_TRY(take(reason, *table, source));
    return reason;
}

Result<const toml::table*> text_table(const toml::node& node, std::string_view source)
{
    const toml::table* table = node.as_table();
    if (table == nullptr || text_of(*table, "starts").empty()) {
        return wrong(source, node, "a [[text]] needs starts");
    }
    return table;
}

// Without a pattern, anything may follow the start.
std::string pattern_of(const toml::table& table)
{
    if (std::string pattern = text_of(table, "pattern"); !pattern.empty()) {
        return pattern;
    }
    return util::replace_all(re2::RE2::QuoteMeta(text_of(table, "starts")), "\\ ", " ") + ".*";
}

} // namespace

Result<Reasons> Reasons::parse(std::string_view toml_text, std::string_view source)
{
    const toml::parse_result parsed = toml::parse(toml_text, source);
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        return failure(Code::config, fmt::format("{}:{}: {}", source, error.source().begin.line, error.description()));
    }
    Reasons reasons;
    if (const toml::array* all = parsed.table()["reason"].as_array()) {
        for (const toml::node& node : *all) {
            HPCDOC_TRY_ASSIGN(Reason reason, reason_of(node, source));
            if (!reasons.m_by_name.emplace(reason.name, reasons.m_reasons.size()).second) {
                return wrong(source, node, fmt::format("reason {} stands twice", shown(reason.name)));
            }
            reasons.m_reasons.push_back(std::move(reason));
        }
    }
    if (reasons.m_reasons.empty()) {
        return failure(Code::config, fmt::format("{} holds no [[reason]]", source),
                       "reinstall hpcdoc, or check where it looks for its data");
    }
    if (const toml::array* all = parsed.table()["text"].as_array()) {
        for (const toml::node& node : *all) {
            HPCDOC_TRY_ASSIGN(const toml::table* table, text_table(node, source));
            const auto code = reasons.m_by_name.find(text_of(*table, "code"));
            if (code == reasons.m_by_name.end()) {
                return wrong(source, node, "the 'code' of a [[text]] is the name of a reason");
            }
            Text text{text_of(*table, "starts"), pattern_of(*table), reasons.m_reasons[code->second]};
            HPCDOC_TRY(take(text.reason, *table, source));
            if (const re2::RE2 regex(pattern_for_both(text.pattern), re2::RE2::Quiet); !regex.ok()) {
                return wrong(source, node, fmt::format("pattern of {}: {}", shown(text.starts), regex.error()));
            }
            reasons.m_texts.push_back(std::move(text));
        }
    }
    return reasons;
}

ReasonMatch Reasons::match(std::string_view raw) const
{
    raw = bare_reason(raw);
    ReasonMatch match;
    match.text = std::string(raw);
    const auto exact = [&](std::string_view name) {
        const auto found = m_by_name.find(name);
        return found == m_by_name.end() ? nullptr : &m_reasons[found->second];
    };
    if (const Reason* reason = exact(raw)) {
        match.reasons.push_back(*reason);
        match.known = true;
        return match;
    }
    for (const Text& text : m_texts) {
        if (!starts_with(raw, text.starts)) {
            continue;
        }
        if (const std::optional<std::vector<Capture>> captures = captures_of(text.pattern, raw)) {
            match.reasons.push_back(text.reason);
            match.text = with_blanks(raw, *captures);
            for (const Capture& capture : *captures) {
                match.captures.emplace(capture.name, capture.value);
            }
            match.known = true;
            return match;
        }
    }
    for (const std::string_view part : util::split(raw, ',')) { // squeue merges the reasons of an array's tasks
        const Reason* reason = exact(util::trim(part));
        if (reason == nullptr) {
            match.reasons.clear();
            return match;
        }
        match.reasons.push_back(*reason);
    }
    match.known = true;
    return match;
}

std::string_view to_string(ReasonClass kind)
{
    const auto found = std::find_if(k_classes.begin(), k_classes.end(), [&](const auto& one) { return one.second == kind; });
    return found == k_classes.end() ? std::string_view("internal") : found->first;
}

} // namespace hpcdoc::slurm

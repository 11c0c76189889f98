// SPDX-License-Identifier: Apache-2.0
#include "report/view.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::report {

namespace {

std::string subject_of(const Check& check)
{
    return check.subject.empty() ? check.id : fmt::format("{} ({})", check.id, check.subject);
}

bool looked(const Check& check)
{
    return check.outcome == Check::Outcome::passed || check.outcome == Check::Outcome::found;
}

std::string_view bare_claim(Standing standing)
{
    switch (standing) {
    case Standing::fine: return "nothing wrong found";
    case Standing::unknown: return "not everything could be looked at, and no cause was found";
    default: return {};
    }
}

} // namespace

Story story_of(const Report& report)
{
    Story story;
    for (const Finding& finding : report.findings()) {
        if (story.verdict == nullptr && finding.role == Role::cause) {
            story.verdict = &finding;
        } else if (finding.role == Role::advice) {
            story.advice.push_back(&finding);
        } else {
            story.also.push_back(&finding);
        }
    }
    return story;
}

Standing standing_of(Severity severity)
{
    switch (severity) {
    case Severity::note: return Standing::note;
    case Severity::warning: return Standing::warning;
    case Severity::error: return Standing::error;
    case Severity::critical: return Standing::critical;
    }
    return Standing::error;
}

Standing standing_of(const Report& report)
{
    if (const Finding* verdict = report.verdict()) {
        return standing_of(verdict->severity);
    }
    if (!report.complete()) {
        return Standing::unknown;
    }
    // "Fine" needs a check that looked and nothing at all found; a list alone claims nothing.
    const auto checks = report.checks();
    const bool any_looked = std::any_of(checks.begin(), checks.end(), looked);
    return any_looked && !report.worst() ? Standing::fine : Standing::plain;
}

std::string_view word_of(Standing standing)
{
    switch (standing) {
    case Standing::critical: return "CRITICAL";
    case Standing::error: return "ERROR";
    case Standing::warning: return "WARNING";
    case Standing::note: return "NOTE";
    case Standing::fine: return "OK";
    case Standing::unknown: return "UNKNOWN";
    case Standing::plain: break;
    }
    return {};
}

std::string_view class_of(Standing standing)
{
    switch (standing) {
    case Standing::critical: return "critical";
    case Standing::error: return "error";
    case Standing::warning: return "warning";
    case Standing::note: return "note";
    case Standing::fine: return "fine";
    case Standing::unknown: return "unknown";
    case Standing::plain: break;
    }
    return "plain";
}

std::string opening_of(const Report& report)
{
    if (!report.headline.empty()) {
        return one_line(report.headline);
    }
    const std::string what = one_line(report.subject.empty() ? report.command : report.subject);
    if (!report.reports().empty()) {
        return fmt::format("{}: {}", what, count_text(report.reports().size(), "subject"));
    }
    const std::string_view claim = bare_claim(standing_of(report));
    return claim.empty() ? what : fmt::format("{}: {}", what, claim);
}

std::string claim_of(const Report& report)
{
    if (!report.reports().empty()) {
        return tally_of(report);
    }
    return std::string(report.headline.empty() ? "" : bare_claim(standing_of(report)));
}

std::string tally_of(const Report& report)
{
    constexpr std::array k_order{std::pair{Standing::critical, "critical"},      std::pair{Standing::error, "error"},
                                 std::pair{Standing::warning, "warning"},        std::pair{Standing::note, "note"},
                                 std::pair{Standing::unknown, "unknown"},        std::pair{Standing::fine, "fine"},
                                 std::pair{Standing::plain, "without a verdict"}};
    std::vector<std::string> parts;
    for (const auto& [standing, noun] : k_order) {
        const auto reports = report.reports();
        const auto count = static_cast<std::size_t>(std::count_if(
            reports.begin(), reports.end(), [&, s = standing](const Report& part) { return standing_of(part) == s; }));
        if (count == 0) {
            continue;
        }
        const bool plural = standing == Standing::error || standing == Standing::warning || standing == Standing::note;
        parts.push_back(plural ? count_text(count, noun) : fmt::format("{} {}", count, noun));
    }
    return util::join(parts, ", ");
}

std::vector<Unseen> unseen_of(const Report& report)
{
    std::vector<Unseen> unseen;
    for (const Check::Outcome outcome : {Check::Outcome::failed, Check::Outcome::skipped}) {
        for (const Check& check : report.checks()) {
            if (check.outcome != outcome) {
                continue;
            }
            const auto same = std::find_if(unseen.begin(), unseen.end(), [&](const Unseen& other) {
                return other.outcome == outcome && other.reason == check.reason;
            });
            if (same == unseen.end()) {
                unseen.push_back({outcome, subject_of(check), check.reason});
            } else {
                same->what += ", " + subject_of(check);
            }
        }
    }
    for (Unseen& entry : unseen) {
        entry.what = one_line(entry.what);
        entry.reason = one_line(entry.reason);
    }
    return unseen;
}

std::string_view risk_note(Risk risk)
{
    switch (risk) {
    case Risk::none: return {};
    case Risk::reversible: return "can be undone";
    case Risk::needs_admin: return "needs an administrator";
    case Risk::destructive: return "destroys data: cannot be undone";
    }
    return {};
}

std::string origin_text(const Origin& origin)
{
    std::vector<std::string> parts;
    if (!origin.file.empty()) {
        parts.push_back(origin.line == 0 ? origin.file : fmt::format("{}:{}", origin.file, origin.line));
    }
    if (origin.rank) {
        parts.push_back(fmt::format("rank {}", *origin.rank));
    }
    if (!origin.host.empty()) {
        parts.push_back("host " + origin.host);
    }
    if (!origin.time.empty()) {
        parts.push_back("at " + origin.time);
    }
    return one_line(util::join(parts, ", "));
}

std::string count_text(std::size_t count, std::string_view noun)
{
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string one_line(std::string_view text)
{
    std::string flat(util::trim(text));
    std::replace_if(
        flat.begin(), flat.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return util::printable(flat);
}

std::vector<std::string> safe_lines(std::string_view text)
{
    std::vector<std::string> safe;
    for (const std::string_view line : util::lines(text)) {
        safe.push_back(util::printable(util::replace_all(std::string(line), "\t", "    ")));
    }
    while (!safe.empty() && util::trim(safe.back()).empty()) {
        safe.pop_back();
    }
    return safe;
}

std::string_view version()
{
    return HPCDOC_VERSION;
}

Table readable(const Table& table)
{
    Table shown = table;
    const std::size_t columns = table.columns.size() - std::min(table.data_columns, table.columns.size());
    shown.columns.resize(columns);
    for (auto& row : shown.rows) {
        row.resize(columns);
    }
    return shown;
}

} // namespace hpcdoc::report

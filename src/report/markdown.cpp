// SPDX-License-Identifier: Apache-2.0
// The face for a ticket: GitHub, GitLab, and what converts Markdown for Jira.
#include "report/renderers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/markdown_escape.hpp"
#include "report/markdown_finding.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::report {

namespace {

std::string title_line(unsigned level, std::string_view text)
{
    return fmt::format("{} {}\n\n", std::string(std::min(level, 6u), '#'), text);
}

std::string opening(const Report& report, const Story& story, unsigned level)
{
    const std::string_view word = word_of(standing_of(report));
    const std::string prefix = word.empty() ? "" : fmt::format("{}: ", word);
    if (story.verdict == nullptr) {
        const std::string claim = claim_of(report);
        return title_line(level, prefix + md::plain(opening_of(report))) + (claim.empty() ? "" : md::plain(claim) + "\n\n");
    }
    std::string text = title_line(level, prefix + md::plain(story.verdict->title));
    text += fmt::format("**{}** · {}", md::code(story.verdict->id), to_string(story.verdict->certainty));
    if (!report.headline.empty()) {
        text += " · " + md::plain(report.headline);
    }
    return text + "\n\n";
}

std::string row_of(const std::vector<std::string>& cells, std::size_t columns)
{
    std::string row = "|";
    for (std::size_t i = 0; i < columns; ++i) {
        row += fmt::format(" {} |", i < cells.size() ? md::cell(cells[i]) : "");
    }
    return row + "\n";
}

std::string table_of(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows)
{
    if (columns.empty()) {
        return {};
    }
    std::string text = row_of(columns, columns.size()) + "|";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        text += " --- |";
    }
    text += '\n';
    for (const auto& row : rows) {
        text += row_of(row, columns.size());
    }
    return text + "\n";
}

std::string facts_of(const Report& report)
{
    std::vector<std::vector<std::string>> rows;
    for (const Fact& fact : report.facts()) {
        rows.push_back({fact.label.empty() ? fact.name : fact.label, fact.value});
    }
    return rows.empty() ? "" : table_of({"Fact", "Value"}, rows);
}

std::string tables_of(const Report& report, unsigned level)
{
    std::string text;
    for (const Table& table : report.tables()) {
        const Table shown = readable(table);
        text += table.title.empty() ? "" : title_line(level, md::plain(table.title));
        text += table_of(shown.columns, shown.rows);
    }
    return text;
}

std::string more_of(std::string_view title, const std::vector<const Finding*>& findings, unsigned level)
{
    if (findings.empty()) {
        return {};
    }
    std::string text = title_line(level, title);
    for (const Finding* finding : findings) {
        text += title_line(level + 1,
                        fmt::format("{}: {}", word_of(standing_of(finding->severity)), md::plain(finding->title)));
        text += fmt::format("**{}** · {}\n\n", md::code(finding->id), to_string(finding->certainty));
        text += markdown_finding(*finding, 0);
    }
    return text;
}

std::string checks_of(const Report& report, unsigned level, bool verbose)
{
    std::string text;
    for (const Unseen& entry : unseen_of(report)) {
        text += text.empty() ? title_line(level, "Not looked at") : "";
        text += fmt::format("- {}: {}{}{}\n", to_string(entry.outcome), md::plain(entry.what),
                            entry.reason.empty() ? "" : ": ", md::plain(entry.reason));
    }
    text += text.empty() ? "" : "\n";
    std::string seen;
    for (const Check& check : report.checks()) {
        if (verbose && (check.outcome == Check::Outcome::passed || check.outcome == Check::Outcome::found)) {
            seen += seen.empty() ? title_line(level, "Looked at") : "";
            seen +=
                fmt::format("- {}: {} {}\n", to_string(check.outcome), md::plain(check.id), md::plain(check.subject));
        }
    }
    return text + seen + (seen.empty() ? "" : "\n");
}

std::string body(const Report& report, unsigned level, bool verbose)
{
    const Story story = story_of(report);
    std::string text = opening(report, story, level);
    if (story.verdict != nullptr && !story.verdict->cause.empty()) {
        text += md::plain(story.verdict->cause) + "\n\n";
    }
    text += facts_of(report);
    if (story.verdict != nullptr) {
        Finding rest = *story.verdict;
        rest.cause.clear(); // said above the facts
        text += markdown_finding(rest, level + 1);
    }
    text += tables_of(report, level + 1);
    if (report.body && report.tables().empty()) {
        text += md::fence(*report.body, "") + "\n";
    }
    text += more_of("Also", story.also, level + 1);
    text += more_of("For next time", story.advice, level + 1);
    return text + checks_of(report, level + 1, verbose);
}

std::string summary(const Report& report, unsigned level)
{
    std::vector<std::vector<std::string>> rows;
    for (const Report& part : report.reports()) {
        const Finding* verdict = part.verdict();
        rows.push_back({part.subject, std::string(word_of(standing_of(part))), verdict == nullptr ? "" : verdict->id,
                        verdict == nullptr ? opening_of(part) : verdict->title});
    }
    return title_line(level, "Summary") + table_of({"Subject", "Verdict", "Finding", "Says"}, rows);
}

std::string tree(const Report& report, unsigned level, bool verbose)
{
    std::string text = body(report, level, verbose);
    for (const Report& part : report.reports()) {
        text += "---\n\n" + tree(part, level + 1, verbose);
    }
    if (report.reports().size() > 1) {
        text += "---\n\n" + summary(report, level + 1);
    }
    return text;
}

} // namespace

std::string render_markdown(const Report& report, const Style& style)
{
    const std::string what = one_line(fmt::format("hpcdoc {} {}", report.command, report.subject));
    return tree(report, 2, style.verbose) +
           fmt::format("*{}, hpcdoc {}, {}*\n", md::code(what), version(), util::rfc3339(report.generated));
}

} // namespace hpcdoc::report

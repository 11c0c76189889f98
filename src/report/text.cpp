// SPDX-License-Identifier: Apache-2.0
// The face for a terminal: the verdict first, and no wall of text.
#include "report/renderers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/text_sections.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"
#include "util/table.hpp"

namespace hpcdoc::report {

namespace {

using Row = std::vector<std::string>;

constexpr std::size_t k_says_from = 72; // columns: below, the titles would be stumps

// The second line: what is known by machines, and what was looked at. One line if it fits, else one each.
void about(TextWriter& out, const Report& report, const Finding& verdict, const std::string& indent)
{
    const std::string known = fmt::format("{}{}{}", one_line(verdict.id), out.dot(), to_string(verdict.certainty));
    const std::string headline = one_line(report.headline);
    const std::string both = headline.empty() ? known : known + std::string(out.dot()) + headline;
    if (indent.size() + util::display_width(both) <= out.width()) {
        out.line(indent, both, Paint::dim);
        return;
    }
    out.prose({indent, indent}, known, Paint::dim);
    out.prose({indent, indent}, headline, Paint::dim);
}

void opening(TextWriter& out, const Report& report, const Story& story)
{
    const Standing standing = standing_of(report);
    const std::string word(word_of(standing));
    if (story.verdict != nullptr) {
        out.lead("", word, paint_of(standing), one_line(story.verdict->title), Paint::heading);
        about(out, report, *story.verdict, std::string(word.size() + 2, ' '));
        return;
    }
    out.lead("", word, paint_of(standing), opening_of(report), Paint::heading);
    const std::string indent(word.empty() ? 0 : word.size() + 2, ' ');
    out.prose({indent, indent}, claim_of(report), Paint::dim);
}

// A report by itself, without its parts.
void body(TextWriter& out, const Report& report, const Style& style)
{
    const Story story = story_of(report);
    opening(out, report, story);
    write_facts(out, report, style);
    if (story.verdict != nullptr) {
        write_verdict(out, *story.verdict, style);
    }
    for (const Table& table : report.tables()) {
        write_table(out, readable(table));
    }
    write_more(out, "Also", story.also, style);
    write_more(out, "For next time", story.advice, style);
    write_unseen(out, report, style);
    if (style.verbose) {
        write_seen(out, report);
    }
}

void summary(TextWriter& out, const Report& report)
{
    out.heading(fmt::format("Summary: {}", tally_of(report)));
    const bool wide = out.width() >= k_says_from;
    util::TextTable table;
    table.header(wide ? Row{"SUBJECT", "VERDICT", "FINDING", "SAYS"} : Row{"SUBJECT", "VERDICT", "FINDING"});
    for (const Report& part : report.reports()) {
        const Finding* verdict = part.verdict();
        const std::string word(word_of(standing_of(part)));
        Row row{one_line(part.subject), word.empty() ? "-" : word, verdict == nullptr ? "-" : one_line(verdict->id)};
        if (wide) {
            row.push_back(verdict == nullptr ? opening_of(part) : one_line(verdict->title));
        }
        table.row(std::move(row));
    }
    const std::string text = table.render(out.width() - 2, out.unicode());
    for (const std::string_view line : util::lines(text)) {
        out.line("  ", line);
    }
}

void tree(TextWriter& out, const Report& report, const Style& style)
{
    body(out, report, style);
    for (const Report& part : report.reports()) {
        out.rule();
        tree(out, part, style);
    }
    if (report.reports().size() > 1) {
        out.rule();
        summary(out, report);
    }
}

// For a pipe all of it, and nothing else; for a terminal what cannot hurt it.
std::string body_text(const std::string& text, const Style& style)
{
    if (style.raw) {
        return text;
    }
    std::string shown = util::printable(text, true);
    if (!shown.empty() && shown.back() != '\n') {
        shown += '\n';
    }
    return shown;
}

} // namespace

std::string render_text(const Report& report, const Style& style)
{
    if (report.body && (style.raw || !report.body->empty())) {
        return body_text(*report.body, style);
    }
    TextWriter out(style);
    tree(out, report, style);
    return out.take();
}

} // namespace hpcdoc::report

// SPDX-License-Identifier: Apache-2.0
#include "report/text_sections.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"
#include "util/table.hpp"

namespace hpcdoc::report {

namespace {

// Enough to know which job it is; the rest with --verbose.
constexpr std::size_t k_facts = 6, k_facts_of_note = 4;
constexpr std::size_t k_more = 5, k_unseen = 8;
constexpr std::size_t k_label_width = 24;
constexpr std::size_t k_two_columns_from = 72; // of terminal width

struct Card {
    std::size_t label = 0; // the widest of its labels
    std::vector<const Fact*> facts{};
};

std::string label_of(const Fact& fact, bool unicode)
{
    return util::shorten(one_line(fact.label.empty() ? fact.name : fact.label), k_label_width, unicode);
}

// "Elapsed  00:10:02"
std::string cell(const Card& card, const Fact& fact, std::size_t width, const TextWriter& out, bool with_source)
{
    const std::string label = label_of(fact, out.unicode());
    std::string text = label + std::string(card.label - std::min(card.label, util::display_width(label)) + 2, ' ');
    text += one_line(fact.value);
    if (with_source && !fact.source.empty()) {
        text += fmt::format("  ({})", one_line(fact.source));
    }
    return util::shorten(text, width, out.unicode());
}

Card card_of(const Report& report, std::size_t most)
{
    Card card;
    for (const Fact& fact : report.facts().first(std::min(most, report.facts().size()))) {
        card.facts.push_back(&fact);
        card.label = std::max(card.label, util::display_width(label_of(fact, true)));
    }
    return card;
}

void write_two_columns(TextWriter& out, const Card& card)
{
    const std::size_t column = (std::min<std::size_t>(out.width(), 100) - 4) / 2;
    const std::size_t rows = (card.facts.size() + 1) / 2;
    for (std::size_t row = 0; row < rows; ++row) {
        std::string line = cell(card, *card.facts[row], column, out, false);
        if (row + rows < card.facts.size()) {
            line += std::string(column + 2 - std::min(column, util::display_width(line)), ' ');
            line += cell(card, *card.facts[row + rows], column, out, false);
        }
        out.line("  ", line);
    }
}

void write_whole(TextWriter& out, std::size_t label_width, const std::vector<const Fact*>& facts)
{
    for (const Fact* fact : facts) {
        const std::string label = label_of(*fact, out.unicode());
        const std::string head = "  " + label + std::string(label_width + 2 - util::display_width(label), ' ');
        out.prose({head, std::string(label_width + 4, ' ')}, one_line(fact->value));
    }
}

// In two columns; what is too long for one, a path or a checksum, is a line by itself and never cut.
void write_in_columns(TextWriter& out, const Card& card)
{
    const std::size_t column = (std::min<std::size_t>(out.width(), 100) - 4) / 2;
    Card narrow{card.label, {}};
    std::vector<const Fact*> first, last;
    for (const Fact* fact : card.facts) {
        const bool fits = card.label + 2 + util::display_width(one_line(fact->value)) <= column;
        (fits ? narrow.facts : narrow.facts.empty() ? first : last).push_back(fact);
    }
    write_whole(out, card.label, first);
    write_two_columns(out, narrow);
    write_whole(out, card.label, last);
}

// The likeliest fix, or else the person to ask.
void write_way_out(TextWriter& out, const Finding& finding)
{
    const std::string_view arrow = out.unicode() ? "→" : "->";
    if (!finding.fixes.empty()) {
        const Fix& fix = finding.fixes.front();
        const std::string_view risk = risk_note(fix.risk);
        out.prose({"  ", "  "}, fmt::format("{} {}{}", arrow, fix.text.empty() ? "Run this" : one_line(fix.text),
                                            risk.empty() ? "" : fmt::format(" ({})", risk)));
        for (const std::string& command : fix.commands) {
            out.line("    ", util::printable(command), Paint::command);
        }
    } else if (finding.escalate) {
        const Escalation& escalation = *finding.escalate;
        const std::string& who = escalation.contact.empty() ? escalation.to : escalation.contact;
        out.prose({"  ", "  "}, fmt::format("{} Ask {}{}{}", arrow, one_line(who), escalation.why.empty() ? "" : ": ",
                                            one_line(escalation.why)));
    }
}

void write_rest(TextWriter& out, std::size_t count)
{
    if (count > 0) {
        out.prose({"  ", "  "}, fmt::format("{} {} more, shown by --verbose", out.dots(), count), Paint::dim);
    }
}

} // namespace

Paint paint_of(Standing standing)
{
    switch (standing) {
    case Standing::critical: return Paint::critical;
    case Standing::error: return Paint::error;
    case Standing::warning:
    case Standing::unknown: return Paint::warning;
    case Standing::note: return Paint::note;
    case Standing::fine: return Paint::fine;
    case Standing::plain: break;
    }
    return Paint::heading;
}

void write_facts(TextWriter& out, const Report& report, const Style& style)
{
    const bool calm = standing_of(report) == Standing::note || standing_of(report) == Standing::fine;
    const std::size_t most = style.verbose ? report.facts().size() : (calm ? k_facts_of_note : k_facts);
    const Card card = card_of(report, most);
    if (card.facts.empty()) {
        return;
    }
    if (!calm || style.verbose) {
        out.blank();
    }
    if (out.width() >= k_two_columns_from && !style.verbose) {
        write_in_columns(out, card);
        return;
    }
    for (const Fact* fact : card.facts) {
        out.line("  ", cell(card, *fact, out.width() - 2, out, style.verbose));
    }
}

void write_table(TextWriter& out, const Table& table)
{
    if (table.title.empty()) {
        out.blank();
    } else {
        out.heading(one_line(table.title));
    }
    if (table.rows.empty()) {
        out.line("  ", "none", Paint::dim);
        return;
    }
    util::TextTable text;
    const auto flat = [](const std::vector<std::string>& cells) {
        std::vector<std::string> result;
        std::transform(cells.begin(), cells.end(), std::back_inserter(result), one_line);
        return result;
    };
    text.header(flat(table.columns));
    for (const auto& row : table.rows) {
        text.row(flat(row));
    }
    const std::string lines = text.render(out.width() - 2, out.unicode());
    for (const std::string_view line : util::lines(lines)) {
        out.line("  ", line);
    }
}

void write_more(TextWriter& out, std::string_view heading, const std::vector<const Finding*>& findings,
                const Style& style)
{
    if (findings.empty()) {
        return;
    }
    out.heading(heading);
    const std::size_t shown = style.verbose ? findings.size() : std::min(k_more, findings.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Finding& finding = *findings[i];
        if (i > 0) {
            out.blank();
        }
        const Standing standing = standing_of(finding.severity);
        out.lead("  ", word_of(standing), paint_of(standing),
                 fmt::format("{} ({})", one_line(finding.title), one_line(finding.id)), Paint::plain);
        out.prose({"  ", "  "}, one_line(finding.cause));
        write_way_out(out, finding);
    }
    write_rest(out, findings.size() - shown);
}

void write_unseen(TextWriter& out, const Report& report, const Style& style)
{
    const std::vector<Unseen> unseen = unseen_of(report);
    if (unseen.empty()) {
        return;
    }
    out.heading("Not looked at");
    const std::size_t shown = style.verbose ? unseen.size() : std::min(k_unseen, unseen.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Unseen& entry = unseen[i];
        const bool failed = entry.outcome == Check::Outcome::failed;
        const std::string text = entry.reason.empty() ? entry.what : fmt::format("{}: {}", entry.what, entry.reason);
        out.lead("  ", failed ? "failed " : "skipped", failed ? Paint::warning : Paint::dim, text, Paint::plain);
    }
    write_rest(out, unseen.size() - shown);
}

void write_seen(TextWriter& out, const Report& report)
{
    bool any = false;
    for (const Check& check : report.checks()) {
        if (check.outcome != Check::Outcome::passed && check.outcome != Check::Outcome::found) {
            continue;
        }
        if (!any) {
            out.heading("Looked at");
            any = true;
        }
        const bool passed = check.outcome == Check::Outcome::passed;
        const std::string subject = check.subject.empty() ? "" : fmt::format(" ({})", check.subject);
        out.lead("  ", passed ? "passed" : "found ", passed ? Paint::fine : Paint::warning,
                 one_line(check.id + subject), Paint::plain);
    }
}

} // namespace hpcdoc::report

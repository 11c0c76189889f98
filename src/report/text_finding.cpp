// SPDX-License-Identifier: Apache-2.0
// The verdict in full: why, the proof, what to do, and whom to ask.
#include "report/text_sections.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::report {

namespace {

struct Caps {
    std::size_t evidence = 4, excerpt = 6, see = 3, message = 30;
};

Caps caps_of(const Style& style)
{
    return style.verbose ? Caps{100, 40, 100, 1000} : Caps{};
}

void write_origin(TextWriter& out, const Finding& finding)
{
    if (!finding.origin) {
        return;
    }
    const std::string origin = origin_text(*finding.origin);
    const bool said = !finding.evidence.empty() && one_line(finding.evidence.front().source) == origin;
    if (!origin.empty() && !said) {
        out.prose({"  began at ", "  "}, origin, Paint::dim);
    }
}

void write_evidence(TextWriter& out, const Finding& finding, const Caps& caps)
{
    if (finding.evidence.empty()) {
        return;
    }
    out.heading("Evidence");
    write_origin(out, finding);
    const std::size_t shown = std::min(caps.evidence, finding.evidence.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const Evidence& evidence = finding.evidence[i];
        out.prose({"  ", "  "}, one_line(evidence.source), Paint::dim);
        const std::vector<std::string> lines = safe_lines(evidence.excerpt);
        const std::string bar = fmt::format("  {}", out.bar());
        for (std::size_t at = 0; at < std::min(caps.excerpt, lines.size()); ++at) {
            out.cut(bar, lines[at]);
        }
        if (lines.size() > caps.excerpt) {
            out.cut(bar, fmt::format("{} {}", out.dots(), count_text(lines.size() - caps.excerpt, "more line")),
                    Paint::dim);
        }
    }
    if (shown < finding.evidence.size()) {
        out.prose({"  ", "  "},
                  fmt::format("{} {} more, shown by --verbose", out.dots(), finding.evidence.size() - shown),
                  Paint::dim);
    }
}

void write_fix(TextWriter& out, const Fix& fix, std::size_t number)
{
    const std::string_view risk = risk_note(fix.risk);
    std::string text = one_line(fix.text);
    if (text.empty()) {
        text = "Run this";
    }
    if (!risk.empty()) {
        text += fmt::format(" ({})", risk);
    }
    // Two columns for the number put the text above the command, which stands at four for the copying hand.
    out.prose({fmt::format("{:>2}. ", number), "    "}, text);
    for (const std::string& command : fix.commands) {
        out.line("    ", util::printable(command), Paint::command);
    }
}

void write_fixes(TextWriter& out, const Finding& finding, const Caps& caps)
{
    if (finding.fixes.empty() && finding.see.empty()) {
        return;
    }
    out.heading(finding.fixes.empty() ? "See" : "What to do");
    for (std::size_t i = 0; i < finding.fixes.size(); ++i) {
        write_fix(out, finding.fixes[i], i + 1);
    }
    for (std::size_t i = 0; i < std::min(caps.see, finding.see.size()); ++i) {
        out.prose({finding.fixes.empty() ? "  " : "  See ", "  "}, one_line(finding.see[i]), Paint::dim);
    }
}

// The message is for copying: no bar before it, its own line breaks kept.
void write_message(TextWriter& out, const std::string& message, const Caps& caps)
{
    const std::vector<std::string> lines = safe_lines(message);
    if (lines.empty()) {
        return;
    }
    out.line("  ", "Message, ready to send:");
    for (std::size_t i = 0; i < std::min(caps.message, lines.size()); ++i) {
        const std::size_t lead = std::min(lines[i].find_first_not_of(' '), lines[i].size());
        const std::string indent(4 + std::min<std::size_t>(lead, 12), ' ');
        if (lead == lines[i].size()) {
            out.line("", "");
        } else {
            out.prose({indent, indent}, lines[i]);
        }
    }
    if (lines.size() > caps.message) {
        out.line(
            "    ",
            fmt::format("{} {}, shown by --verbose", out.dots(), count_text(lines.size() - caps.message, "more line")),
            Paint::dim);
    }
}

void write_escalation(TextWriter& out, const Finding& finding, const Caps& caps)
{
    if (!finding.escalate) {
        return;
    }
    const Escalation& escalation = *finding.escalate;
    out.heading("Who to ask");
    const std::string contact = one_line(escalation.contact);
    std::string who = one_line(escalation.to);
    if (!contact.empty()) {
        who += who.empty() ? contact : fmt::format(": {}", contact);
    }
    out.prose({"  ", "  "}, who, Paint::heading);
    out.prose({"  ", "  "}, one_line(escalation.why));
    if (!escalation.attach.empty()) {
        out.prose({"  ", "  "}, fmt::format("Attach: {}", one_line(util::join(escalation.attach, ", "))));
    }
    write_message(out, escalation.message, caps);
}

} // namespace

void write_verdict(TextWriter& out, const Finding& finding, const Style& style)
{
    const Caps caps = caps_of(style);
    if (!finding.cause.empty()) {
        out.blank();
        out.prose({}, one_line(finding.cause));
    }
    // Nobody asks for the proof that all is well.
    if (finding.severity > Severity::note || style.verbose) {
        write_evidence(out, finding, caps);
    }
    write_fixes(out, finding, caps);
    write_escalation(out, finding, caps);
    if (style.verbose && (!finding.labels.empty() || !finding.rule.empty())) {
        out.blank();
        out.prose({"", "  "},
                  one_line(fmt::format("labels: {}; rule: {}", util::join(finding.labels, ", "),
                                       finding.rule.empty() ? "in the code" : finding.rule)),
                  Paint::dim);
    }
}

} // namespace hpcdoc::report

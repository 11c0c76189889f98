// SPDX-License-Identifier: Apache-2.0
#include "report/markdown_finding.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/markdown_escape.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"

namespace hpcdoc::report {

namespace {

constexpr std::size_t k_excerpt = 60; // lines of one piece of evidence in a ticket

std::string heading(unsigned level, std::string_view text)
{
    return level == 0 ? "" : fmt::format("{} {}\n\n", std::string(std::min(level, 6u), '#'), text);
}

std::string bounded(std::string_view excerpt)
{
    std::vector<std::string> lines = safe_lines(excerpt);
    if (lines.size() > k_excerpt) {
        const std::size_t more = lines.size() - k_excerpt;
        lines.resize(k_excerpt);
        lines.push_back(fmt::format("… {}", count_text(more, "more line")));
    }
    return util::join(lines, "\n");
}

std::string evidence_of(const Finding& finding, unsigned level)
{
    std::string text;
    const std::string origin = finding.origin ? origin_text(*finding.origin) : std::string();
    if (!origin.empty()) {
        text += fmt::format("Began at {}\n\n", md::code(origin));
    }
    for (const Evidence& evidence : finding.evidence) {
        const std::string source = md::code(evidence.source);
        text += source.empty() ? "" : source + "\n\n";
        const std::string excerpt = bounded(evidence.excerpt);
        text += excerpt.empty() ? "" : md::fence(excerpt, "text") + "\n";
    }
    return text.empty() ? text : heading(level, "Evidence") + text;
}

std::string fixes_of(const Finding& finding, unsigned level)
{
    std::string text;
    std::size_t number = 0;
    for (const Fix& fix : finding.fixes) {
        const std::string marker = fmt::format("{}. ", ++number);
        const std::string_view risk = risk_note(fix.risk);
        text += marker + (fix.text.empty() ? "Run this" : md::plain(fix.text));
        text += risk.empty() ? "\n" : fmt::format(" **({})**\n", risk);
        std::string commands;
        for (const std::string& command : fix.commands) {
            commands += util::printable(command) + "\n";
        }
        if (!commands.empty()) {
            text += "\n" + md::fence(commands, "sh", std::string(marker.size(), ' ')) + "\n";
        }
    }
    text += text.empty() || text.ends_with("\n\n") ? "" : "\n";
    return text.empty() ? text : heading(level, "What to do") + text;
}

std::string see_of(const Finding& finding)
{
    std::string text;
    for (const std::string& see : finding.see) {
        text += fmt::format("- See {}\n", md::link(see));
    }
    return text.empty() ? text : text + "\n";
}

std::string escalation_of(const Finding& finding, unsigned level)
{
    if (!finding.escalate) {
        return {};
    }
    const Escalation& escalation = *finding.escalate;
    std::string text = heading(level, "Who to ask");
    text += fmt::format("**{}**", md::plain(escalation.to.empty() ? "support" : escalation.to));
    if (!escalation.contact.empty()) {
        text += fmt::format(" ({})", md::code(escalation.contact));
    }
    text += escalation.why.empty() ? "\n\n" : fmt::format(": {}\n\n", md::plain(escalation.why));
    for (const std::string& attach : escalation.attach) {
        text += fmt::format("- attach {}\n", md::plain(attach));
    }
    text += escalation.attach.empty() ? "" : "\n";
    const std::string message = util::join(safe_lines(escalation.message), "\n");
    return message.empty() ? text : text + "Message, ready to send:\n\n" + md::fence(message, "text") + "\n";
}

} // namespace

std::string markdown_finding(const Finding& finding, unsigned level)
{
    std::string text = finding.cause.empty() ? "" : md::plain(finding.cause) + "\n\n";
    text += evidence_of(finding, level);
    text += fixes_of(finding, level);
    text += see_of(finding);
    return text + escalation_of(finding, level);
}

} // namespace hpcdoc::report

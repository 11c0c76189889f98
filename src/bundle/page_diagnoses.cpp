// SPDX-License-Identifier: Apache-2.0
// What was found: the likely cause in short, then every diagnosis in full.
#include "bundle/page.hpp"

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "report/html_parts.hpp"

namespace hpcdoc::bundle::page {

namespace {

namespace html = report::html;

// The parts, or the report itself where it has none.
std::vector<const Report*> diagnoses_of(const Report& report)
{
    std::vector<const Report*> all;
    for (const Report& part : report.reports()) {
        all.push_back(&part);
    }
    if (all.empty() && (!report.checks().empty() || !report.findings().empty() || !report.tables().empty())) {
        all.push_back(&report);
    }
    return all;
}

std::string others(const std::vector<Verdict>& verdicts)
{
    std::string rows;
    for (std::size_t i = 1; i < verdicts.size(); ++i) {
        const Finding& finding = *verdicts[i].finding;
        rows += fmt::format("<li>{}<span>{} <code>{}</code> <span class=\"muted\">{}</span></span></li>\n",
                            html::badge(report::standing_of(finding.severity)), html::text(finding.title),
                            html::text(finding.id), html::text(name_of(*verdicts[i].diagnosis)));
    }
    return rows.empty() ? rows
                        : fmt::format("<p class=\"eyebrow\">Found too</p>\n<ul class=\"found-too\">\n{}</ul>\n", rows);
}

std::string first_proof(const Finding& finding)
{
    if (finding.evidence.empty()) {
        return {};
    }
    Finding short_one;
    short_one.evidence = {finding.evidence.front()};
    return html::evidence(short_one, true);
}

std::string first_fix(const Finding& finding)
{
    if (finding.fixes.empty()) {
        return finding.escalate ? "<p class=\"eyebrow\">Who to ask</p>\n" + html::escalation(finding, false) : "";
    }
    Finding short_one;
    short_one.fixes = {finding.fixes.front()};
    return "<p class=\"eyebrow\">What to do first</p>\n" + html::fixes(short_one);
}

// Those that found nothing worth a warning are folded.
bool quiet(const Report& report)
{
    const auto standing = report::standing_of(report);
    return standing == report::Standing::note || standing == report::Standing::fine ||
           standing == report::Standing::plain;
}

} // namespace

std::string cause(const Report& report)
{
    const std::vector<Verdict> verdicts = verdicts_of(report);
    if (verdicts.empty()) {
        const bool ran = !diagnoses_of(report).empty();
        return fmt::format(
            "<section class=\"card verdict unknown\" id=\"cause\">\n<p class=\"eyebrow\">Likely cause</p>\n"
            "{}{}</section>\n",
            html::heading(2, ran ? "No cause was found" : "No diagnosis ran"),
            html::paragraph("cause", ran ? "The diagnoses that ran have nothing to tell. What was "
                                           "collected is below."
                                         : "Here is only what was collected."));
    }
    const Finding& finding = *verdicts.front().finding;
    const auto standing = report::standing_of(finding.severity);
    return fmt::format(
        "<section class=\"card verdict {}\" id=\"cause\">\n<p class=\"eyebrow\">Likely cause</p>\n{}{}{}{}"
        "<p class=\"known\"><code>{}</code> <span class=\"certainty\">{}</span></p>\n{}{}{}</section>\n",
        report::class_of(standing), html::badge(standing), html::heading(2, finding.title),
        html::paragraph("headline", verdicts.front().diagnosis->headline), html::paragraph("cause", finding.cause),
        html::text(finding.id), to_string(finding.certainty), first_proof(finding), first_fix(finding),
        others(verdicts));
}

std::string diagnoses(const Report& report)
{
    const std::vector<const Report*> all = diagnoses_of(report);
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Report& one = *all[i];
        const std::string id = fmt::format("d-{}", i + 1);
        const std::string summary =
            html::badge(report::standing_of(one)) +
            fmt::format("<code>{}</code> {}", html::text(name_of(one)), html::text(one.headline));
        text +=
            fmt::format("<div id=\"{}\">\n{}</div>\n", id,
                        html::details(summary, html::tree(one, id, 3), all.size() == 1 || !quiet(one), "diagnosis"));
    }
    return text;
}

} // namespace hpcdoc::bundle::page

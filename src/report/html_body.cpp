// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"

#include <fmt/format.h>

#include "report/view.hpp"

namespace hpcdoc::report::html {

namespace {

std::string section(unsigned level, std::string_view title, std::string_view css_class, const std::string& inside)
{
    if (inside.empty()) {
        return {};
    }
    return fmt::format("<section class=\"{}\">\n{}{}</section>\n", css_class, heading(level, title), inside);
}

std::string known(const Finding& finding)
{
    std::string labels;
    for (const std::string& label : finding.labels) {
        labels += fmt::format(" <span class=\"label\">{}</span>", text(label));
    }
    return fmt::format("<p class=\"known\"><code>{}</code> <span class=\"certainty\">{}</span>{}</p>\n",
                       text(finding.id), to_string(finding.certainty), labels);
}

std::string verdict(const Report& report, const Story& story, unsigned level)
{
    const Standing standing = standing_of(report);
    std::string card = fmt::format("<section class=\"card verdict {}\">\n{}", class_of(standing), badge(standing));
    if (story.verdict != nullptr) {
        card += heading(level, story.verdict->title) + paragraph("headline", report.headline) +
                paragraph("cause", story.verdict->cause) + known(*story.verdict);
        return card + facts(report) + "</section>\n";
    }
    card += heading(level, opening_of(report)) + paragraph("headline", claim_of(report));
    return card + facts(report) + "</section>\n";
}

std::string more(const std::vector<const Finding*>& findings, unsigned level)
{
    std::string text;
    for (const Finding* finding : findings) {
        const Standing standing = standing_of(finding->severity);
        text += fmt::format("<article class=\"card finding {}\">\n<div class=\"line\">{}{}</div>\n", class_of(standing),
                            badge(standing), heading(level, finding->title));
        text += paragraph("cause", finding->cause) + fixes(*finding) + see(*finding);
        text += evidence(*finding, false) + escalation(*finding, false);
        text += known(*finding) + "</article>\n";
    }
    return text;
}

std::string body(const Report& report, unsigned level)
{
    const Story story = story_of(report);
    std::string text = verdict(report, story, level);
    if (story.verdict != nullptr) {
        const Finding& finding = *story.verdict;
        text += section(level + 1, "What to do", "card do", fixes(finding) + see(finding));
        text += section(level + 1, "Evidence", "card proof", evidence(finding, true));
        text += section(level + 1, "Who to ask", "card ask", escalation(finding, true));
    }
    for (const Table& table : report.tables()) {
        text += html::table(readable(table), level + 1);
    }
    if (report.body && report.tables().empty()) {
        text += section(level + 1, "Content", "card", "<pre>" + html::block(*report.body) + "</pre>\n");
    }
    text += section(level + 1, "Also", "group", more(story.also, level + 2));
    text += section(level + 1, "For next time", "group", more(story.advice, level + 2));
    return text + checks(report, level + 1);
}

// The numbers of a part in the tree: "r-2-1". Never made of text from outside.
std::string anchor(const std::string& parent, std::size_t index)
{
    return fmt::format("{}-{}", parent, index + 1);
}

std::string summary(const Report& report, const std::string& id, unsigned level)
{
    std::string rows;
    for (std::size_t i = 0; i < report.reports().size(); ++i) {
        const Report& part = report.reports()[i];
        const Finding* verdict = part.verdict();
        rows += fmt::format("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                            anchor(id, i), text(part.subject.empty() ? part.command : part.subject),
                            badge(standing_of(part)), text(verdict == nullptr ? opening_of(part) : verdict->title),
                            verdict == nullptr ? "" : fmt::format("<code>{}</code>", text(verdict->id)));
    }
    return fmt::format("<section class=\"card list\">\n{}<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                       "aria-label=\"Summary\"><table>\n<caption>{}</caption>\n<thead><tr>"
                       "<th scope=\"col\">Subject</th><th scope=\"col\">Verdict</th><th scope=\"col\">Says</th>"
                       "<th scope=\"col\">Finding</th></tr></thead>\n<tbody>\n{}</tbody></table></div></section>\n",
                       heading(level, "Summary"), text(tally_of(report)), rows);
}

} // namespace

std::string tree(const Report& report, const std::string& id, unsigned level)
{
    std::string text = body(report, level);
    if (report.reports().size() > 1) {
        text += summary(report, id, level + 1);
    }
    for (std::size_t i = 0; i < report.reports().size(); ++i) {
        const std::string part = anchor(id, i);
        text += fmt::format("<section class=\"part\" id=\"{}\">\n{}</section>\n", part,
                            tree(report.reports()[i], part, level + 1));
    }
    return text;
}

} // namespace hpcdoc::report::html

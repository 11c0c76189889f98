// SPDX-License-Identifier: Apache-2.0
// The face for a browser: one file that loads nothing, runs nothing and trusts nothing.
#include "report/renderers.hpp"

#include <fmt/format.h>

#include "report/html_parts.hpp"
#include "report/view.hpp"
#include "util/units.hpp"

namespace hpcdoc::report {

namespace {

std::string section(unsigned level, std::string_view title, std::string_view css_class, const std::string& inside)
{
    if (inside.empty()) {
        return {};
    }
    return fmt::format("<section class=\"{}\">\n{}{}</section>\n", css_class, html::heading(level, title), inside);
}

std::string known(const Finding& finding)
{
    std::string labels;
    for (const std::string& label : finding.labels) {
        labels += fmt::format(" <span class=\"label\">{}</span>", html::text(label));
    }
    return fmt::format("<p class=\"known\"><code>{}</code> <span class=\"certainty\">{}</span>{}</p>\n",
                       html::text(finding.id), to_string(finding.certainty), labels);
}

std::string verdict(const Report& report, const Story& story, unsigned level)
{
    const Standing standing = standing_of(report);
    std::string card =
        fmt::format("<section class=\"card verdict {}\">\n{}", class_of(standing), html::badge(standing));
    if (story.verdict != nullptr) {
        card += html::heading(level, story.verdict->title) + html::paragraph("headline", report.headline) +
                html::paragraph("cause", story.verdict->cause) + known(*story.verdict);
        return card + html::facts(report) + "</section>\n";
    }
    card += html::heading(level, opening_of(report)) + html::paragraph("headline", claim_of(report));
    return card + html::facts(report) + "</section>\n";
}

std::string more(const std::vector<const Finding*>& findings, unsigned level)
{
    std::string text;
    for (const Finding* finding : findings) {
        const Standing standing = standing_of(finding->severity);
        text += fmt::format("<article class=\"card finding {}\">\n<div class=\"line\">{}{}</div>\n", class_of(standing),
                            html::badge(standing), html::heading(level, finding->title));
        text += html::paragraph("cause", finding->cause) + html::fixes(*finding) + html::see(*finding);
        text += html::evidence(*finding, false) + html::escalation(*finding, false);
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
        text += section(level + 1, "What to do", "card do", html::fixes(finding) + html::see(finding));
        text += section(level + 1, "Evidence", "card proof", html::evidence(finding, true));
        text += section(level + 1, "Who to ask", "card ask", html::escalation(finding, true));
    }
    for (const Table& table : report.tables()) {
        text += html::table(readable(table), level + 1);
    }
    if (report.body && report.tables().empty()) {
        text += section(level + 1, "Content", "card", "<pre>" + html::block(*report.body) + "</pre>\n");
    }
    text += section(level + 1, "Also", "group", more(story.also, level + 2));
    text += section(level + 1, "For next time", "group", more(story.advice, level + 2));
    return text + html::checks(report, level + 1);
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
                            anchor(id, i), html::text(part.subject.empty() ? part.command : part.subject),
                            html::badge(standing_of(part)),
                            html::text(verdict == nullptr ? opening_of(part) : verdict->title),
                            verdict == nullptr ? "" : fmt::format("<code>{}</code>", html::text(verdict->id)));
    }
    return fmt::format("<section class=\"card list\">\n{}<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                       "aria-label=\"Summary\"><table>\n<caption>{}</caption>\n<thead><tr>"
                       "<th scope=\"col\">Subject</th><th scope=\"col\">Verdict</th><th scope=\"col\">Says</th>"
                       "<th scope=\"col\">Finding</th></tr></thead>\n<tbody>\n{}</tbody></table></div></section>\n",
                       html::heading(level, "Summary"), html::text(tally_of(report)), rows);
}

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

std::string title_of(const Report& report)
{
    const Finding* own = story_of(report).verdict;
    const std::string_view word = word_of(standing_of(report));
    return fmt::format("{}{}{} · hpcdoc", word, word.empty() ? "" : ": ",
                       own == nullptr ? opening_of(report) : one_line(own->title));
}

} // namespace

std::string render_html(const Report& report)
{
    const std::string time = util::rfc3339(report.generated);
    const std::string shown = util::local_stamp(report.generated, std::chrono::seconds{0}) + " UTC";
    std::string page = fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        html::escape(title_of(report)), html::style_sheet());
    page += fmt::format("<header>\n<p class=\"brand\"><strong>hpcdoc</strong> <span>{} {}</span></p>\n"
                        "<p><time datetime=\"{}\">{}</time></p>\n</header>\n<main>\n",
                        html::text(report.command), html::text(report.subject), time, shown);
    page += tree(report, "r", 1);
    return page +
           fmt::format("</main>\n<footer><p>Made by hpcdoc {}. Commands here are for you to read and run; hpcdoc ran "
                       "none of them.</p></footer>\n</body>\n</html>\n",
                       html::text(version()));
}

} // namespace hpcdoc::report

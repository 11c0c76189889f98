// SPDX-License-Identifier: Apache-2.0
// report.html: all of a bundle in one page, for whoever opens the ticket.
#include "bundle/page.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "report/html_parts.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

namespace html = report::html;

struct Part {
    std::string_view id{}, title{};
    std::string inside{};
};

// One that is empty is left out, of the contents too.
std::vector<Part> parts_of(const Content& content)
{
    const Recording recording = recording_of(content.members);
    return {{"ticket", "The ticket", page::ticket(content)},
            {"diagnoses", "Diagnoses", page::diagnoses(content.report)},
            {"jobs", "Jobs", page::jobs(content)},
            {"usage", "Memory and CPU", page::usage(content, recording)},
            {"mounts", "File systems", page::mounts(content, recording)},
            {"lost", "Not seen", page::lost(content)},
            {"timeline", "Timeline of collecting", page::timeline(content.manifest)},
            {"members", "What was collected", page::members(content)},
            {"redactions", "What was removed", page::redactions(content.manifest)}};
}

std::string contents(const std::vector<Part>& parts)
{
    std::string links;
    for (const Part& part : parts) {
        if (!part.inside.empty()) {
            links += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", part.id, part.title);
        }
    }
    return fmt::format("<nav class=\"toc\" aria-label=\"Contents\">\n<ul>\n{}</ul>\n</nav>\n", links);
}

std::string opening(const archive::Manifest& manifest)
{
    const std::string jobs = jobs_text(manifest);
    std::string text = html::heading(1, (jobs.empty() ? "" : "J" + jobs.substr(1) + ": ") + who_text(manifest));
    text +=
        html::paragraph("headline", fmt::format("Collected {}, by hpcdoc {}", when_text(manifest), manifest.hpcdoc));
    if (!manifest.complete) {
        text += fmt::format("<p class=\"card warning incomplete\"><strong>Not complete:</strong> {}</p>\n",
                            html::text(manifest.incomplete.empty() ? "collecting ended early" : manifest.incomplete));
    }
    return text;
}

std::string title_of(const Content& content)
{
    const std::vector<Verdict> verdicts = verdicts_of(content.report);
    const std::string about = verdicts.empty() ? who_text(content.manifest) : verdicts.front().finding->title;
    const std::string jobs = jobs_text(content.manifest);
    return fmt::format("{}{}{} · hpcdoc bundle", jobs, jobs.empty() ? "" : ": ", about);
}

} // namespace

std::string page::section(std::string_view id, std::string_view title, const std::string& inside)
{
    return inside.empty() ? ""
                          : fmt::format("<section class=\"chapter\" id=\"{}\">\n{}{}</section>\n", id,
                                        html::heading(2, title), inside);
}

std::string page_of(const Content& content)
{
    const std::vector<Part> parts = parts_of(content);
    const auto started = content.manifest.started;
    std::string text = fmt::format("<header>\n<p class=\"brand\"><strong>hpcdoc</strong> <span>bundle {}</span></p>\n"
                                   "<p><time datetime=\"{}\">{} UTC</time></p>\n</header>\n<div class=\"frame\">\n",
                                   html::text(content.name), util::rfc3339(started),
                                   util::local_stamp(started, std::chrono::seconds{0}));
    text += contents(parts) + "<main>\n" + opening(content.manifest) + page::cause(content.report);
    for (const Part& part : parts) {
        text += page::section(part.id, part.title, part.inside);
    }
    text += fmt::format("</main>\n</div>\n<footer><p>Made by hpcdoc {}. Texts here were written by programs and people "
                        "and may lie; commands are for you to read and run, hpcdoc ran none of the advice. {}</p>"
                        "</footer>\n",
                        html::text(content.manifest.hpcdoc), html::text(audience_text(content.manifest)));
    return html::document(title_of(content), std::string(html::style_sheet()).append(page::style()), text);
}

} // namespace hpcdoc::bundle

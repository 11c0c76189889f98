// SPDX-License-Identifier: Apache-2.0
// The face for a browser: one file that loads nothing, runs nothing and trusts nothing.
#include "report/renderers.hpp"

#include <fmt/format.h>

#include "report/html_parts.hpp"
#include "report/view.hpp"
#include "util/units.hpp"

namespace hpcdoc::report {

namespace {

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
    std::string page = fmt::format("<header>\n<p class=\"brand\"><strong>hpcdoc</strong> <span>{} {}</span></p>\n"
                                   "<p><time datetime=\"{}\">{}</time></p>\n</header>\n<main>\n",
                                   html::text(report.command), html::text(report.subject), time, shown);
    page += html::tree(report, "r", 1);
    page += fmt::format("</main>\n<footer><p>Made by hpcdoc {}. Commands here are for you to read and run; hpcdoc ran "
                        "none of them.</p></footer>\n",
                        html::text(version()));
    return html::document(title_of(report), html::style_sheet(), page);
}

} // namespace hpcdoc::report

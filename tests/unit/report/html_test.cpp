// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>

#include "golden.hpp"
#include "samples.hpp"
#include "util/strings.hpp"

namespace html_test {

using namespace hpcdoc;

namespace {

std::string html_of(const Report& report)
{
    return render(report, Format::html, {});
}

std::size_t count(std::string_view text, std::string_view what)
{
    return util::split(text, what).size() - 1;
}

// Every "<name" of the text: hostile text must add none.
std::string names_of_elements(std::string_view html)
{
    std::string names;
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        const std::string_view name = html.substr(at + 1, html.find_first_of(" >\n", at) - at - 1);
        const std::string mark = " " + std::string(name) + " ";
        names += util::contains(names, mark) ? "" : mark;
    }
    return names;
}

} // namespace

TEST_CASE("html: golden files, less the style sheet")
{
    golden::check("error.html", golden::steady(html_of(samples::out_of_memory())));
    golden::check("several.html", golden::steady(html_of(samples::several())));
    golden::check("hostile.html", golden::steady(html_of(samples::hostile())));
}

TEST_CASE("html: one file that loads nothing and runs nothing")
{
    const std::string html = html_of(samples::several());
    CHECK(html.starts_with("<!doctype html>\n<html lang=\"en\">\n"));
    CHECK(util::contains(html, "<meta charset=\"utf-8\">"));
    CHECK(util::contains(html, "content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    CHECK(util::contains(html, "name=\"viewport\""));
    CHECK(util::contains(html, "name=\"color-scheme\" content=\"light dark\""));
    for (const std::string_view banned :
         {"<script", "<link", "<img", "<iframe", "<object", "<form", "@import", "url(", " src=", " on"}) {
        const std::string markup = html.substr(0, html.find("<style>")) + html.substr(html.find("</style>"));
        CAPTURE(banned);
        CHECK((banned == " on" || !util::contains(html, banned)));
        CHECK((banned != " on" || !util::contains(markup, " onload=")));
    }
}

TEST_CASE("html: hostile text adds no element, no attribute and no invisible character")
{
    const std::string hostile = html_of(samples::hostile());
    CHECK(names_of_elements(golden::steady(hostile)) != "");
    for (const std::string_view name : {"script", "/script", "img", "svg/onload=alert(1)"}) {
        CHECK_FALSE(util::contains(names_of_elements(hostile), " " + std::string(name) + " "));
    }
    CHECK_FALSE(util::contains(hostile, "href=\"javascript"));
    CHECK_FALSE(util::contains(hostile, "\"onmouseover"));
    CHECK(util::contains(hostile, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(util::contains(hostile, "\\u202egpj.exe"));
    CHECK(util::contains(hostile, "nul:\\x00:"));
}

TEST_CASE("html: elements are closed in pairs")
{
    for (const Report& report : {samples::several(), samples::hostile(), samples::list(), samples::unreachable()}) {
        const std::string html = html_of(report);
        for (const std::string_view name :
             {"section", "article", "details", "summary", "table", "tbody", "thead", "ol", "ul", "li",   "dl",
              "div",     "p",       "pre",     "code",    "span",  "svg",   "h1",    "h2", "h3", "main", "header"}) {
            const std::string open = "<" + std::string(name), close = "</" + std::string(name) + ">";
            CAPTURE(name);
            CHECK(count(html, open + ">") + count(html, open + " ") == count(html, close));
        }
        CHECK(count(html, "<h1") == 1);
    }
}

TEST_CASE("html: a verdict is told by a word and a shape, not by colour alone")
{
    const std::string html = html_of(samples::out_of_memory());
    CHECK(util::contains(html, "<span class=\"badge error\"><svg"));
    CHECK(util::contains(html, "</svg>ERROR</span>"));
}

TEST_CASE("html: a command is an element of its own, exact once unescaped")
{
    Report report = samples::out_of_memory();
    CHECK(util::contains(html_of(report),
                         "<pre class=\"command\"><code>rm -r -- &#39;/scratch/alice/run 12&#39;</code></pre>"));
    CHECK(util::contains(html_of(report), "user-select: all"));
}

} // namespace html_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>

#include "golden.hpp"
#include "report/links.hpp"
#include "report/markdown_escape.hpp"
#include "samples.hpp"
#include "util/strings.hpp"

namespace markdown_test {

using namespace hpcdoc;
using namespace hpcdoc::report;

TEST_CASE("markdown: golden files")
{
    golden::check("error.md", golden::steady(render(samples::out_of_memory(), Format::markdown, {})));
    golden::check("several.md", golden::steady(render(samples::several(), Format::markdown, {})));
    golden::check("hostile.md", golden::steady(render(samples::hostile(), Format::markdown, {})));
}

TEST_CASE("markdown: text that could be markup is text")
{
    CHECK(md::plain("a_b *c* `d` [e](f) <g> #h | i \\ ~j~") ==
          "a\\_b \\*c\\* \\`d\\` \\[e\\](f) \\<g\\> \\#h \\| i \\\\ \\~j\\~");
    CHECK(md::plain("![x](http://y)") == "\\!\\[x\\](http\\://y)");
    CHECK(md::plain("see www.x.org and WWW.x.org") == "see www\\.x.org and WWW\\.x.org");
    CHECK(md::plain("one\ntwo\r\nthree") == "one two  three");
    CHECK(md::plain("$HOME &amp;") == "\\$HOME \\&amp;");
}

TEST_CASE("markdown: ordinary text is left alone")
{
    CHECK(md::plain("Job 4242 ran out of memory: limit 3.9 GiB (sampled), 12 % used!") ==
          "Job 4242 ran out of memory: limit 3.9 GiB (sampled), 12 % used!");
    CHECK(md::plain("-1 is not a list; 3.9 neither") == "-1 is not a list; 3.9 neither");
}

TEST_CASE("markdown: nobody is called by a job name")
{
    CHECK(md::plain("@everyone") == "\\@\xe2\x80\x8b"
                                    "everyone");
    CHECK(md::plain("by (@root)") == "by (\\@\xe2\x80\x8broot)");
    CHECK(md::plain("a@b.org") == "a\\@b.org");
    CHECK(md::plain("#12 !34") == "\\#\xe2\x80\x8b"
                                  "12 !\xe2\x80\x8b"
                                  "34");
}

TEST_CASE("markdown: a paragraph cannot begin a list or a line")
{
    CHECK(md::plain("1. x") == "1\\. x");
    CHECK(md::plain("12) x") == "12\\) x");
    CHECK(md::plain("- x") == "\\- x");
    CHECK(md::plain("---") == "\\---");
    CHECK(md::plain("===") == "\\===");
    CHECK(md::cell("- | 1. x") == "- \\| 1. x");
}

TEST_CASE("markdown: a fence is longer than any run of backticks inside")
{
    CHECK(md::fence("a", "sh") == "```sh\na\n```\n");
    CHECK(md::fence("a\n```\nb", "text", "  ") == "  ````text\n  a\n  ```\n  b\n  ````\n");
    CHECK(md::fence("``````", "text") == "```````text\n``````\n```````\n");
    CHECK(md::code("a`b") == "``a`b``");
    CHECK(md::code("`a") == "`` `a ``");
    CHECK(md::code("plain") == "`plain`");
    CHECK(md::code("").empty());
}

TEST_CASE("links are only what cannot be anything else")
{
    CHECK(md::link("https://slurm.schedmd.com/sbatch.html#OPT_mem") ==
          "<https://slurm.schedmd.com/sbatch.html#OPT_mem>");
    CHECK(md::link("javascript:alert(1)") == "javascript:alert(1)");
    CHECK_FALSE(web_address("https://a/\"onmouseover=\"x"));
    CHECK_FALSE(web_address("https://a b"));
    CHECK_FALSE(web_address("https://"));
    CHECK_FALSE(web_address("ftp://a"));
    CHECK(mail_address("hpc-support@uni.example"));
    CHECK_FALSE(mail_address("a@b?subject=x"));
    CHECK_FALSE(mail_address("@b"));
    CHECK_FALSE(mail_address("a@b@c"));
}

TEST_CASE("what could not be looked at is said once in every format")
{
    Report named = samples::unreachable();
    named.headline = "Job 4244";
    for (const Report& report : {samples::unreachable(), named}) {
        for (const Format format : {Format::text, Format::markdown, Format::html}) {
            std::string text = render(report, format, {});
            if (format == Format::html) {
                text.erase(0, text.find("<body>")); // the page's title says it too
            }
            CAPTURE(to_string(format));
            CHECK(util::split(util::replace_all(text, "\n", " "), "no cause was found").size() == 2);
        }
    }
}

} // namespace markdown_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "app/help_text.hpp"
#include "app/hidden.hpp"
#include "app/markdown.hpp"
#include "app/roff.hpp"
#include "commands.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace markdown_test {

using namespace hpcdoc;
using namespace hpcdoc::app;
using Span = MarkdownSpan;

namespace {

Style plain(unsigned width = 80)
{
    Style style;
    style.width = width;
    return style;
}

} // namespace

TEST_CASE("help in Markdown becomes text for a terminal")
{
    const std::string text = markdown_text(
        "## Examples\n\nRun `it` on a\nline:\n\n    hpcdoc job explain 1\n\n    x\n- one\n- two **strong**\n", plain());
    CHECK(text == "Examples\nRun it on a line:\n\n    hpcdoc job explain 1\n\n    x\n\n- one\n- two strong\n");
}

TEST_CASE("text is wrapped to the width, and colour does not count")
{
    const std::string words = "one two three four five six seven eight nine ten `eleven` twelve";
    CHECK(markdown_text(words, plain(40)) == "one two three four five six seven eight\nnine ten eleven twelve\n");
    Style colored = plain(40);
    colored.color = true;
    CHECK(markdown_text(words, colored) ==
          "one two three four five six seven eight\nnine ten \033[36meleven\033[0m twelve\n");
}

TEST_CASE("spans are told from lone marks")
{
    CHECK(parse_spans("a `b` **c** *d*") == std::vector<Span>{{Span::Kind::plain, "a "},
                                                              {Span::Kind::code, "b"},
                                                              {Span::Kind::plain, " "},
                                                              {Span::Kind::strong, "c"},
                                                              {Span::Kind::plain, " "},
                                                              {Span::Kind::emphasis, "d"}});
    CHECK(parse_spans("2 * 3 * 4") == std::vector<Span>{{Span::Kind::plain, "2 * 3 * 4"}});
    CHECK(parse_spans("a `b") == std::vector<Span>{{Span::Kind::plain, "a `b"}});
    CHECK(parse_spans("\\*no\\*") == std::vector<Span>{{Span::Kind::plain, "*no*"}});
    CHECK(parse_spans("").empty());
}

TEST_CASE("tables and fences are blocks of their own")
{
    const auto blocks = parse_markdown("| a | b |\n|---|:-:|\n| x | y \\| z |\n\n```\n  code\n```\n");
    REQUIRE(blocks.size() == 2);
    CHECK(blocks[0].rows == std::vector<std::vector<std::string>>{{"a", "b"}, {"x", "y | z"}});
    CHECK(blocks[1].text == "  code\n");
    CHECK(parse_markdown("```\nnever closed").size() == 1);
    CHECK(parse_markdown("").empty());
}

TEST_CASE("a manual page hides what roff would obey")
{
    CHECK(roff_escape("a\\b -x 'q'") == "a\\eb \\-x \\(aqq\\(aq");
    Roff page("x", "1");
    page.code(".SH evil\n'br\nfine\n");
    const std::string text = std::move(page).text();
    CHECK(util::contains(text, "\n\\&.SH evil\n"));
    CHECK(util::contains(text, "\n\\(aqbr\n"));
    CHECK(util::contains(text, "\nfine\n"));
}

TEST_CASE("a command's manual page has its sections in the order of manuals")
{
    const auto page = man_page(test::toy_commands(), "job explain");
    REQUIRE(page);
    std::size_t at = 0;
    for (const char* part :
         {".TH \"HPCDOC\\-JOB\\-EXPLAIN\" 1", ".SH NAME", "hpcdoc\\-job\\-explain \\- say why", ".SH \"SYNOPSIS\"",
          ".SH \"EXAMPLES\"", ".SH \"DESCRIPTION\"", ".SH \"ARGUMENTS\"", ".SH \"OPTIONS\"", ".SH \"SEE ALSO\""}) {
        CAPTURE(part);
        const std::size_t next = page->find(part, at);
        CHECK(next != std::string::npos);
        at = next == std::string::npos ? at : next;
    }
    CHECK_FALSE(man_page(test::toy_commands(), "nonsense"));
}

TEST_CASE("a page from a Markdown file takes name and section from the file's name")
{
    const test::TempDir dir;
    const auto file = dir.write("hpcdoc.toml.5.md",
                                "# hpcdoc.toml - settings\n\n## Description\n\nText.\n\n@options@\n\n@commands@\n");
    const auto page = page_from_markdown(test::toy_commands(), file);
    REQUIRE(page);
    CHECK(util::contains(*page, ".TH \"HPCDOC.TOML\" 5"));
    CHECK(util::contains(*page, "hpcdoc.toml \\- settings"));
    CHECK(util::contains(*page, "\\-\\-format"));
    CHECK(util::contains(*page, "hpcdoc job list"));
    CHECK_FALSE(page_from_markdown(test::toy_commands(), dir.write("readme.md", "x")));
    CHECK_FALSE(page_from_markdown(test::toy_commands(), dir.path() / "missing.5.md"));
}

TEST_CASE("the overview groups commands by audience")
{
    const std::string text = overview(test::toy_commands(), plain());
    CHECK(text.find("For everyone") < text.find("job explain"));
    CHECK(text.find("For administrators") < text.find("job list"));
    CHECK_FALSE(util::contains(text, "For support staff"));
    CHECK_FALSE(util::contains(text, "\033"));
}

TEST_CASE("help of a command shows examples before options")
{
    const std::string text = command_help(test::toy_commands(), *find_command(test::toy_commands(), "job explain"), plain());
    CHECK(text.starts_with("hpcdoc job explain: Say why\n\nUsage: hpcdoc job explain [OPTION...] [ID...]\n"));
    CHECK(text.find("Examples") < text.find("--cluster NAME"));
    CHECK(text.find("--cluster NAME") < text.find("--format"));
    CHECK(util::contains(text, "How far back [7]"));
}

} // namespace markdown_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "util/strings.hpp"
#include "util/table.hpp"

namespace table_test {

using namespace hpcdoc::util;

TEST_CASE("a table aligns text left and numbers right")
{
    TextTable table;
    table.header({"JOB", "CPU", "STATE"});
    table.row({"4242_7", "8", "FAILED"});
    table.row({"1", "128", ""});
    table.row({"2"});
    CHECK(table.render(80, true) == "JOB     CPU  STATE\n"
                                    "4242_7    8  FAILED\n"
                                    "1       128\n"
                                    "2\n");
}

TEST_CASE("a table too wide shortens its widest cells first")
{
    TextTable table;
    table.header({"ID", "NAME"});
    table.row({"x1", "a very long job name"});
    CHECK(table.render(14, true) == "ID  NAME\nx1  a very lo…\n");
    CHECK(table.render(14, false) == "ID  NAME\nx1  a very ...\n");
}

TEST_CASE("no line is ever wider than asked, even of many columns")
{
    TextTable table;
    table.row(std::vector<std::string>(30, "漢字"));
    const std::string text = table.render(40, true);
    for (const std::string_view line : lines(text)) {
        CHECK(display_width(line) <= 40);
    }
}

TEST_CASE("a cell cannot break out of its line or steer the terminal")
{
    TextTable table;
    table.row({"a\nb", "\x1b[2J", "c\td"});
    CHECK(table.render(80, true) == "a\\x0ab  \\x1b[2J  c d\n");
}

TEST_CASE("an empty table is empty")
{
    CHECK(TextTable{}.render(80, true) == "");
}

} // namespace table_test

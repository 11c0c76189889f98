// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "scan/lines.hpp"

namespace lines_test {

using namespace hpcdoc::scan;

namespace {

std::string shown(std::string_view text)
{
    const Lines lines(text);
    std::string out;
    for (const Line& line : lines.lines()) {
        out += std::to_string(line.number) + "[" + std::string(line.text) + "]";
    }
    return out;
}

} // namespace

TEST_CASE("LF, CRLF and a lone CR end lines; numbers count LF only")
{
    CHECK(shown("a\nb\n") == "1[a]2[b]");
    CHECK(shown("a\r\nb") == "1[a]2[b]");
    CHECK(shown(" 10%\r 20%\rError\nnext") == "1[ 10%]1[ 20%]1[Error]2[next]");
    CHECK(shown("") == "");
    CHECK(shown("\n\nx") == "1[]2[]3[x]");
    CHECK(shown("a\r\r\nb") == "1[a]1[]2[b]");
}

TEST_CASE("escape sequences are taken out, what they coloured stays")
{
    CHECK(shown("\x1b[31mError\x1b[0m: no\nplain") == "1[Error: no]2[plain]");
    CHECK(shown("50%\r\x1b[2Kdone\n") == "1[50%]1[done]");
}

TEST_CASE("a place is found back in its line")
{
    const Lines lines("ab\ncd\r\nef");
    CHECK(lines.index_at(0) == 0);
    CHECK(lines.index_at(2) == 0);
    CHECK(lines.index_at(3) == 1);
    CHECK(lines.index_at(7) == 2);
    CHECK(lines.offset(2) == 7);
}

} // namespace lines_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include "scan/pattern.hpp"

namespace pattern_test {

using namespace hpcdoc::scan;

TEST_CASE("named groups are captured, those that took no part are left out")
{
    const Pattern pattern("(?P<what>cat|dog)(?: (?P<name>[a-z]+))?!(x)?");
    const std::string text = "a dog rex!";
    const auto match = pattern.find(text);
    REQUIRE(match);
    CHECK(match->begin == 2);
    CHECK(match->end == 10);
    REQUIRE(match->captures.size() == 2);
    CHECK(match->captures[0].name == "what");
    CHECK(match->captures[0].text == "dog");
    CHECK(match->captures[1].text == "rex");
    const auto bare = pattern.find("cat!");
    REQUIRE(bare);
    CHECK(bare->captures.size() == 1);
}

TEST_CASE("a search that starts later still sees what stands before")
{
    const Pattern anchored("^word");
    CHECK(anchored.find("word word"));
    CHECK_FALSE(anchored.find("word word", 5));
    const Pattern bounded("\\bkey");
    CHECK_FALSE(bounded.find("monkey", 3));
    CHECK(bounded.find("a key", 1));
    CHECK_FALSE(Pattern("end$").find("the end of", 0, 7));
}

TEST_CASE("a wrong expression says so and matches nothing")
{
    const Pattern wrong("(unclosed");
    CHECK(wrong.mistake());
    CHECK_FALSE(wrong.find("(unclosed"));
    CHECK_FALSE(wrong.matches("unclosed"));
    CHECK_FALSE(Pattern("good").mistake());
    CHECK(Pattern("()()()()()()()()()()()()()()()()").mistake() == "more than 15 groups");
}

TEST_CASE("bytes that are no UTF-8 are matched")
{
    const std::string text = "caf\xe9 error \xff";
    CHECK(Pattern("caf. error").matches(text));
    CHECK(Pattern("error [^a]").matches(text));
}

TEST_CASE("what a pattern asks again and again ends")
{
    const std::string text(200'000, 'a');
    CHECK_FALSE(Pattern("(a*)*b").matches(text));
    CHECK_FALSE(Pattern("(a|aa)+$x").matches(text));
}

} // namespace pattern_test

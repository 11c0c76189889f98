// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scan/literals.hpp"

namespace literals_test {

using namespace hpcdoc::scan;

namespace {

std::vector<std::string> found(const Literals& literals, std::string_view text)
{
    std::vector<std::string> hits;
    literals.find(text, [&hits](Literals::Hit hit) { hits.push_back(std::to_string(hit.position) + ":" + std::to_string(hit.word)); });
    return hits;
}

using Hits = std::vector<std::string>;

} // namespace

TEST_CASE("every place of every word is found, in order")
{
    const Literals words({"error", "errors", "rror: cannot", "CUDA"});
    CHECK(found(words, "error CUDA errors") == Hits{"0:0", "6:3", "11:0", "11:1"});
    CHECK(found(words, "xerror: cannot") == Hits{"1:0", "2:2"});
}

TEST_CASE("a word that is cut off by the end of the text is not found")
{
    const Literals words({"error", "segmentation fault"});
    CHECK(found(words, "erro").empty());
    CHECK(found(words, "segmentation faul").empty());
    CHECK(found(words, "segmentation fault") == Hits{"0:1"});
    CHECK(found(words, "").empty());
}

TEST_CASE("words of one to three bytes are found, empty ones never")
{
    const Literals words({"", "a", "GPU", "oom-"});
    CHECK(found(words, "GPU a oom-") == Hits{"0:2", "4:1", "6:3"});
    CHECK(found(words, "GP") == Hits{});
}

TEST_CASE("letters of either case match only when asked")
{
    CHECK(found(Literals({"Authorization:"}), "AUTHORIZATION: x").empty());
    CHECK(found(Literals({"Authorization:"}, Case::ignored), "AUTHORIZATION: x") == Hits{"0:0"});
    CHECK(found(Literals({"@bcd"}, Case::ignored), "`bcd @BCD") == Hits{"5:0"});
    CHECK(found(Literals({"{SSHA}"}, Case::ignored), "[ssha] {ssha}") == Hits{"7:0"});
    CHECK(found(Literals({"Key"}, Case::ignored), "kEY") == Hits{"0:0"});
}

TEST_CASE("bytes that are no text are found like any others")
{
    const std::string text("\0\xff\xfe\x80word\0", 9);
    CHECK(found(Literals({std::string("\xff\xfe\x80w"), "word"}), text) == Hits{"1:0", "4:1"});
}

TEST_CASE("overlapping places of one word are all told")
{
    CHECK(found(Literals({"aaaa"}), "aaaaaa") == Hits{"0:0", "1:0", "2:0"});
}

} // namespace literals_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <random>

#include "scan/gram_finder.hpp"

namespace gram_finder_test {

using hpcdoc::scan::GramFinder;

namespace {

GramFinder::Hits found(const GramFinder& finder, std::string_view text)
{
    GramFinder::Hits hits;
    finder.find(text, hits);
    return hits;
}

GramFinder::Hits found_plainly(const GramFinder& finder, std::string_view text)
{
    GramFinder::Hits hits;
    finder.find_plainly(text, hits);
    return hits;
}

} // namespace

TEST_CASE("a word is found wherever it stands")
{
    const GramFinder finder({"Killed", "error", "CUDA error: out of memory", "slurmstepd"});
    for (std::size_t before = 0; before < 70; ++before) {
        for (std::uint32_t word = 0; word < 4; ++word) {
            const std::string text = std::string(before, 'x') + finder.words()[word] + std::string(before % 7, 'y');
            CHECK(found(finder, text) == found_plainly(finder, text));
            CHECK(found(finder, text).size() == (word == 2 ? 2U : 1U)); // "error" stands in the third
        }
    }
}

TEST_CASE("short words are not found, letters keep their case, an empty list finds nothing")
{
    CHECK(found(GramFinder({"abcd", ""}), "abcd abcd").empty());
    CHECK(found(GramFinder({"Error"}), "error ERROR").empty());
    CHECK(found(GramFinder(), "anything").empty());
    CHECK(found(GramFinder({"Error"}), "").empty());
}

TEST_CASE("whatever the text, the fast search finds what the plain one does")
{
    std::mt19937 random(7); // always the same
    std::vector<std::string> words;
    for (int count = 0; count < 60; ++count) {
        std::string word;
        for (std::size_t size = 5 + random() % 12; word.size() < size;) {
            word += static_cast<char>("abcdE \xe2\x98"[random() % 8]);
        }
        words.push_back(word);
    }
    std::string sample;
    for (int round = 0; round < 300; ++round) {
        std::string text;
        while (text.size() < random() % 300) {
            text += random() % 3 == 0 ? words[random() % words.size()].substr(random() % 3) : std::string(1, static_cast<char>("abcdE\n"[random() % 6]));
        }
        sample += round % 2 == 0 ? text : "";
        const GramFinder finder(words, sample); // the sample decides the speed alone
        CHECK(found(finder, text) == found_plainly(finder, text));
    }
}

} // namespace gram_finder_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "scan/word_finder.hpp"
#include "util/strings.hpp"

namespace word_finder_test {

using namespace hpcdoc;
using scan::WordFinder;

namespace {

WordFinder::Hits naive(const std::vector<std::string>& words, std::string_view text)
{
    WordFinder::Hits hits;
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (std::uint32_t word = 0; word < words.size(); ++word) {
            if (!words[word].empty() && util::equal_ignoring_case(text.substr(at, words[word].size()), words[word])) {
                hits.push_back({at, word});
            }
        }
    }
    return hits;
}

WordFinder::Hits sorted(WordFinder::Hits hits)
{
    std::sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
        return std::pair(a.position, a.word) < std::pair(b.position, b.word);
    });
    return hits;
}

bool in_order(const WordFinder::Hits& hits)
{
    return std::is_sorted(hits.begin(), hits.end(),
                          [](const auto& a, const auto& b) { return a.position < b.position; });
}

} // namespace

TEST_CASE("words are found in any case, where they are and nowhere else")
{
    const WordFinder finder({"token", "ghp_", "://", "PRIVATE KEY", "key"});
    WordFinder::Hits hits;
    finder.find("my Token: http://x/ GHP_ and -----BEGIN private key-----", hits);
    CHECK(hits == WordFinder::Hits{{3, 0}, {14, 2}, {20, 1}, {40, 3}, {48, 4}});
    hits.clear();
    finder.find("", hits);
    finder.find("to", hits);
    finder.find("`hp_ tok en :/ /", hits);
    CHECK(hits.empty());
    WordFinder().find("anything", hits);
    CHECK(hits.empty());
}

TEST_CASE("what is found is what a search word by word finds, with and without vector instructions")
{
    std::mt19937 random(20261125);
    for (int round = 0; round < 300; ++round) {
        const std::string alphabet =
            round % 2 == 0 ? "abAB_-:"
                           : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@`[{ \n\xe9";
        const auto pick = [&](std::size_t least, std::size_t most) {
            std::string made;
            const std::size_t size = least + random() % (most - least + 1);
            while (made.size() < size) {
                made += alphabet[random() % alphabet.size()];
            }
            return made;
        };
        std::vector<std::string> words;
        for (std::size_t count = random() % 60; words.size() < count;) {
            words.push_back(pick(round % 5 == 0 ? 0 : 3, 9));
        }
        std::string text = pick(0, 300);
        for (int planted = 0; planted < 10 && !words.empty(); ++planted) {
            text.insert(random() % (text.size() + 1), words[random() % words.size()]);
        }
        const WordFinder finder(words);
        WordFinder::Hits wide, plain;
        finder.find(text, wide);
        finder.find_plainly(text, plain);
        const WordFinder::Hits expected = sorted(naive(words, text));
        CAPTURE(text);
        CHECK(in_order(wide));
        CHECK(sorted(wide) == expected);
        CHECK(sorted(plain) == expected);
    }
}

} // namespace word_finder_test

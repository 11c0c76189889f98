// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "logs/source.hpp"

namespace feed_test {

using namespace hpcdoc;
using namespace hpcdoc::logs;

namespace {

constexpr std::uint64_t k_all = std::numeric_limits<std::uint64_t>::max();

std::string lines_of(std::size_t count, std::size_t width)
{
    std::string text;
    for (std::size_t line = 0; line < count; ++line) {
        text += std::to_string(line) + std::string(width, 'x') + "\n";
    }
    return text;
}

// What a part of the text gives, all blocks together.
std::string part(const std::string& text, std::uint64_t begin, std::uint64_t end)
{
    const std::uint64_t offset = begin - std::min<std::uint64_t>(begin, Feed::k_margin);
    const std::unique_ptr<Source> source = from_text(text.substr(offset));
    Feed feed(*source, offset, begin, end);
    std::string got;
    while (true) {
        const Result<std::optional<Block>> block = feed.next();
        REQUIRE(block);
        if (!*block) {
            return got;
        }
        REQUIRE((*block)->begin <= (*block)->end);
        REQUIRE((*block)->end <= (*block)->text.size());
        got += (*block)->text.substr((*block)->begin, (*block)->end - (*block)->begin);
    }
}

} // namespace

TEST_CASE("every byte comes once, in whole lines")
{
    for (const std::size_t size : {0U, 1U, 100U, 5000U, 40'000U}) {
        const std::string text = lines_of(size, 40);
        CHECK(part(text, 0, k_all) == text);
    }
    const std::string open = lines_of(10'000, 60) + "no end of line";
    CHECK(part(open, 0, k_all) == open);
}

TEST_CASE("parts of a file are put together without a gap or a line twice")
{
    const std::string text = lines_of(30'000, 37);
    for (const std::uint64_t cut : {1ULL, 39ULL, 40ULL, 299'999ULL, 300'000ULL, 300'007ULL}) {
        CHECK(part(text, 0, cut) + part(text, cut, k_all) == text);
        CHECK(part(text, 0, cut) + part(text, cut, cut + 200'000) + part(text, cut + 200'000, k_all) == text);
    }
}

TEST_CASE("a line longer than a block is given in pieces")
{
    const std::string text = "short\n" + std::string(3'000'000, 'z') + "\nlast\n";
    CHECK(part(text, 0, k_all) == text);
}

} // namespace feed_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "logs/source.hpp"
#include "logs/utf16.hpp"

namespace utf16_test {

using namespace hpcdoc::logs;
using namespace std::string_literals;

namespace {

std::string all_of(Source& source, std::size_t piece)
{
    std::string text;
    std::string buffer(piece, '\0');
    while (true) {
        const auto got = source.read(buffer.data(), piece);
        REQUIRE(got);
        if (*got == 0) {
            return text;
        }
        text += buffer.substr(0, *got);
    }
}

} // namespace

TEST_CASE("UTF-16 is known by its mark or by its zeros, and read as UTF-8")
{
    const std::string little = "\xff\xfe"s + "E\0r\0r\0o\0r\0:\0 \0"s + "\xac\x20"s + "\x3d\xd8\x80\xde"s + "\n\0"s;
    CHECK(utf16_of(little) == ByteOrder::little);
    for (const std::size_t piece : {1U, 3U, 1000U}) {
        CHECK(all_of(*from_utf16(from_text(little), ByteOrder::little), piece) == "Error: \xe2\x82\xac\xf0\x9f\x9a\x80\n");
    }
    CHECK(utf16_of("\0n\0o\0 \0m\0a\0r\0k\0!"s) == ByteOrder::big);
    CHECK(all_of(*from_utf16(from_text("\0o\0k\xd8\x3d"s), ByteOrder::big), 10) == "ok"); // half a pair at the end
    CHECK_FALSE(utf16_of("plain text, plain text, plain text"));
    CHECK_FALSE(utf16_of("a"));
    CHECK_FALSE(utf16_of(std::string(600, '\0')));
}

} // namespace utf16_test

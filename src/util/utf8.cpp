// SPDX-License-Identifier: Apache-2.0
#include "util/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "util/strings.hpp"
#include "util/width_tables.hpp"

namespace hpcdoc::util {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at)
{
    return at < text.size() ? static_cast<unsigned char>(text[at]) : '\0';
}

// The bounds of the second byte rule out overlong forms, surrogates and what lies beyond U+10FFFF
// (Unicode 15, table 3-7).
struct Lead {
    std::size_t length = 0;
    unsigned char second_low = 0x80, second_high = 0xbf;
    unsigned bits = 0;
};

Lead lead_of(unsigned char byte)
{
    if (byte >= 0xc2 && byte <= 0xdf) {
        return {2, 0x80, 0xbf, byte & 0x1fu};
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return {3, static_cast<unsigned char>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<unsigned char>(byte == 0xed ? 0x9f : 0xbf), byte & 0x0fu};
    }
    if (byte >= 0xf0 && byte <= 0xf4) {
        return {4, static_cast<unsigned char>(byte == 0xf0 ? 0x90 : 0x80),
                static_cast<unsigned char>(byte == 0xf4 ? 0x8f : 0xbf), byte & 0x07u};
    }
    return {};
}

bool in_table(std::span<const CodeRange> table, char32_t code)
{
    const auto after = std::upper_bound(table.begin(), table.end(), code,
                                        [](char32_t value, const CodeRange& range) { return value < range.first; });
    return after != table.begin() && code <= std::prev(after)->last;
}

} // namespace

CodePoint decode_utf8(std::string_view text)
{
    const unsigned char first = byte_at(text, 0);
    if (first < 0x80) {
        return {first, 1, true};
    }
    const Lead lead = lead_of(first);
    if (lead.length == 0) {
        return {0xfffd, 1, false};
    }
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char low = i == 1 ? lead.second_low : 0x80;
        const unsigned char high = i == 1 ? lead.second_high : 0xbf;
        const unsigned char byte = byte_at(text, i);
        if (byte < low || byte > high) {
            return {0xfffd, i, false};
        }
        value = (value << 6) | (byte & 0x3fu);
    }
    return {value, lead.length, true};
}

std::size_t columns(char32_t code)
{
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
        return 0;
    }
    if (code < 0x300) {
        return 1;
    }
    if (in_table(k_zero_width, code)) {
        return 0;
    }
    return in_table(k_wide, code) ? 2 : 1;
}

bool valid_utf8(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint code = decode_utf8(text);
        if (!code.valid) {
            return false;
        }
        text.remove_prefix(code.length);
    }
    return true;
}

std::size_t display_width(std::string_view utf8)
{
    std::size_t width = 0;
    while (!utf8.empty()) {
        const CodePoint code = decode_utf8(utf8);
        width += columns(code.value);
        utf8.remove_prefix(code.length);
    }
    return width;
}

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
// Words: quoting, nearness, base64.
#include "util/strings.hpp"

#include <algorithm>

namespace hpcdoc::util {

std::string shell_quote(std::string_view word)
{
    constexpr std::string_view k_plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%_-+=:,./";
    // zsh expands a leading "=" to the path of a program.
    if (!word.empty() && word.find_first_not_of(k_plain) == std::string_view::npos && word.front() != '=') {
        return std::string(word);
    }
    return "'" + replace_all(std::string(word), "'", "'\\''") + "'";
}

std::size_t edit_distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
    const std::string typed = to_lower(word);
    const std::size_t allowed = std::max<std::size_t>(1, typed.size() / 3);
    const std::string* best = nullptr;
    std::size_t best_distance = allowed + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), typed.size());
        const std::size_t shorter = std::min(candidate.size(), typed.size());
        if (shorter == 0 || longer - shorter > allowed) {
            continue;
        }
        const std::size_t distance = edit_distance(typed, to_lower(candidate));
        if (distance < best_distance && distance < shorter) { // nothing left in common is no slip
            best = &candidate;
            best_distance = distance;
        }
    }
    return best == nullptr ? std::nullopt : std::optional<std::string>(*best);
}

namespace {

constexpr std::string_view k_base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t group_of(std::string_view bytes)
{
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        group = (group << 8) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
    }
    return group;
}

} // namespace

std::string base64_encode(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
        const std::uint32_t group = group_of(bytes);
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= bytes.size() ? k_base64[(group >> (18 - 6 * i)) & 0x3f] : '=';
        }
    }
    return text;
}

std::optional<std::string> base64_decode(std::string_view text)
{
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with('=') ? 1 : 0);
    text.remove_suffix(padding);
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::size_t digit = k_base64.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>((bits >> held) & 0xff);
            bits &= (1u << held) - 1;
        }
    }
    return bits == 0 ? std::optional(bytes) : std::nullopt; // bits left over: not what an encoder writes
}

} // namespace hpcdoc::util

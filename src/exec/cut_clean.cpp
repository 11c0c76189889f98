// SPDX-License-Identifier: Apache-2.0
#include "exec/cut_clean.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hpcdoc {

namespace {

constexpr std::string_view k_mark = "[REDACTED";
constexpr std::size_t k_longest_mark = 128;

// The mark that a cut at `at` would divide: from its bracket to behind the other; nothing: both `at`.
std::pair<std::size_t, std::size_t> divided_mark(std::string_view text, std::size_t at)
{
    const std::size_t from = at - std::min(at, k_longest_mark);
    const std::size_t open = text.substr(from, at - from + k_mark.size() - 1).rfind(k_mark);
    const std::size_t begin = open == std::string_view::npos ? at : from + open;
    const std::size_t end =
        begin >= at ? std::string_view::npos : text.substr(0, begin + k_longest_mark).find(']', begin);
    return end == std::string_view::npos || end < at ? std::pair(at, at) : std::pair(begin, end + 1);
}

} // namespace

std::string within_cap(std::string clean, std::size_t read, std::size_t cap)
{
    const std::size_t over = clean.size() - std::min(clean.size(), cap); // marks may be longer than secrets
    return read <= cap ? clean : without_end(std::move(clean), std::max(read - cap, over));
}

std::string without_end(std::string clean, std::size_t surplus)
{
    if (surplus > 0) {
        clean.resize(divided_mark(clean, clean.size() - std::min(clean.size(), surplus)).first);
    }
    return clean;
}

std::string without_beginning(std::string clean, std::size_t surplus)
{
    if (surplus == 0) {
        return clean;
    }
    constexpr std::size_t k_near = 4096;
    std::size_t begin = divided_mark(clean, std::min(clean.size(), surplus)).second;
    const std::size_t line = std::string_view(clean).substr(0, begin + k_near).find('\n', begin == 0 ? 0 : begin - 1);
    begin = line == std::string_view::npos ? begin : line + 1;
    clean.erase(0, begin);
    return clean;
}

} // namespace hpcdoc

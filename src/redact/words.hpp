// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace hpcdoc::redact {

template<std::size_t count> bool is_in(const std::array<std::string_view, count>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// No word goes on from before `position`. Letters before it are none of its own when they end an escape: "\n" and
// "\u0022" of JSON, "%3D" of a URL, colours.
bool starts_word(std::string_view text, std::size_t position);
bool ends_word(std::string_view text, std::size_t position);

} // namespace hpcdoc::redact

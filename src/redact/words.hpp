// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace hpcdoc::redact {

bool word_char(char c); // a letter, a digit or '_'

// No word goes on from before `position`. Letters before it are none of its own when they end an escape: "\n" and
// "\u0022" of JSON, "%3D" of a URL, colours.
bool starts_word(std::string_view text, std::size_t position);
bool ends_word(std::string_view text, std::size_t position);

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// Classes of ASCII characters, whatever the locale: those of <cctype> ask it, and misbehave on negative chars.
#pragma once

namespace hpcdoc::util {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_word_char(char c) { return is_letter(c) || is_digit(c) || c == '_'; } // as \w of an expression
constexpr char lower_char(char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; }

} // namespace hpcdoc::util

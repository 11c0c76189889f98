// SPDX-License-Identifier: Apache-2.0
// Text, without any knowledge of hpcdoc.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::util {

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator); // "a,,b" has three parts; "" has one
std::vector<std::string_view> split(std::string_view text, std::string_view separator);
std::vector<std::string_view> lines(std::string_view text); // without "\n" or "\r\n"; no empty last line
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view what, std::string_view with);
std::string to_lower(std::string_view text);                      // ASCII only
bool equal_ignoring_case(std::string_view a, std::string_view b); // ASCII only
bool contains(std::string_view text, std::string_view part);

// A whole non-negative decimal number, nothing around it. Nothing on overflow.
std::optional<std::uint64_t> parse_unsigned(std::string_view text);
std::optional<std::int64_t> parse_signed(std::string_view text);
std::optional<double> parse_real(std::string_view text);

bool valid_utf8(std::string_view text);
// Safe to show: invalid UTF-8 becomes U+FFFD; control characters (ESC, C1, bidi overrides too) become visible "\x1b"
// escapes; "\t" and, if `keep_newlines`, "\n" stay.
std::string printable(std::string_view text, bool keep_newlines = false);
// Without ANSI/VT escape sequences; an overwritten progress bar ("\r") keeps what was shown last.
std::string strip_ansi(std::string_view text);
// Columns on a terminal: wide East Asian characters and emoji two, combining none.
std::size_t display_width(std::string_view utf8);
// Cut to `width` columns with "…" (or "..." when not `unicode`).
std::string shorten(std::string_view utf8, std::size_t width, bool unicode = true);
// Paragraph wrapped to `width` columns (a line break in it counts as a blank); a word longer than that stays whole.
// `indent` before each line but the first.
std::string wrap(std::string_view text, std::size_t width, std::string_view indent = "");
// A word as a POSIX shell needs it: quoted only if it must be.
std::string shell_quote(std::string_view word);

std::size_t edit_distance(std::string_view a, std::string_view b); // Damerau-Levenshtein, optimal string alignment
// The candidate nearest to `word`, if near enough to be a slip of the finger.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

std::string base64_encode(std::string_view bytes);
std::optional<std::string> base64_decode(std::string_view text);

} // namespace hpcdoc::util

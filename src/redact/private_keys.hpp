// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "redact/span.hpp"

namespace hpcdoc::redact {

// A text without any of these words (in any case) has no private key.
inline constexpr std::array<std::string_view, 2> k_private_key_words{"PRIVATE KEY", "PuTTY-User-Key-File-"};

// -----BEGIN … PRIVATE KEY----- to its END, whatever stands for line ends in between. What was cut off counts too: a
// key without END goes on for 256 KiB, one without BEGIN back over the lines that are key material.
void find_private_keys(std::string_view text, Spans& spans);

// Of a text that goes on: up to where what follows cannot make a private key of it, `end` at most. The second: of one
// that has none of the words above.
std::size_t end_without_key(std::string_view text, std::size_t end);
std::size_t end_without_key_body(std::string_view text, std::size_t end);

} // namespace hpcdoc::redact

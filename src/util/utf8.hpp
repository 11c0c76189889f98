// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hpcdoc::util {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0; // bytes taken; of a wrong sequence: its longest good beginning, at least one
    bool valid = false;
};

// The first code point of a text that is not empty. Strict: no surrogates, no overlong forms.
CodePoint decode_utf8(std::string_view text);
// Columns on a terminal: 0, 1 or 2. Control characters none.
std::size_t columns(char32_t code);

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
#include "redact/words.hpp"

#include <algorithm>

#include "util/ascii.hpp"

namespace hpcdoc::redact {

bool starts_word(std::string_view text, std::size_t position)
{
    if (position == 0 || !util::is_word_char(text[position - 1])) {
        return true;
    }
    const std::size_t near = std::min<std::size_t>(position, 8);
    const std::string_view before = text.substr(position - near, near);
    const auto from_end = [before](std::size_t count) {
        return before.size() < count ? '\0' : before[before.size() - count];
    };
    const char last = from_end(1);
    return (from_end(2) == '\\' && std::string_view("nrtbf").find(last) != std::string_view::npos) ||
           from_end(3) == '%' || (from_end(6) == '\\' && from_end(5) == 'u') ||
           (last == 'm' && before.find("\x1b[") != std::string_view::npos);
}

bool ends_word(std::string_view text, std::size_t position)
{
    return position >= text.size() || !util::is_word_char(text[position]);
}

} // namespace hpcdoc::redact

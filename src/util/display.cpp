// SPDX-License-Identifier: Apache-2.0
// What is safe and fits on a terminal.
#include "util/strings.hpp"

#include <fmt/format.h>

#include "util/utf8.hpp"

namespace hpcdoc::util {

namespace {

constexpr char k_escape = '\x1b';

// Characters that reorder, hide or break what stands around them; joiners stay, emoji and scripts need them.
bool deceives(char32_t code)
{
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff || (code >= 0xe0000 && code <= 0xe007f);
}

bool control(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

void append_escaped(std::string& text, char32_t code)
{
    const auto value = static_cast<unsigned>(code);
    text += value < 0x100 ? fmt::format("\\x{:02x}", value)
                          : (value < 0x10000 ? fmt::format("\\u{:04x}", value) : fmt::format("\\U{:08x}", value));
}

// The length of a control string (OSC, DCS …): up to BEL or ST, and never beyond the line, for one may be cut.
std::size_t control_string(std::string_view text, std::size_t from)
{
    for (std::size_t i = from; i < text.size(); ++i) {
        if (text[i] == '\a') {
            return i + 1;
        }
        if (text[i] == k_escape) {
            return i + 1 < text.size() && text[i + 1] == '\\' ? i + 2 : i;
        }
        if (text[i] == '\n') {
            return i;
        }
    }
    return text.size();
}

// ECMA-48 5.4: parameters 0x30-0x3f, intermediates 0x20-0x2f, one final 0x40-0x7e.
std::size_t control_sequence(std::string_view text, std::size_t from)
{
    std::size_t i = from;
    while (i < text.size() && text[i] >= 0x20 && text[i] <= 0x3f) {
        ++i;
    }
    return i < text.size() && text[i] >= 0x40 && text[i] <= 0x7e ? i + 1 : i;
}

// The length of the escape sequence that `text` starts with; 0: none.
std::size_t escape_length(std::string_view text)
{
    if (text.starts_with("\xc2\x9b")) { // CSI as one C1 character
        return control_sequence(text, 2);
    }
    if (text.front() != k_escape) {
        return 0;
    }
    if (text.size() == 1) {
        return 1;
    }
    switch (text[1]) {
    case '[':
        return control_sequence(text, 2);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        return control_string(text, 2);
    default:
        break;
    }
    std::size_t i = 1;
    while (i < text.size() && text[i] >= 0x20 && text[i] <= 0x2f) {
        ++i;
    }
    return i < text.size() && text[i] >= 0x30 && text[i] <= 0x7e ? i + 1 : i;
}

std::string without_escapes(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = std::min(text.find(k_escape), text.find("\xc2\x9b"));
        result += text.substr(0, plain);
        text.remove_prefix(std::min(plain, text.size()));
        if (!text.empty()) {
            text.remove_prefix(escape_length(text));
        }
    }
    return result;
}

std::string_view last_shown(std::string_view line)
{
    while (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    const std::size_t at = line.rfind('\r');
    return at == std::string_view::npos ? line : line.substr(at + 1);
}

// The longest beginning of `text` that fits, combining characters with their base.
std::string_view fitting(std::string_view text, std::size_t width)
{
    std::size_t at = 0, used = 0;
    while (at < text.size()) {
        const CodePoint code = decode_utf8(text.substr(at));
        if (used + columns(code.value) > width) {
            break;
        }
        used += columns(code.value);
        at += code.length;
    }
    return text.substr(0, at);
}

} // namespace

std::string printable(std::string_view text, bool keep_newlines)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const CodePoint code = decode_utf8(text);
        if (!code.valid) {
            result += "\xef\xbf\xbd";
        } else if (code.value == '\t' || (code.value == '\n' && keep_newlines)) {
            result += static_cast<char>(code.value);
        } else if (control(code.value) || deceives(code.value)) {
            append_escaped(result, code.value);
        } else {
            result += text.substr(0, code.length);
        }
        text.remove_prefix(code.length);
    }
    return result;
}

std::string strip_ansi(std::string_view text)
{
    const std::string plain = without_escapes(text);
    if (plain.find('\r') == std::string::npos) {
        return plain;
    }
    std::string result;
    result.reserve(plain.size());
    const std::vector<std::string_view> parts = split(plain, '\n');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        result += last_shown(parts[i]);
        if (i + 1 < parts.size()) {
            result += '\n';
        }
    }
    return result;
}

std::string shorten(std::string_view utf8, std::size_t width, bool unicode)
{
    if (display_width(utf8) <= width) {
        return std::string(utf8);
    }
    const std::string_view mark = unicode ? "\xe2\x80\xa6" : "...";
    const std::size_t mark_width = unicode ? 1 : 3;
    if (width <= mark_width) {
        return std::string(unicode ? mark.substr(0, width == 0 ? 0 : mark.size()) : mark.substr(0, width));
    }
    return std::string(fitting(utf8, width - mark_width)).append(mark);
}

std::string wrap(std::string_view text, std::size_t width, std::string_view indent)
{
    std::string result;
    std::size_t used = 0;
    bool line_empty = true;
    for (const std::string_view line : split(text, '\n')) {
        for (const std::string_view word : split(line, ' ')) {
            if (word.empty()) {
                continue;
            }
            const std::size_t word_width = display_width(word);
            if (!line_empty && used + 1 + word_width > width) {
                result.append("\n").append(indent);
                used = display_width(indent);
                line_empty = true;
            }
            if (!line_empty) {
                result += ' ';
                ++used;
            }
            result += word;
            used += word_width;
            line_empty = false;
        }
    }
    return result;
}

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
#include "config/source_text.hpp"

#include <algorithm>

#include "util/strings.hpp"
#include "util/utf8.hpp"

namespace hpcdoc::config {

namespace {

constexpr std::size_t k_shown_before = 90; // bytes of a long line that are shown on each side of the caret
constexpr std::size_t k_shown_after = 90;

std::size_t offset_of_column(std::string_view line, std::size_t column)
{
    std::size_t offset = 0;
    for (std::size_t at = 1; at < column && offset < line.size(); ++at) {
        offset += util::decode_utf8(line.substr(offset)).length;
    }
    return offset;
}

bool inside_code_point(std::string_view text, std::size_t offset)
{
    return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0U) == 0x80U;
}

std::string shown(std::string_view text)
{
    std::string safe = util::printable(text);
    std::replace(safe.begin(), safe.end(), '\t', ' '); // one column, so that the caret stands right
    return safe;
}

std::string line_and_caret(std::string_view line, std::size_t column)
{
    const std::size_t offset = offset_of_column(line, column);
    std::size_t from = offset > k_shown_before ? offset - k_shown_before : 0;
    std::size_t to = std::min(line.size(), offset + k_shown_after);
    while (from > 0 && inside_code_point(line, from)) {
        ++from;
    }
    while (inside_code_point(line, to)) {
        ++to;
    }
    const std::string before = (from > 0 ? "..." : "") + shown(line.substr(from, offset - std::min(from, offset)));
    const std::string after = shown(line.substr(offset, to - offset)) + (to < line.size() ? "..." : "");
    return before + after + "\n" + std::string(util::display_width(before), ' ') + "^";
}

} // namespace

std::string_view SourceText::line(std::size_t number) const
{
    std::size_t begin = 0;
    for (std::size_t at = 1; at < number; ++at) {
        const std::size_t end = text.find('\n', begin);
        if (end == std::string::npos) {
            return {};
        }
        begin = end + 1;
    }
    std::string_view found = std::string_view(text).substr(begin);
    found = found.substr(0, found.find('\n'));
    if (found.ends_with('\r')) {
        found.remove_suffix(1);
    }
    return found;
}

std::string SourceText::where(Place place) const
{
    return name + ":" + std::to_string(place.line);
}

Error SourceText::error(Place place, std::string_view what, std::string hint) const
{
    std::string message = where(place) + ":" + std::to_string(place.column) + ": ";
    message.append(what).append("\n").append(line_and_caret(line(place.line), place.column));
    return Error{Code::config, std::move(message), std::move(hint), {}};
}

} // namespace hpcdoc::config

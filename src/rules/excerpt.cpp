// SPDX-License-Identifier: Apache-2.0
#include "rules/excerpt.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

constexpr std::size_t k_longest_line = 400;

bool inside_code_point(std::string_view text, std::size_t offset)
{
    return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0U) == 0x80U;
}

std::string shown(std::string_view line, std::size_t around)
{
    const std::string_view part = cut(line, around, k_longest_line);
    std::string text = util::printable(part);
    if (part.data() != line.data()) {
        text.insert(0, "...");
    }
    if (part.data() + part.size() != line.data() + line.size()) {
        text += "...";
    }
    return text;
}

const std::string* captured_text(const Lookup& lookup, std::string_view name)
{
    for (const auto& [captured, value] : lookup.captures()) {
        if (captured == name) {
            return std::get_if<std::string>(&value);
        }
    }
    return nullptr;
}

} // namespace

std::string_view cut(std::string_view text, std::size_t around, std::size_t most)
{
    if (text.size() <= most) {
        return text;
    }
    std::size_t from = around > most / 4 ? around - most / 4 : 0;
    from = std::min(from, text.size() - most);
    std::size_t to = from + most;
    // A character is at most four bytes; bytes that are no UTF-8 are cut anywhere.
    for (int step = 0; step < 3 && from > 0 && inside_code_point(text, from); ++step) {
        ++from;
    }
    for (int step = 0; step < 3 && inside_code_point(text, to); ++step) {
        --to;
    }
    return text.substr(from, to - from);
}

std::string excerpt(const std::vector<scan::Line>& lines, std::size_t line, std::size_t match_begin, std::size_t before, std::size_t after)
{
    std::string text;
    const std::size_t first = line - std::min(line, before);
    const std::size_t last = std::min(line + after, lines.size() - 1);
    for (std::size_t at = first; at <= last; ++at) {
        if (at != line && util::trim(lines[at].text).empty()) {
            continue;
        }
        text += (text.empty() ? "" : "\n") + shown(lines[at].text, at == line ? match_begin : 0);
    }
    return text;
}

Origin origin_of(const Lookup& lookup, std::string_view file, std::uint64_t line)
{
    Origin origin;
    origin.file = file;
    origin.line = line;
    if (const std::string* rank = captured_text(lookup, "rank")) {
        origin.rank = util::parse_signed(*rank);
    }
    for (const std::string_view name : {"host", "node"}) {
        if (const std::string* host = captured_text(lookup, name); host != nullptr && origin.host.empty()) {
            origin.host = *host;
        }
    }
    if (const std::string* time = captured_text(lookup, "time")) {
        origin.time = *time;
    }
    return origin;
}

} // namespace hpcdoc::rules

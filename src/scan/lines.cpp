// SPDX-License-Identifier: Apache-2.0
#include "scan/lines.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::scan {

namespace {

std::size_t line_end(std::string_view text, std::size_t from)
{
    while (from < text.size() && text[from] != '\n' && text[from] != '\r') {
        ++from;
    }
    return from;
}

// Line by line, as what strips sequences also resolves what a CR overwrites, which here is a line of its own.
std::string without_escapes(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = line_end(text, begin);
        const std::string_view line = text.substr(begin, end - begin);
        if (line.find('\x1b') == std::string_view::npos) {
            plain += line;
        } else {
            plain += util::strip_ansi(line);
        }
        if (end < text.size()) {
            plain += text[end];
        }
        begin = end + 1;
    }
    return plain;
}

} // namespace

Lines::Lines(std::string_view text) : m_text(text)
{
    if (text.find('\x1b') != std::string_view::npos) {
        m_plain = without_escapes(text);
        m_text = m_plain;
    }
    m_lines.reserve(m_text.size() / 64 + 1);
    std::uint64_t number = 1;
    for (std::size_t begin = 0; begin < m_text.size();) {
        const std::size_t end = line_end(m_text, begin);
        m_lines.push_back({m_text.substr(begin, end - begin), number});
        const bool both = m_text.substr(end).starts_with("\r\n");
        if (both || (end < m_text.size() && m_text[end] == '\n')) {
            ++number;
        }
        begin = end + (both ? 2 : 1);
    }
}

std::size_t Lines::index_at(std::size_t position) const
{
    const char* place = m_text.data() + position;
    const auto after = std::upper_bound(m_lines.begin(), m_lines.end(), place, [](const char* at, const Line& line) { return at < line.text.data(); });
    return static_cast<std::size_t>(after - m_lines.begin()) - (after == m_lines.begin() ? 0 : 1);
}

} // namespace hpcdoc::scan

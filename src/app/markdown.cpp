// SPDX-License-Identifier: Apache-2.0
#include "app/markdown.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

using Kind = MarkdownBlock::Kind;

std::size_t leading_blanks(std::string_view line)
{
    const std::size_t count = line.find_first_not_of(' ');
    return count == std::string_view::npos ? line.size() : count;
}

// "- ", "* ", "1. ": its length, or 0.
std::size_t marker_length(std::string_view text)
{
    if (text.size() > 1 && (text[0] == '-' || text[0] == '*') && text[1] == ' ') {
        return 2;
    }
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
        ++digits;
    }
    return digits > 0 && digits < 4 && text.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

std::vector<std::string> cells_of(std::string_view line)
{
    std::vector<std::string> cells(1);
    line = util::trim(line);
    line.remove_prefix(line.starts_with('|') ? 1 : 0);
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cells.back() += line[++i];
        } else if (line[i] == '|') {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    if (cells.size() > 1 && util::trim(cells.back()).empty()) {
        cells.pop_back();
    }
    for (std::string& cell : cells) {
        cell = std::string(util::trim(cell));
    }
    return cells;
}

class BlockReader {
public:
    explicit BlockReader(std::string_view text) : m_lines(util::lines(text)) {}

    std::vector<MarkdownBlock> read()
    {
        while (m_at < m_lines.size()) {
            take(m_lines[m_at]);
            ++m_at;
        }
        return std::move(m_blocks);
    }

private:
    void take(std::string_view line)
    {
        const std::string_view text = util::trim(line);
        const std::size_t indent = leading_blanks(line);
        if (text.empty()) {
            m_open = false;
        } else if (text.starts_with("```")) {
            take_fence();
        } else if (indent >= 4 && !m_open) {
            take_code();
        } else if (text.starts_with('#') && indent == 0) {
            take_heading(text);
        } else if (text.starts_with('|')) {
            take_table();
        } else if (const std::size_t marker = marker_length(text); marker > 0) {
            add(Kind::item, static_cast<unsigned>(indent / 2), std::string(util::trim(text.substr(marker))));
            m_blocks.back().marker = std::string(text.substr(0, marker - 1));
            m_open = true;
        } else if (m_open) {
            m_blocks.back().text += " " + std::string(text);
        } else {
            add(Kind::paragraph, 0, std::string(text));
            m_open = true;
        }
    }
    void take_heading(std::string_view text)
    {
        const std::size_t level = std::min(text.find_first_not_of('#'), text.size());
        add(Kind::heading, static_cast<unsigned>(level), std::string(util::trim(text.substr(level))));
        m_open = false;
    }
    void take_code()
    {
        std::string code;
        std::size_t last = m_at;
        for (std::size_t i = m_at; i < m_lines.size(); ++i) {
            if (!util::trim(m_lines[i]).empty() && leading_blanks(m_lines[i]) < 4) {
                break;
            }
            last = util::trim(m_lines[i]).empty() ? last : i;
        }
        for (; m_at <= last; ++m_at) {
            code += std::string(m_lines[m_at].substr(std::min<std::size_t>(4, m_lines[m_at].size()))) + "\n";
        }
        --m_at;
        add(Kind::code, 0, std::move(code));
    }
    void take_fence()
    {
        std::string code;
        for (++m_at; m_at < m_lines.size() && !util::trim(m_lines[m_at]).starts_with("```"); ++m_at) {
            code += std::string(m_lines[m_at]) + "\n";
        }
        add(Kind::code, 0, std::move(code));
        m_open = false;
    }
    void take_table()
    {
        add(Kind::table, 0, {});
        for (; m_at < m_lines.size() && util::trim(m_lines[m_at]).starts_with('|'); ++m_at) {
            // The line under the header holds nothing but rules.
            if (m_lines[m_at].find_first_not_of("|-: ") != std::string_view::npos) {
                m_blocks.back().rows.push_back(cells_of(m_lines[m_at]));
            }
        }
        --m_at;
        m_open = false;
    }
    void add(Kind kind, unsigned level, std::string text)
    {
        m_blocks.push_back({kind, level, std::move(text), {}, {}});
    }

    std::vector<std::string_view> m_lines;
    std::size_t m_at = 0;
    bool m_open = false; // the last block takes more lines
    std::vector<MarkdownBlock> m_blocks{};
};

struct Delimiter {
    std::string_view text{};
    MarkdownSpan::Kind kind{};
};

constexpr Delimiter k_delimiters[] = {{"``", MarkdownSpan::Kind::code},
                                      {"`", MarkdownSpan::Kind::code},
                                      {"**", MarkdownSpan::Kind::strong},
                                      {"*", MarkdownSpan::Kind::emphasis}};

// The span that begins here and its length with delimiters; nothing when a delimiter is only a character.
std::optional<std::pair<MarkdownSpan, std::size_t>> span_at(std::string_view text)
{
    for (const auto& [mark, kind] : k_delimiters) {
        if (!text.starts_with(mark)) {
            continue;
        }
        const std::size_t end = text.find(mark, mark.size());
        const std::string_view inner =
            end == std::string_view::npos ? std::string_view() : text.substr(mark.size(), end - mark.size());
        if (!inner.empty() && (kind == MarkdownSpan::Kind::code || (inner.front() != ' ' && inner.back() != ' '))) {
            return std::pair{MarkdownSpan{kind, std::string(inner)}, end + mark.size()};
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<MarkdownBlock> parse_markdown(std::string_view text)
{
    return BlockReader(text).read();
}

std::vector<MarkdownSpan> parse_spans(std::string_view text)
{
    std::vector<MarkdownSpan> spans;
    std::string plain;
    const auto flush = [&] {
        if (!plain.empty()) {
            spans.push_back({MarkdownSpan::Kind::plain, std::exchange(plain, {})});
        }
    };
    while (!text.empty()) {
        if (auto found = span_at(text)) {
            flush();
            text.remove_prefix(found->second);
            spans.push_back(std::move(found->first));
        } else {
            const bool escape =
                text.size() > 1 && text[0] == '\\' && std::ispunct(static_cast<unsigned char>(text[1])) != 0;
            text.remove_prefix(escape ? 1 : 0);
            plain += text.front();
            text.remove_prefix(1);
        }
    }
    flush();
    return spans;
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "rules/blocks.hpp"

#include <algorithm>

#include "rules/rule_keys.hpp"

namespace hpcdoc::rules {

namespace {

bool is_in(std::span<const std::string_view> keys, std::string_view key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Reads line by line; a value may span lines.
class Cursor {
public:
    explicit Cursor(std::string_view text, std::size_t at = 0) : m_text(text), m_at(at) {}

    bool done() const { return m_at >= m_text.size(); }
    std::size_t at() const { return m_at; }
    std::string_view line() const { return m_text.substr(m_at, line_end() - m_at); }
    void skip_line() { m_at = std::min(m_text.size(), line_end() + 1); }
    // The bare key that the line begins with, if a '=' follows; else nothing.
    std::string_view key() const;
    // Past the value that begins after `key` and the end of its last line. False: a string or bracket is not closed.
    bool skip_value(std::string_view key);

private:
    std::size_t line_end() const { return std::min(m_text.find('\n', m_at), m_text.size()); }
    bool skip_string();

    std::string_view m_text;
    std::size_t m_at;
};

std::string_view Cursor::key() const
{
    const std::string_view text = line();
    const std::size_t length = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), text.size());
    const std::size_t equals = text.find_first_not_of(" \t", length);
    return equals != std::string_view::npos && text[equals] == '=' ? text.substr(0, length) : std::string_view();
}

bool Cursor::skip_string()
{
    const char quote = m_text[m_at];
    const bool triple = m_text.substr(m_at, 3) == std::string(3, quote);
    m_at += triple ? 3 : 1;
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (c == '\\' && quote == '"') {
            ++m_at;
        } else if (c == '\n' && !triple) {
            return false;
        } else if (c == quote && (!triple || m_text.substr(m_at, 3) == std::string(3, quote))) {
            m_at += triple ? 3 : 1;
            while (triple && m_at < m_text.size() && m_text[m_at] == quote) {
                ++m_at; // up to two quotes may stand before the closing three
            }
            return true;
        }
    }
    return false;
}

bool Cursor::skip_value(std::string_view key)
{
    m_at += key.size();
    int depth = 0;
    while (m_at < m_text.size()) {
        switch (m_text[m_at]) {
        case '"':
        case '\'':
            if (!skip_string()) {
                return false;
            }
            continue;
        case '#':
            m_at = line_end();
            continue;
        case '[':
        case '{': ++depth; break;
        case ']':
        case '}': --depth; break;
        case '\n':
            if (depth <= 0) {
                ++m_at;
                return depth == 0;
            }
            break;
        default: break;
        }
        ++m_at;
    }
    return depth == 0;
}

class BlockFinder {
public:
    explicit BlockFinder(std::string_view text) : m_text(text), m_cursor(text) {}

    std::optional<Blocks> find()
    {
        while (!m_cursor.done()) {
            const std::size_t begin = m_cursor.at();
            if (!step(begin)) {
                return std::nullopt;
            }
            m_lines += static_cast<std::size_t>(std::count(m_text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                           m_text.begin() + static_cast<std::ptrdiff_t>(m_cursor.at()), '\n'));
        }
        close(m_text.size());
        return std::move(m_blocks);
    }

private:
    // One line, or one key with its value.
    bool step(std::size_t begin)
    {
        const std::string_view line = m_cursor.line();
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#') {
            m_cursor.skip_line();
            m_blocks.heads += '\n';
            return true;
        }
        return line.front() == '[' ? header(line, begin) : entry(begin);
    }

    bool header(std::string_view line, std::size_t begin)
    {
        const std::string_view name = line.substr(0, line.find_last_not_of(" \t\r") + 1);
        if (name != "[[rule]]" && name != "[[message]]") {
            return false;
        }
        close(begin);
        m_in_rule = name == "[[rule]]";
        m_open = Blocks::Block{begin, begin, m_lines};
        m_cursor.skip_line();
        m_blocks.heads.append(m_in_rule ? name : std::string_view()).append("\n");
        return true;
    }

    bool entry(std::size_t begin)
    {
        const std::string_view key = m_cursor.key();
        const bool known = m_in_rule ? is_in(k_fact_rule_keys, key) || is_in(k_log_rule_keys, key) : is_in(k_message_keys, key);
        if (!m_open || !known || !m_cursor.skip_value(key)) {
            return false;
        }
        const std::string_view whole = m_text.substr(begin, m_cursor.at() - begin);
        if (m_in_rule) {
            note(key, whole.substr(whole.find('=') + 1));
        }
        if (m_in_rule && is_in(k_head_keys, key)) {
            m_blocks.heads += whole;
        } else {
            m_blocks.heads.append(static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\n')), '\n');
        }
        return true;
    }

    void note(std::string_view key, std::string_view value)
    {
        if (key == "id") {
            m_open->id = value;
        } else if (key == "name") {
            m_open->name = value;
        } else if (key == "contains") {
            m_open->contains = value;
        } else if (key == "kind") {
            m_open->kind = value;
        }
    }

    void close(std::size_t end)
    {
        if (!m_open) {
            return;
        }
        m_open->end = end;
        if (m_in_rule) {
            m_blocks.rules.push_back(*m_open);
        } else {
            m_blocks.message = *m_open;
        }
        m_open.reset();
    }

    std::string_view m_text;
    Cursor m_cursor;
    Blocks m_blocks{};
    std::optional<Blocks::Block> m_open{};
    bool m_in_rule = false;
    std::size_t m_lines = 0; // before the cursor
};

// A string on one line, taken off the front; nothing when it is none or has an escape that only TOML's own reader knows.
std::optional<std::string> take_string(std::string_view& text)
{
    const char quote = text.empty() ? '\0' : text.front();
    if ((quote != '"' && quote != '\'') || text.starts_with(std::string(3, quote))) {
        return std::nullopt;
    }
    std::string found;
    for (std::size_t at = 1; at < text.size() && text[at] != '\n'; ++at) {
        if (text[at] == quote) {
            text.remove_prefix(at + 1);
            return found;
        }
        if (text[at] == '\\' && quote == '"') {
            ++at;
            if (at >= text.size() || (text[at] != '"' && text[at] != '\\')) {
                return std::nullopt;
            }
        }
        found += text[at];
    }
    return std::nullopt;
}

void skip_blanks(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

} // namespace

std::optional<std::vector<std::string>> plain_strings(std::string_view value)
{
    skip_blanks(value);
    const bool list = value.starts_with('[');
    value.remove_prefix(list ? 1 : 0);
    skip_blanks(value);
    std::vector<std::string> found;
    while (!(list && value.starts_with(']'))) {
        std::optional<std::string> text = take_string(value);
        if (!text) {
            return std::nullopt;
        }
        found.push_back(std::move(*text));
        skip_blanks(value);
        if (!list) {
            break;
        }
        if (value.starts_with(',')) {
            value.remove_prefix(1);
            skip_blanks(value);
        } else if (!value.starts_with(']')) {
            return std::nullopt;
        }
    }
    value.remove_prefix(list ? 1 : 0);
    skip_blanks(value);
    return value.empty() ? std::optional(std::move(found)) : std::nullopt;
}

std::optional<Blocks> find_blocks(std::string_view text)
{
    return BlockFinder(text).find();
}

std::string text_of_block(std::string_view text, const Blocks::Block& block)
{
    std::string padded(block.lines_before, '\n');
    const std::string_view whole = text.substr(block.begin, block.end - block.begin);
    Cursor cursor(whole);
    while (!cursor.done()) {
        const std::size_t begin = cursor.at();
        const std::string_view key = cursor.key();
        const bool example = is_in(k_example_keys, key);
        if (key.empty()) {
            cursor.skip_line();
        } else if (!cursor.skip_value(key)) {
            return padded + std::string(whole);
        }
        const std::string_view part = whole.substr(begin, cursor.at() - begin);
        if (example) {
            padded.append(static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n')), '\n');
        } else {
            padded += part;
        }
    }
    return padded;
}

} // namespace hpcdoc::rules

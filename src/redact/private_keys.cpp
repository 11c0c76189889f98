// SPDX-License-Identifier: Apache-2.0
#include "redact/private_keys.hpp"

#include <algorithm>

namespace hpcdoc::redact {

namespace {

constexpr std::string_view k_rule = "private-key";
constexpr std::string_view k_words = "PRIVATE KEY";
constexpr std::size_t k_longest_label = 64; // between BEGIN and these words: "OPENSSH ", "RSA ", "PGP "
constexpr std::size_t k_body_near = 400;    // the body, or headers such as Proc-Type, follow the BEGIN line directly
constexpr std::size_t k_longest_end = 64;   // of what follows the words: " BLOCK-----"
constexpr std::size_t k_longest_key = 64 * 1024; // how far back a key without BEGIN is followed; RSA of 16384 bits has 13 KiB
constexpr std::size_t k_body_run = 16;      // base64 characters in a row; no word of prose is that long

bool base64_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

// Where "-----BEGIN" or "-----END" starts, if one stands just before these words; else npos.
std::size_t marker(std::string_view text, std::size_t words, std::string_view which)
{
    const std::size_t from = words - std::min(words, k_longest_label);
    const std::string_view before = text.substr(from, words - from);
    const std::size_t found = before.rfind(which);
    if (found == std::string_view::npos || before.find('\n', found) != std::string_view::npos) {
        return std::string_view::npos;
    }
    std::size_t begin = from + found;
    while (begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == ' ')) {
        --begin;
    }
    return text.substr(begin, 4) == "----" ? begin : std::string_view::npos;
}

std::size_t marker_end(std::string_view text, std::size_t words)
{
    std::size_t end = words + k_words.size();
    const std::size_t most = std::min(text.size(), end + k_longest_end);
    while (end < most && (text[end] == '-' || text[end] == ' ' || (text[end] >= 'A' && text[end] <= 'Z'))) {
        ++end;
    }
    return end;
}

bool has_body(std::string_view text)
{
    std::size_t run = 0;
    for (const char c : text.substr(0, k_body_near)) {
        run = base64_char(c) ? run + 1 : 0;
        if (run >= k_body_run) {
            return true;
        }
    }
    return false;
}

// Back over key material, not before `least`: base64, line ends in either form, prefixes as short as "[rank0] ".
std::size_t orphan_begin(std::string_view text, std::size_t end_marker, std::size_t least)
{
    least = std::max(least, end_marker - std::min(end_marker, k_longest_key));
    std::size_t begin = end_marker;
    std::size_t position = end_marker;
    while (position > least) {
        const std::size_t before = text.substr(least, position - least).rfind('\n');
        const std::size_t line = before == std::string_view::npos ? least : least + before + 1;
        const std::string_view part = text.substr(line, position - line);
        const bool body = has_body(part);
        if (!body && part.find_first_not_of(" \t\r\"'") != std::string_view::npos) {
            break;
        }
        begin = body ? line : begin;
        position = line == least ? least : line - 1;
    }
    return begin;
}

class KeyFinder {
public:
    KeyFinder(std::string_view text, Spans& spans) : m_text(text), m_spans(spans) {}

    void find()
    {
        for (std::size_t words = m_text.find(k_words); words != std::string_view::npos; words = m_text.find(k_words, words + 1)) {
            if (words < m_done) {
                continue;
            }
            if (const std::size_t begin = marker(m_text, words, "BEGIN"); begin != std::string_view::npos) {
                from_begin(begin, words);
            } else if (const std::size_t end = marker(m_text, words, "END"); end != std::string_view::npos) {
                from_end(end, words);
            }
        }
    }

private:
    void add(std::size_t begin, std::size_t end)
    {
        m_spans.push_back({begin, end, k_rule, m_text.substr(begin, end - begin)});
        m_done = end;
    }

    void from_begin(std::size_t begin, std::size_t words)
    {
        const std::size_t body = marker_end(m_text, words);
        if (!has_body(m_text.substr(body))) {
            return; // only spoken of
        }
        for (std::size_t next = m_text.find(k_words, body); next != std::string_view::npos; next = m_text.find(k_words, next + 1)) {
            if (marker(m_text, next, "END") != std::string_view::npos) {
                add(begin, marker_end(m_text, next));
                return;
            }
        }
        add(begin, m_text.size());
    }

    void from_end(std::size_t end, std::size_t words)
    {
        const std::size_t begin = orphan_begin(m_text, end, m_done);
        if (begin < end) {
            add(begin, marker_end(m_text, words));
        }
    }

    std::string_view m_text;
    Spans& m_spans;
    std::size_t m_done = 0;
};

void find_putty_keys(std::string_view text, Spans& spans)
{
    constexpr std::string_view k_start = "PuTTY-User-Key-File-";
    for (std::size_t begin = text.find(k_start); begin != std::string_view::npos; begin = text.find(k_start, begin + 1)) {
        const std::size_t lines = text.find("Private-Lines:", begin);
        if (lines == std::string_view::npos) {
            return;
        }
        const std::size_t mac = text.find("Private-MAC:", lines);
        const std::size_t end = mac == std::string_view::npos ? text.size() : std::min(text.find('\n', mac), text.size());
        spans.push_back({lines, end, k_rule, text.substr(lines, end - lines)});
        begin = end;
    }
}

} // namespace

void find_private_keys(std::string_view text, Spans& spans)
{
    KeyFinder(text, spans).find();
    find_putty_keys(text, spans);
}

} // namespace hpcdoc::redact

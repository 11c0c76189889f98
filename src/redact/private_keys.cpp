// SPDX-License-Identifier: Apache-2.0
#include "redact/private_keys.hpp"

#include <algorithm>

namespace hpcdoc::redact {

namespace {

constexpr std::string_view k_private_key = "private-key";
constexpr std::string_view k_key_words = k_private_key_words[0];
constexpr std::string_view k_putty = k_private_key_words[1];
constexpr std::size_t k_longest_label = 64; // between BEGIN and these words: "OPENSSH ", "RSA ", "PGP "
constexpr std::size_t k_body_near = 400;    // the body, or headers such as Proc-Type, follow the BEGIN line directly
constexpr std::size_t k_longest_end = 64;   // of what follows the words: " BLOCK-----"
constexpr std::size_t k_longest_key =
    64 * 1024; // how far back a key without BEGIN is followed; RSA of 16384 bits has 13 KiB
constexpr std::size_t k_longest_without_end = 256 * 1024;
constexpr std::size_t k_body_run = 16; // base64 characters in a row; no word of prose is that long

bool key_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
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
    std::size_t end = words + k_key_words.size();
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
        run = key_char(c) ? run + 1 : 0;
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

// Where the key that began ends; npos: not in sight.
std::size_t key_end(std::string_view text, std::size_t begin, std::size_t body)
{
    const std::string_view sight = text.substr(0, begin + k_longest_without_end);
    for (std::size_t next = sight.find(k_key_words, body); next != std::string_view::npos;
         next = sight.find(k_key_words, next + 1)) {
        if (marker(text, next, "END") != std::string_view::npos) {
            return marker_end(text, next);
        }
    }
    return std::string_view::npos;
}

// Where a key begins whose end, or whose body, may still come; npos: none does.
std::size_t open_key(std::string_view text)
{
    std::size_t done = text.size() - std::min(text.size(), k_longest_without_end);
    for (std::size_t words = text.find(k_key_words, done); words != std::string_view::npos;
         words = text.find(k_key_words, words + 1)) {
        const std::size_t begin = words < done ? std::string_view::npos : marker(text, words, "BEGIN");
        if (begin == std::string_view::npos) {
            continue;
        }
        const std::size_t body = marker_end(text, words);
        const bool short_of_body = text.size() - body < k_body_near;
        if (!short_of_body && !has_body(text.substr(body))) {
            continue;
        }
        done = key_end(text, begin, body);
        if (done == std::string_view::npos) {
            return begin;
        }
    }
    return std::string_view::npos;
}

std::size_t open_putty_key(std::string_view text)
{
    const std::size_t from = text.size() - std::min(text.size(), k_longest_key);
    const std::size_t begin = text.find(k_putty, from);
    if (begin == std::string_view::npos) {
        return std::string_view::npos;
    }
    const std::size_t mac = text.find("Private-MAC:", begin);
    return mac != std::string_view::npos && text.find('\n', mac) != std::string_view::npos ? std::string_view::npos
                                                                                           : begin;
}

class KeyFinder {
public:
    KeyFinder(std::string_view text, Spans& spans) : m_text(text), m_spans(spans) {}

    void find()
    {
        for (std::size_t words = m_text.find(k_key_words); words != std::string_view::npos;
             words = m_text.find(k_key_words, words + 1)) {
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
        m_spans.push_back({begin, end, k_private_key, m_text.substr(begin, end - begin)});
        m_done = end;
    }

    void from_begin(std::size_t begin, std::size_t words)
    {
        const std::size_t body = marker_end(m_text, words);
        if (!has_body(m_text.substr(body))) {
            return; // only spoken of
        }
        const std::size_t end = key_end(m_text, begin, body);
        add(begin, end != std::string_view::npos ? end : std::min(m_text.size(), begin + k_longest_without_end));
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
    std::size_t lines = 0;
    for (std::size_t begin = text.find(k_putty); begin != std::string_view::npos;
         begin = text.find(k_putty, begin + 1)) {
        lines = lines <= begin ? text.find("Private-Lines:", begin) : lines; // once for all that stand before it
        if (lines == std::string_view::npos) {
            return;
        }
        if (lines - begin > k_longest_key) {
            continue;
        }
        const std::size_t mac = text.substr(0, lines + k_longest_key).find("Private-MAC:", lines);
        const std::size_t end = mac == std::string_view::npos ? std::min(text.size(), lines + k_longest_key)
                                                              : std::min(text.find('\n', mac), text.size());
        spans.push_back({lines, end, k_private_key, text.substr(lines, end - lines)});
        begin = end;
    }
}

} // namespace

void find_private_keys(std::string_view text, Spans& spans)
{
    KeyFinder(text, spans).find();
    find_putty_keys(text, spans);
}

// Before key material whose END is still to come.
std::size_t end_without_key_body(std::string_view text, std::size_t end)
{
    return std::min(end, orphan_begin(text, end, 0));
}

std::size_t end_without_key(std::string_view text, std::size_t end)
{
    end = end_without_key_body(text, end);
    for (const std::size_t open : {open_key(text), open_putty_key(text)}) {
        end = std::min(end, open);
    }
    return end;
}

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
#include "redact/known_values.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "util/ascii.hpp"
#include "util/strings.hpp"
#include "util/utf8.hpp"

namespace hpcdoc::redact {

namespace {

constexpr std::string_view k_known_value = "known-value";
constexpr std::size_t k_shortest = 8;
constexpr std::size_t k_shortest_word = 12; // of letters only, or of digits only

bool too_common(std::string_view value)
{
    if (value.size() < k_shortest) {
        return true;
    }
    if (value.size() < k_shortest_word &&
        (std::all_of(value.begin(), value.end(), util::is_letter) || std::all_of(value.begin(), value.end(), util::is_digit))) {
        return true;
    }
    return (value.starts_with('/') && value.find('/', 1) != std::string_view::npos &&
            value.find_first_of("+=") == std::string_view::npos) ||
           value.starts_with("~/") || value.starts_with("./");
}

std::string in_json(std::string_view value, bool escape_slash)
{
    std::string out;
    for (const char c : value) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '/': out += escape_slash ? "\\/" : "/"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
            } else {
                out += c;
            }
        }
    }
    return out;
}

// As json.dumps() of Python writes what is not ASCII: "\u00e9". Of no UTF-8: empty.
std::string in_ascii_json(std::string_view json)
{
    std::string out;
    while (!json.empty()) {
        const util::CodePoint code = util::decode_utf8(json);
        if (!code.valid) {
            return {};
        }
        const auto value = static_cast<std::uint32_t>(code.value);
        if (value < 0x80) {
            out += json.front();
        } else if (value < 0x10000) {
            out += fmt::format("\\u{:04x}", value);
        } else {
            out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + ((value - 0x10000) >> 10U),
                               0xdc00 + ((value - 0x10000) & 0x3ffU));
        }
        json.remove_prefix(code.length);
    }
    return out;
}

std::string in_url(std::string_view value, bool upper_case, bool keep_slash, bool plus_for_blank)
{
    std::string out;
    for (const char c : value) {
        const bool kept =
            util::is_letter(c) || util::is_digit(c) || c == '-' || c == '_' || c == '.' || c == '~' || (keep_slash && c == '/');
        if (kept) {
            out += c;
        } else if (plus_for_blank && c == ' ') {
            out += '+';
        } else {
            const auto byte = static_cast<unsigned>(static_cast<unsigned char>(c));
            out += upper_case ? fmt::format("%{:02X}", byte) : fmt::format("%{:02x}", byte);
        }
    }
    return out;
}

// The characters of base64 that depend on the value alone, when `before` bytes (0 to 2) stand before it.
std::string in_base64(std::string_view value, std::size_t before)
{
    std::string encoded = util::base64_encode(std::string(before, '\0') + std::string(value));
    constexpr std::size_t k_shared_head[] = {0, 2, 3};
    const std::size_t head = k_shared_head[before];
    const std::size_t whole = (before + value.size()) * 8 / 6; // characters without a bit of what follows
    return encoded.substr(head, whole - head);
}

bool base64_char(char c)
{
    return util::is_letter(c) || util::is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

} // namespace

void KnownValues::add_form(std::string text, bool base64)
{
    const bool there =
        std::any_of(m_forms.begin(), m_forms.end(), [&text](const Form& form) { return form.text == text; });
    if (!there && text.size() >= k_shortest) {
        m_forms.push_back({std::move(text), m_values.size() - 1, base64});
    }
}

void KnownValues::add(std::string value)
{
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) {
        value.pop_back(); // as read from a file
    }
    if (too_common(value) || std::find(m_values.begin(), m_values.end(), value) != m_values.end()) {
        return;
    }
    m_values.push_back(value);
    add_form(value, false);
    add_form(in_json(value, false), false);
    add_form(in_json(value, true), false);
    add_form(in_json(in_json(value, false), false), false);
    add_form(in_ascii_json(in_json(value, false)), false);
    for (const bool upper_case : {true, false}) {
        add_form(in_url(value, upper_case, false, false), false);
        add_form(in_url(value, upper_case, true, false), false);
        add_form(in_url(value, upper_case, false, true), false);
    }
    for (const std::size_t before : {0U, 1U, 2U}) {
        const std::string encoded = in_base64(value, before);
        add_form(encoded, true);
        add_form(util::replace_all(util::replace_all(encoded, "+", "-"), "/", "_"), true);
    }
}

std::vector<std::string> KnownValues::words() const
{
    std::vector<std::string> words;
    for (const Form& form : m_forms) {
        words.push_back(form.text);
    }
    return words;
}

std::size_t KnownValues::longest_over_lines() const
{
    std::size_t longest = 0;
    for (const Form& form : m_forms) {
        longest = util::contains(form.text, "\n") ? std::max(longest, form.text.size()) : longest;
    }
    return longest;
}

void KnownValues::find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const
{
    for (const scan::WordFinder::Hit& hit : hits) {
        const Form& form = m_forms[hit.word];
        if (text.substr(hit.position, form.text.size()) != form.text) {
            continue;
        }
        Span span{hit.position, hit.position + form.text.size(), k_known_value, m_values[form.value]};
        if (form.base64 && span.begin > 0 && base64_char(text[span.begin - 1])) {
            --span.begin;
        }
        if (form.base64 && span.end < text.size() && base64_char(text[span.end])) {
            ++span.end;
        }
        spans.push_back(span);
    }
}

} // namespace hpcdoc::redact

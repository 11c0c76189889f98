// SPDX-License-Identifier: Apache-2.0
#include "redact/name_values.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "redact/names.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

constexpr std::string_view k_named_secret = "named-secret";
constexpr std::array<std::string_view, 17> k_words{"token", "secret", "passw", "passphrase", "pass", "psw", "credential", "jwt", "cookie",
    "apikey", "authtok", "bindpw", "accesskey", "authkey", "key", "pwd", "skey"};

bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

bool blank(char c) { return c == ' ' || c == '\t'; }
bool ends_line(char c) { return c == '\n' || c == '\r' || c == '\0'; }

std::size_t name_end(std::string_view text, std::size_t position)
{
    while (position < text.size() && name_char(text[position])) {
        ++position;
    }
    return position;
}

// Between a name and its value, one of these comes first.
bool may_follow_name(char c)
{
    constexpr std::string_view k_follow = "=:\"'`\\>% \t";
    return k_follow.find(c) != std::string_view::npos;
}

// Where the last value without quotes ended. A value that was none may hold more names, of which all values end there
// too: without this a hostile text would be read again for each.
struct LastValue {
    std::size_t begin = 0, end = 0;
    bool whole_line = false;
};

// One place where a word such as "token" stands.
class Place {
public:
    Place(std::string_view text, std::size_t hit, std::size_t name_end, LastValue& last) : m_text(text), m_last(last), m_end(name_end)
    {
        m_begin = hit;
        while (m_begin > 0 && name_char(m_text[m_begin - 1])) {
            --m_begin;
        }
        m_begin = std::min(hit, m_begin + escape_end());
    }

    std::optional<Span> secret();

private:
    struct Quote {
        std::size_t escapes = 0; // backslashes before it: JSON in JSON
        char mark = 0;           // 0: none
    };

    char at(std::size_t position) const { return position < m_text.size() ? m_text[position] : '\n'; }
    bool may_have_value() const;
    std::size_t escape_end() const;
    std::string_view name() const;
    void skip_blanks() { while (blank(at(m_at))) { ++m_at; } }
    Quote quote();
    bool separator();
    bool after_setenv() const;
    bool encoded_separator();
    bool starts_line() const;
    std::size_t encoded_end() const;
    std::size_t quoted_end(Quote quote) const;
    std::size_t plain_end();
    bool ends_value(std::size_t position) const;
    std::optional<Span> judged(std::size_t begin, std::size_t end, bool sure) const;
    std::optional<Span> in_tag() const;

    std::string_view m_text;
    LastValue& m_last;
    std::size_t m_begin = 0, m_end = 0; // of the name
    std::size_t m_at = 0;
    char m_separator = 0;
};

// The end of an escape that looks like the beginning of the name: the "n" of "\\nTOKEN" in JSON, "26" of "%26token" in a URL.
std::size_t Place::escape_end() const
{
    const char before = m_begin > 0 ? m_text[m_begin - 1] : '\n';
    const char first = at(m_begin);
    if (before == '\\' && (first == 'n' || first == 'r' || first == 't')) {
        return 1;
    }
    if (before == '\\' && first == 'u') {
        return 5;
    }
    if (before == '[' || before == ';') { // colours: ESC [ 1 ; 31 m
        constexpr std::size_t k_longest = 16;
        const std::size_t digits = m_text.substr(m_begin, k_longest).find_first_not_of("0123456789");
        const std::string_view near = m_text.substr(m_begin - std::min(m_begin, k_longest), std::min(m_begin, k_longest));
        const std::string_view start = near.substr(0, near.find_last_not_of("0123456789;") + 1);
        return start.ends_with("\x1b[") && digits != std::string_view::npos && at(m_begin + digits) == 'm' ? digits + 1 : 0;
    }
    return before == '%' ? 2 : 0;
}

// A cheap look at what follows: most places are prose, as "tokens per second".
bool Place::may_have_value() const
{
    if (!blank(at(m_end)) || m_text.substr(m_begin).starts_with("--") || after_setenv()) {
        return true;
    }
    std::size_t next = m_end;
    while (blank(at(next))) {
        ++next;
    }
    return at(next) == '=' || at(next) == ':';
}

bool Place::after_setenv() const { return m_begin >= 7 && m_text.substr(m_begin - 7, 7) == "setenv "; }

std::string_view Place::name() const
{
    std::string_view name = m_text.substr(m_begin, m_end - m_begin);
    name.remove_prefix(std::min(name.find_first_not_of("-."), name.size()));
    return name;
}

Place::Quote Place::quote()
{
    std::size_t position = m_at;
    while (at(position) == '\\') {
        ++position;
    }
    if (at(position) != '"' && at(position) != '\'' && at(position) != '`') {
        return {};
    }
    const Quote found{position - m_at, m_text[position]};
    m_at = position + 1;
    return found;
}

// '=', ':', "=>", ":=", or only blanks: after an option, or between setenv and its value.
bool Place::separator()
{
    const std::size_t before = m_at;
    skip_blanks();
    if (at(m_at) == '=' || at(m_at) == ':') {
        m_separator = at(m_at);
        ++m_at;
        if ((at(m_at) == '=' || at(m_at) == '>') && m_separator != at(m_at)) {
            m_separator = '=';
            ++m_at;
        }
        skip_blanks();
        return true;
    }
    m_separator = ' ';
    return m_at > before && (m_text.substr(m_begin).starts_with("--") || after_setenv());
}

// "password%3Dvalue", "%22token%22%3A%20%22value%22": as a URL has it.
bool Place::encoded_separator()
{
    const auto skip = [this](std::string_view escape) {
        const bool there = util::equal_ignoring_case(m_text.substr(m_at, escape.size()), escape);
        m_at += there ? escape.size() : 0;
        return there;
    };
    skip("%22") || skip("%27");
    if (!skip("%3D") && !skip("%3A")) {
        return false;
    }
    while (skip("%20") || skip("+")) {}
    skip("%22") || skip("%27");
    return true;
}

std::size_t Place::encoded_end() const
{
    constexpr std::array<std::string_view, 9> k_ends{"%22", "%27", "%26", "%20", "%0a", "%0d", "%2c", "%7d", "%3b"};
    std::size_t end = m_at;
    for (; end < m_text.size() && !blank(m_text[end]) && !ends_line(m_text[end]); ++end) {
        const char c = m_text[end];
        if (c == '&' || c == '"' || c == '\'' || c == '<' || c == '#' || c == '+') {
            break;
        }
        if (c == '%' && std::any_of(k_ends.begin(), k_ends.end(), [&](std::string_view escape) { return util::equal_ignoring_case(m_text.substr(end, 3), escape); })) {
            break;
        }
    }
    return end;
}

// Nothing but what a shell or YAML puts before a name.
bool Place::starts_line() const
{
    std::size_t begin = m_begin;
    while (begin > 0 && !ends_line(m_text[begin - 1])) {
        --begin;
        if (m_begin - begin > 40) {
            return false;
        }
    }
    std::string_view before = m_text.substr(begin, m_begin - begin);
    for (const std::string_view word : {"export ", "declare -x ", "setenv ", "Environment=", "- "}) {
        if (const std::size_t found = before.rfind(word); found != std::string_view::npos) {
            before = before.substr(0, found);
        }
    }
    return before.find_first_not_of(" \t+\"'#-") == std::string_view::npos;
}

std::size_t Place::quoted_end(Quote quote) const
{
    std::size_t escapes = 0;
    for (std::size_t position = m_at; position < m_text.size(); ++position) {
        const char c = m_text[position];
        if (c == '\n') {
            return position;
        }
        if (c == quote.mark && (escapes == quote.escapes || quote.mark == '\'')) {
            return position - std::min(escapes, quote.escapes);
        }
        escapes = c == '\\' ? escapes + 1 : 0;
    }
    return m_text.size();
}

// A comma or an ampersand may be part of a password; it ends the value if another NAME= or nothing follows.
bool Place::ends_value(std::size_t position) const
{
    const char c = m_text[position];
    if (blank(c) || ends_line(c)) {
        return true;
    }
    if (c != ',' && c != ';' && c != '&' && c != ')' && c != '}' && c != ']' && c != '"' && c != '\'') {
        return false;
    }
    std::size_t next = position + 1;
    if (next >= m_text.size() || blank(m_text[next]) || ends_line(m_text[next])) {
        return true;
    }
    while (next < m_text.size() && name_char(m_text[next])) {
        ++next;
    }
    return next > position + 1 && at(next) == '=';
}

std::size_t Place::plain_end()
{
    // Only a password has blanks, and only where it is the whole of the line can that be told.
    const bool whole_line = m_separator == '=' && is_password_name(name()) && starts_line();
    if (m_last.whole_line == whole_line && m_at >= m_last.begin && m_at < m_last.end) {
        return m_last.end;
    }
    std::size_t position = m_at;
    while (position < m_text.size() && !(whole_line ? ends_line(m_text[position]) : ends_value(position))) {
        ++position;
    }
    m_last = {m_at, position, whole_line};
    return position;
}

std::optional<Span> Place::judged(std::size_t begin, std::size_t end, bool sure) const
{
    const std::string_view value = m_text.substr(begin, end - begin);
    if (value.empty() || is_harmless_value(name(), value) || (!sure && !looks_random(value))) {
        return std::nullopt;
    }
    // "PASSWORD=$PW ./run": of the whole line only the first word is the value.
    const std::string_view first_word = value.substr(0, value.find_first_of(" \t"));
    if (first_word.size() > 3 && first_word != value && is_harmless_value(name(), first_word)) {
        return std::nullopt;
    }
    return Span{begin, end, k_named_secret, value};
}

// <password>value</password>
std::optional<Span> Place::in_tag() const
{
    const std::size_t end = std::min(m_text.find_first_of("<\n", m_end + 1), m_text.size());
    return judged(m_end + 1, end, true);
}

std::optional<Span> Place::secret()
{
    if (!may_have_value() || !is_secret_name(name())) {
        return std::nullopt;
    }
    if (m_begin > 0 && m_text[m_begin - 1] == '<' && at(m_end) == '>') {
        return in_tag();
    }
    m_at = m_end;
    if (at(m_at) == '%') {
        return encoded_separator() ? judged(m_at, encoded_end(), true) : std::nullopt;
    }
    const Quote around_name = quote();
    const bool opened = around_name.mark == 0 || (m_begin > 0 && m_text[m_begin - 1] == around_name.mark);
    if (!opened || !separator()) {
        return std::nullopt;
    }
    const Quote around_value = quote();
    const std::size_t begin = m_at;
    if (around_value.mark != 0) {
        return judged(begin, quoted_end(around_value), true);
    }
    const std::size_t end = plain_end();
    // "name: value" without quotes may be prose; a password at the beginning of a line is YAML. "PASS: x" is a test's result.
    const bool prose = m_separator == ':' && around_name.mark == 0;
    if (prose && segments(name()).back() == "PASS") {
        return std::nullopt;
    }
    const bool last_on_line = end >= m_text.size() || ends_line(at(end)) || at(end) == ',' || at(end) == '}';
    const bool yaml = last_on_line && is_password_name(name()) && starts_line();
    return judged(begin, end, !prose || yaml);
}

} // namespace

std::span<const std::string_view> NameValues::words()
{
    return k_words;
}

void NameValues::find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const
{
    std::size_t done = 0;
    LastValue last;
    for (const scan::WordFinder::Hit& hit : hits) {
        if (hit.position < done) {
            continue;
        }
        done = name_end(text, hit.position);
        if (done >= text.size() || !may_follow_name(text[done])) {
            continue;
        }
        if (const auto secret = Place(text, hit.position, done, last).secret()) {
            spans.push_back(*secret);
            done = std::max(done, secret->end);
        }
    }
}

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
#include "report/markdown_escape.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/links.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"

namespace hpcdoc::report::md {

namespace {

constexpr std::string_view k_zero_width_space = "\xe2\x80\x8b";
// CommonMark 0.30, 2.4 lets any ASCII punctuation be escaped. These mean something within a line in CommonMark, in
// GitHub's dialect (~ | $ @ #) or in Jira's ({ }); the others stay readable as they are.
constexpr std::string_view k_markup = "\\`*_{}[]<>#|~$&@";

bool word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// GitHub and GitLab look for @user, #12, !12, %12 in the rendered text, where a backslash is gone: only a character in
// between stops them. Within a word (an address) they do not look.
bool reference_at(std::string_view text, std::size_t at)
{
    const bool inside_word = at > 0 && word(text[at - 1]);
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    switch (text[at]) {
    case '@': return !inside_word && word(next);
    case '#': return next >= '0' && next <= '9';
    case '!':
    case '%': return !inside_word && next >= '0' && next <= '9';
    default: return false;
    }
}

// "http://", "www." become links by themselves in GitHub's dialect (GFM 0.29, 6.9).
bool autolink_at(std::string_view text, std::size_t at)
{
    const auto ends_in = [&](std::string_view what) {
        return at >= what.size() && util::equal_ignoring_case(text.substr(at - what.size(), what.size()), what);
    };
    return (text[at] == ':' && text.substr(at).starts_with("://")) || (text[at] == ':' && ends_in("mailto")) ||
           (text[at] == ':' && ends_in("xmpp")) || (text[at] == '.' && ends_in("www"));
}

// The end of the mark that could open a list or draw a line at the start of a paragraph; 0: none.
std::size_t block_mark(std::string_view text)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::size_t end = digits + 1;
    if (end > text.size()) {
        return 0;
    }
    const bool opens = digits > 0 ? text[digits] == '.' || text[digits] == ')'
                                  : text.front() == '-' || text.front() == '+' || text.front() == '=';
    return opens && (end == text.size() || text[end] == ' ' || text[end] == text[digits]) ? end : 0;
}

std::size_t longest_run(std::string_view text, char what)
{
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == what ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string escaped(std::string_view text, std::size_t mark)
{
    std::string safe;
    safe.reserve(text.size() + text.size() / 8);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool image = c == '!' && at + 1 < text.size() && text[at + 1] == '[';
        if (k_markup.find(c) != std::string_view::npos || at + 1 == mark || image || autolink_at(text, at)) {
            safe += '\\';
        }
        safe += c;
        if (reference_at(text, at)) {
            safe += k_zero_width_space;
        }
    }
    return safe;
}

} // namespace

std::string plain(std::string_view raw)
{
    const std::string text = one_line(raw);
    return escaped(text, block_mark(text));
}

std::string code(std::string_view raw)
{
    const std::string text = one_line(raw);
    if (text.empty()) {
        return {};
    }
    const std::string ticks(longest_run(text, '`') + 1, '`');
    const std::string_view pad = text.front() == '`' || text.back() == '`' ? " " : "";
    return fmt::format("{}{}{}{}{}", ticks, pad, text, pad, ticks);
}

std::string cell(std::string_view raw)
{
    return escaped(one_line(raw), 0); // the bar too, and line ends are blanks
}

std::string fence(std::string_view text, std::string_view language, std::string_view indent)
{
    const std::string ticks(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
    std::string block = fmt::format("{}{}{}\n", indent, ticks, language);
    for (const std::string_view line : util::lines(text)) {
        block += line.empty() ? "" : indent;
        block += util::printable(line);
        block += '\n';
    }
    return block + fmt::format("{}{}\n", indent, ticks);
}

std::string link(std::string_view url)
{
    return web_address(url) ? fmt::format("<{}>", url) : plain(url);
}

} // namespace hpcdoc::report::md

// SPDX-License-Identifier: Apache-2.0
#include "report/text_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::report {

namespace {

constexpr std::size_t k_least_width = 40, k_most_width = 200;
// Prose wider than this is tiring to read.
constexpr std::size_t k_prose_width = 100;
// A path stays whole so that it can be copied; a "word" beyond this is an attack on the screen. So is a title or a
// paragraph without end. JSON, Markdown and HTML have all of it.
constexpr std::size_t k_word_width = 256, k_lead_width = 400, k_paragraph_width = 2000;

// ECMA-48 SGR of the 16 colours that every terminal has; no blue, it cannot be read on black.
std::string_view code_of(Paint paint)
{
    switch (paint) {
    case Paint::plain: return {};
    case Paint::dim: return "2";
    case Paint::heading: return "1";
    case Paint::command: return "36";
    case Paint::critical: return "1;37;41";
    case Paint::error: return "1;31";
    case Paint::warning: return "1;33";
    case Paint::note: return "1;36";
    case Paint::fine: return "1;32";
    }
    return {};
}

std::string_view without_trailing_blanks(std::string_view text)
{
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::size_t room(std::size_t width, std::string_view indent)
{
    const std::size_t taken = util::display_width(indent);
    return taken < width ? width - taken : 1;
}

} // namespace

TextWriter::TextWriter(const Style& style)
    : m_width(std::clamp<std::size_t>(style.width, k_least_width, k_most_width)), m_color(style.color),
      m_unicode(style.unicode)
{
}

void TextWriter::blank()
{
    m_blank = !m_text.empty();
}

std::string TextWriter::painted(std::string_view text, Paint paint) const
{
    if (!m_color || paint == Paint::plain || text.empty()) {
        return std::string(text);
    }
    return fmt::format("\x1b[{}m{}\x1b[0m", code_of(paint), text);
}

std::string TextWriter::wrapped(std::string_view text, std::size_t most, std::size_t width) const
{
    std::string bounded;
    const std::string whole = util::shorten(text, most, m_unicode);
    for (const std::string_view word : util::split(whole, ' ')) {
        bounded += bounded.empty() ? "" : " ";
        bounded += util::shorten(word, k_word_width, m_unicode);
    }
    return util::wrap(bounded, width);
}

void TextWriter::put(std::string_view plain_start, std::string_view word, Paint word_paint, std::string_view text,
                     Paint paint)
{
    if (m_blank) {
        m_text += '\n';
        m_blank = false;
    }
    text = without_trailing_blanks(text);
    if (text.empty() && word.empty()) {
        m_text += without_trailing_blanks(plain_start);
    } else if (text.empty()) {
        m_text.append(plain_start).append(painted(word, word_paint));
    } else {
        m_text.append(plain_start).append(painted(word, word_paint)).append(word.empty() ? "" : "  ");
        m_text += painted(text, paint);
    }
    m_text += '\n';
}

void TextWriter::line(std::string_view indent, std::string_view text, Paint paint)
{
    put(indent, {}, Paint::plain, text, paint);
}

void TextWriter::cut(std::string_view indent, std::string_view text, Paint paint)
{
    line(indent, util::shorten(text, room(m_width, indent), m_unicode), paint);
}

void TextWriter::prose(const Indent& indent, std::string_view text, Paint paint)
{
    const std::size_t width = std::min(m_width, k_prose_width);
    const std::string paragraph = wrapped(text, k_paragraph_width, room(width, indent.first));
    bool first = true;
    for (const std::string_view part : util::lines(paragraph)) {
        line(first ? indent.first : indent.rest, part, paint);
        first = false;
    }
}

void TextWriter::lead(std::string_view indent, std::string_view word, Paint word_paint, std::string_view text,
                      Paint paint)
{
    const std::string hanging(util::display_width(indent) + util::display_width(word) + (word.empty() ? 0 : 2), ' ');
    const std::size_t width = std::min(m_width, k_prose_width);
    const std::string paragraph = wrapped(text, k_lead_width, room(width, hanging));
    bool first = true;
    for (const std::string_view part : util::lines(paragraph)) {
        put(first ? indent : std::string_view(hanging), first ? word : "", word_paint, part, paint);
        first = false;
    }
    if (first) { // no text at all
        put(indent, word, word_paint, {}, paint);
    }
}

void TextWriter::heading(std::string_view text)
{
    blank();
    line("", text, Paint::heading);
}

void TextWriter::rule()
{
    blank();
    std::string across;
    for (std::size_t i = 0; i < std::min(m_width, k_prose_width); ++i) {
        across += m_unicode ? "─" : "-";
    }
    line("", across, Paint::dim);
    blank();
}

} // namespace hpcdoc::report

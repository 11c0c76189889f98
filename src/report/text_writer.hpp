// SPDX-License-Identifier: Apache-2.0
// Lines of text within a width; nothing of findings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <hpcdoc/report.hpp>

namespace hpcdoc::report {

enum class Paint { plain, dim, heading, command, critical, error, warning, note, fine };

// What stands before a paragraph: before its first line, and before all others.
struct Indent {
    std::string first{}, rest{};
};

class TextWriter {
public:
    explicit TextWriter(const Style& style);

    std::size_t width() const { return m_width; }
    bool unicode() const { return m_unicode; }

    // All texts must be safe already (one_line, safe_lines).
    void blank(); // one blank line before what comes next; never two, never at the start or the end
    void line(std::string_view indent, std::string_view text, Paint paint = Paint::plain); // as it is, however wide
    void cut(std::string_view indent, std::string_view text, Paint paint = Paint::plain);  // shortened to the width
    void prose(const Indent& indent, std::string_view text, Paint paint = Paint::plain);   // wrapped, cut when endless
    // A painted word, then prose that hangs behind it.
    void lead(std::string_view indent, std::string_view word, Paint word_paint, std::string_view text, Paint paint);
    void heading(std::string_view text);
    void rule(); // a line across

    std::string_view dot() const { return m_unicode ? " · " : " - "; }
    std::string_view bar() const { return m_unicode ? "│ " : "| "; }
    std::string_view dots() const { return m_unicode ? "…" : "..."; }

    std::string take() { return std::move(m_text); }

private:
    void put(std::string_view plain_start, std::string_view word, Paint word_paint, std::string_view text, Paint paint);
    std::string painted(std::string_view text, Paint paint) const;
    std::string wrapped(std::string_view text, std::size_t most, std::size_t width) const;

    std::size_t m_width;
    bool m_color, m_unicode;
    bool m_blank = false;
    std::string m_text{};
};

} // namespace hpcdoc::report

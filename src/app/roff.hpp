// SPDX-License-Identifier: Apache-2.0
// Manual pages in the man(7) macros.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/markdown.hpp"
#include "app/option_list.hpp"

namespace hpcdoc::app {

class Roff {
public:
    // "hpcdoc-job-explain", 1
    Roff(std::string_view name, std::string_view section);

    void heading(std::string_view title); // in capitals, as manual pages have them
    void subheading(std::string_view title);
    void name(std::string_view name, std::string_view about);
    void paragraph(std::string_view markdown);
    void code(std::string_view lines);
    void item(std::string_view bold_term, std::string_view markdown); // a term and what it is
    void bullet(std::string_view markdown, unsigned depth);
    void synopsis(std::string_view usage);
    void options(std::span<const OptionInfo> options, bool positionals);
    void block(const MarkdownBlock& block);
    std::string text() && { return std::move(m_text); }

private:
    void macro(std::string_view line);
    void line(std::string text); // one input line; a control character at its start is hidden
    void table(const MarkdownBlock& block);
    void gap();

    std::string m_text{};
    bool m_after_heading = false;
};

std::string roff_escape(std::string_view text);
std::string roff_spans(std::string_view markdown);

} // namespace hpcdoc::app

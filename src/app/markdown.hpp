// SPDX-License-Identifier: Apache-2.0
// The little Markdown that help and manual pages are written in: headings, paragraphs, code indented by four blanks or
// fenced, lists, tables; `code`, **strong** and *emphasis* within text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::app {

struct MarkdownSpan {
    enum class Kind { plain, code, strong, emphasis };
    Kind kind = Kind::plain;
    std::string text{};
    bool operator==(const MarkdownSpan&) const = default;
};

struct MarkdownBlock {
    enum class Kind { heading, paragraph, code, item, table };
    Kind kind = Kind::paragraph;
    unsigned level = 0;                           // heading: 1 …; item: depth, from 0
    std::string text{};                           // code: lines; paragraph: on one line
    std::string marker{};                         // item: "-", "1."
    std::vector<std::vector<std::string>> rows{}; // table; the first is the header
    bool operator==(const MarkdownBlock&) const = default;
};

std::vector<MarkdownBlock> parse_markdown(std::string_view text);
std::vector<MarkdownSpan> parse_spans(std::string_view text);

} // namespace hpcdoc::app

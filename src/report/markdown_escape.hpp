// SPDX-License-Identifier: Apache-2.0
// Text from outside as Markdown that renders as that text and as nothing else.
#pragma once

#include <string>
#include <string_view>

namespace hpcdoc::report::md {

// One line of prose: no markup, no HTML, no link, no @mention, no #reference survives.
std::string plain(std::string_view text);
// `code`, whatever backticks are in it; empty text is nothing.
std::string code(std::string_view text);
// A cell of a table: `plain`, where a bar cannot end it.
std::string cell(std::string_view text);
// A fenced block, each line after `indent`; the fence is longer than any run of backticks inside.
std::string fence(std::string_view text, std::string_view language, std::string_view indent = "");
// <https://…> if the text is a plain web address, else `plain`.
std::string link(std::string_view url);

} // namespace hpcdoc::report::md

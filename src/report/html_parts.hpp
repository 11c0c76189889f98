// SPDX-License-Identifier: Apache-2.0
// Pieces of a page. Each takes raw text, escapes it, and returns whole elements.
#pragma once

#include <string>
#include <string_view>

#include <hpcdoc/report.hpp>

#include "report/view.hpp"

namespace hpcdoc::report::html {

std::string_view style_sheet();
// A whole page around what stands in its body: one file, and the browser is told to load and run nothing.
std::string document(std::string_view raw_title, std::string_view style, std::string_view body);

std::string escape(std::string_view safe); // & < > " ' of text that is printable already
std::string text(std::string_view raw);    // one line, printable and escaped
std::string block(std::string_view raw);   // lines, printable and escaped
std::string paragraph(std::string_view css_class, std::string_view raw); // nothing for nothing
std::string heading(unsigned level, std::string_view raw, std::string_view css_class = "");
std::string badge(Standing standing); // a shape, a colour and a word; nothing for `plain`
std::string details(std::string_view summary, std::string_view body, bool open, std::string_view css_class);

std::string facts(const Report& report);
std::string table(const Table& table, unsigned level);
std::string checks(const Report& report, unsigned level);

std::string evidence(const Finding& finding, bool open);
std::string fixes(const Finding& finding);
std::string see(const Finding& finding);
std::string escalation(const Finding& finding, bool open);

// All of a report: its verdict as a heading of this level, and its parts, with anchors "ID-1", "ID-2" ….
std::string tree(const Report& report, const std::string& id, unsigned level);

} // namespace hpcdoc::report::html

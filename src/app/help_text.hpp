// SPDX-License-Identifier: Apache-2.0
// Help as it stands on a terminal: pure, text in and text out.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <hpcdoc/report.hpp>

#include "app/command_line.hpp"

namespace hpcdoc::app {

std::string markdown_text(std::string_view markdown, const Style& style);
// Two columns: what is typed, what it does.
struct HelpRow {
    std::string left{}, right{};
};
std::string two_columns(std::span<const HelpRow> rows, const Style& style);

std::string command_help(CommandTable table, const CommandEntry& entry, const Style& style);
std::string group_help(CommandTable table, std::string_view path, const Style& style);
std::string overview(CommandTable table, const Style& style);

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// What other programs ask hpcdoc about itself: completions, manual pages, tests. Not for people, so not in the help.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/command_tree.hpp"

namespace hpcdoc::app {

// Nothing when the words ask for none of them; else the exit status.
std::optional<int> run_hidden(CommandTable table, std::span<const std::string> words);

// Every command and option as JSON.
std::string describe_cli(CommandTable table);

// `complete INDEX -- WORD…`: candidates for the word at INDEX (hpcdoc itself is word 0), one a line: word, tab, about.
// A first line ":files" or ":dirs" asks the shell to add names of files. Silent and quick whatever happens.
int complete(CommandTable table, std::span<const std::string> arguments);

// Manual pages: of a command; of the findings; of a Markdown file, in which "@commands@" and "@options@" stand for
// lists.
Result<std::string> man_page(CommandTable table, const std::string& path);
Result<std::string> findings_page(const std::filesystem::path& share);
Result<std::string> page_from_markdown(CommandTable table, const std::filesystem::path& file);

// One line for each thing wrong with the rules; empty: all is well.
Result<std::string> lint_rules(const std::vector<std::filesystem::path>& dirs);

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// Commands by their paths: "job explain" is the verb `explain` of the group `job`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/command.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc::app {

using CommandTable = std::span<const CommandEntry>;

const CommandEntry* find_command(CommandTable table, std::string_view path);
bool is_group(CommandTable table, std::string_view path); // "" is one
// The words that may follow the path, sorted; each once. At the top also "help".
std::vector<std::string> words_after(CommandTable table, std::string_view path);
// Commands of the group or below it; of "" all.
std::vector<const CommandEntry*> commands_below(CommandTable table, std::string_view path);
// What a word is, for a reader: the summary of a command, or the verbs of a group.
std::string about_word(CommandTable table, std::string_view path);

std::string join_path(std::string_view path, std::string_view word);
// The path and one more word; Code::usage with the nearest name if there is no such command.
Result<std::string> step_into(CommandTable table, std::string_view path, std::string_view word);

} // namespace hpcdoc::app

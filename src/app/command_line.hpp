// SPDX-License-Identifier: Apache-2.0
// What the command line asks for.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_tree.hpp"
#include "app/global_options.hpp"
#include "app/option_list.hpp"

namespace hpcdoc::app {

struct CommandLine {
    enum class Wish { run, help, version };
    Wish wish = Wish::run;
    std::string path{};                  // the command or, for help, perhaps a group; "" is the program
    const CommandEntry* entry = nullptr; // run: never null
    std::unique_ptr<Command> command{};  // run: with its options bound
    GlobalOptions options{};
};

// The words of the command's path found, and all others, in order.
struct Leading {
    std::string path{};
    const CommandEntry* entry = nullptr; // null: the words end before a command
    std::vector<std::string> rest{};
    bool help = false, version = false;
};

Result<Leading> read_leading(CommandTable table, std::span<const std::string> words);
// `words` without the program's name. Code::usage when wrong.
Result<CommandLine> read_command_line(CommandTable table, std::span<const std::string> words);

// The options of a command; global ones apart.
std::vector<OptionInfo> command_options(const CommandEntry& entry);
const std::vector<OptionInfo>& global_options();

} // namespace hpcdoc::app

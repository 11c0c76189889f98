// SPDX-License-Identifier: Apache-2.0
// The table of commands, made by CMake from the folders. A plain list: objects that register themselves would be
// dropped by the linker from a static library.
#include <algorithm>
#include <array>

#include <hpcdoc/command.hpp>

namespace hpcdoc {

#define HPCDOC_COMMAND(name) CommandEntry hpcdoc_command_##name();
#include "commands.inc"
#undef HPCDOC_COMMAND

std::span<const CommandEntry> commands()
{
    static const auto k_table = [] {
        std::array table{
#define HPCDOC_COMMAND(name) hpcdoc_command_##name(),
#include "commands.inc"
#undef HPCDOC_COMMAND
        };
        std::sort(table.begin(), table.end(),
                  [](const CommandEntry& a, const CommandEntry& b) { return a.info.path < b.info.path; });
        return table;
    }();
    return k_table;
}

} // namespace hpcdoc

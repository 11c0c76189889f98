// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/host.hpp>

#include "app/command_line.hpp"

namespace hpcdoc {

Result<void> run_inside(Context& ctx, std::span<const std::string> words, Report& report)
{
    HPCDOC_TRY_ASSIGN(app::CommandLine line, app::read_command_line(commands(), words));
    if (line.wish != app::CommandLine::Wish::run || line.entry->info.effect != Effect::reads) {
        return failure(Code::usage, "'" + line.path + "' cannot be run inside another command");
    }
    report.command = line.path;
    report.generated = ctx.host.now();
    return line.command->run(ctx, report);
}

} // namespace hpcdoc

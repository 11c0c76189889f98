// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/logs.hpp>

#include "help/logs_scan.hpp"

namespace hpcdoc {

namespace {

class LogsScan final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("PATH", m_request.paths, "Log files, directories of them, patterns; - is standard input")->required();
        app.add_flag("-a,--all", m_request.everything, "All that rules know in them, not only what matters");
    }

    Result<void> run(Context& ctx, Report& report) override { return scan_logs(ctx, m_request, report); }

private:
    LogRequest m_request{};
};

} // namespace

CommandEntry hpcdoc_command_logs_scan()
{
    return {{.path = "logs scan",
             .summary = "Find the root cause in the logs of a job",
             .help = hpcdoc_help_logs_scan,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<LogsScan>(); }};
}

} // namespace hpcdoc

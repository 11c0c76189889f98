// SPDX-License-Identifier: Apache-2.0
// A table of commands as a program might have them.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>

namespace hpcdoc::test {

class ToyCommand final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("ID", m_ids, "Job ids");
        app.add_option("-M,--cluster", m_cluster, "Cluster to ask")->type_name("NAME");
        app.add_option("-d,--days", m_days, "How far back")->check(CLI::Range(1, 100))->capture_default_str();
        app.add_flag("!--no-log", m_log, "Do not read the log");
    }
    Result<void> run(Context& /*ctx*/, Report& /*report*/) override { return {}; }

    std::vector<std::string> m_ids{};
    std::string m_cluster{};
    unsigned m_days = 7;
    bool m_log = true;
};

inline std::unique_ptr<Command> make_toy()
{
    return std::make_unique<ToyCommand>();
}

inline std::span<const CommandEntry> toy_commands()
{
    static const std::array table{
        CommandEntry{{.path = "bundle", .summary = "Make a bundle", .help = "# hpcdoc bundle\n"}, make_toy},
        CommandEntry{{.path = "bundle show", .summary = "Show a bundle", .help = "# hpcdoc bundle show\n"}, make_toy},
        CommandEntry{{.path = "check-env", .summary = "Check the environment", .help = "# hpcdoc check-env\n"},
                     make_toy},
        CommandEntry{{.path = "job explain",
                      .summary = "Say why",
                      .help = "# hpcdoc job explain\n\n## Examples\n\n    hpcdoc job explain 1\n\n## See "
                              "also\n\nsacct(1)\n\n## Description\n\nTells.\n"},
                     make_toy},
        CommandEntry{
            {.path = "job list", .summary = "List jobs", .help = "# hpcdoc job list\n", .audience = Audience::admin},
            make_toy}};
    return table;
}

} // namespace hpcdoc::test

// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/settings.hpp>

#include "help/config_show.hpp"

namespace hpcdoc {

namespace {

class ConfigShow final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("KEY", m_names, "A setting or a table of settings; none: all");
    }

    Result<void> run(Context& ctx, Report& report) override { return show_settings(ctx, m_names, report); }

    std::vector<Candidate> complete(std::string_view argument, Context& /*ctx*/) override
    {
        return argument == "KEY" ? setting_candidates() : std::vector<Candidate>{};
    }

private:
    std::vector<std::string> m_names{};
};

} // namespace

CommandEntry hpcdoc_command_config_show()
{
    return {{.path = "config show",
             .summary = "Show each setting, its value and where it comes from",
             .help = hpcdoc_help_config_show,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<ConfigShow>(); }};
}

} // namespace hpcdoc

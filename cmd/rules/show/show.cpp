// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/rule_views.hpp>

#include "help/rules_show.hpp"

namespace hpcdoc {

namespace {

class RulesShow final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("ID", m_ids, "The id or name of a rule")->required();
    }

    Result<void> run(Context& ctx, Report& report) override { return show_rules(ctx, m_ids, report); }

    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return rule_candidates(ctx, argument);
    }

private:
    std::vector<std::string> m_ids{};
};

} // namespace

CommandEntry hpcdoc_command_rules_show()
{
    return {{.path = "rules show",
             .summary = "Show a rule: its patterns, its texts, its file",
             .help = hpcdoc_help_rules_show,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<RulesShow>(); }};
}

} // namespace hpcdoc

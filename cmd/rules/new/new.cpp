// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/rule_views.hpp>

#include "help/rules_new.hpp"

namespace hpcdoc {

namespace {

class RulesNew final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("TEXT", m_words, "The line, in one word or several; - or none: standard input");
    }

    Result<void> run(Context& ctx, Report& report) override { return draft_rule(ctx, m_words, standard_input(), report); }

private:
    std::vector<std::string> m_words{};
};

} // namespace

CommandEntry hpcdoc_command_rules_new()
{
    return {{.path = "rules new",
             .summary = "Make a rule of a line, ready to be edited",
             .help = hpcdoc_help_rules_new,
             .audience = Audience::admin,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<RulesNew>(); }};
}

} // namespace hpcdoc

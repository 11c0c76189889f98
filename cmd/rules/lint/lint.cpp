// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/rule_views.hpp>

#include "help/rules_lint.hpp"

namespace hpcdoc {

namespace {

class RulesLint final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("DIR", m_dir, "A directory or file with rules; default: all that hpcdoc uses")->type_name("DIR");
    }

    Result<void> run(Context& ctx, Report& report) override { return prove_rules(ctx, RuleProof::lint, m_dir, report); }

private:
    std::string m_dir{};
};

} // namespace

CommandEntry hpcdoc_command_rules_lint()
{
    return {{.path = "rules lint",
             .summary = "Find mistakes in rules: keys, patterns, missing parts",
             .help = hpcdoc_help_rules_lint,
             .audience = Audience::admin,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<RulesLint>(); }};
}

} // namespace hpcdoc

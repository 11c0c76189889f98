// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/rule_views.hpp>

#include "help/rules_search.hpp"

namespace hpcdoc {

namespace {

class RulesSearch final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("WORD", m_words, "Words that a rule must have, in any of its parts")->required();
    }

    Result<void> run(Context& ctx, Report& report) override { return search_rules(ctx, m_words, report); }

private:
    std::vector<std::string> m_words{};
};

} // namespace

CommandEntry hpcdoc_command_rules_search()
{
    return {{.path = "rules search",
             .summary = "Search the rules for words",
             .help = hpcdoc_help_rules_search,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<RulesSearch>(); }};
}

} // namespace hpcdoc

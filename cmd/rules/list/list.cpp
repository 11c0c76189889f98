// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/rule_views.hpp>

#include "help/rules_list.hpp"

namespace hpcdoc {

namespace {

class RulesList final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("-t,--topic", m_question.topic, "Only rules of this topic: log, job …")->type_name("TOPIC");
        app.add_option("-l,--label", m_question.label, "Only rules with this label")->type_name("LABEL");
        app.add_option("-s,--severity", m_question.severity, "Only rules of this severity")
            ->check(CLI::IsMember({"note", "warning", "error", "critical"}))
            ->type_name("SEVERITY");
    }

    Result<void> run(Context& ctx, Report& report) override { return list_rules(ctx, m_question, report); }

    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return rule_candidates(ctx, argument);
    }

private:
    RuleListQuestion m_question{};
};

} // namespace

CommandEntry hpcdoc_command_rules_list()
{
    return {{.path = "rules list",
             .summary = "List the rules by which hpcdoc judges",
             .help = hpcdoc_help_rules_list,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<RulesList>(); }};
}

} // namespace hpcdoc

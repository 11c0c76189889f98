// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/explain.hpp>

#include "help/explain.hpp"

namespace hpcdoc {

namespace {

class Explain final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_flag("-l,--list", m_question.list, "What there is to explain; with words: what has all of them");
        app.add_option("TEXT", m_question.words, "A message, a code or a name, in one word or several; - or none: standard input");
    }

    Result<void> run(Context& ctx, Report& report) override
    {
        return explain_text(ctx, m_question, standard_input(), report);
    }

    // A pipe is over when the program before it is.
    std::optional<std::chrono::seconds> patience() const override
    {
        const bool piped = !m_question.list && (m_question.words.empty() || m_question.words.front() == "-");
        return piped ? std::optional<std::chrono::seconds>(std::chrono::minutes(10)) : std::nullopt;
    }

    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return argument == "TEXT" ? explain_candidates(ctx) : std::vector<Candidate>{};
    }

private:
    ExplainQuestion m_question{};
};

} // namespace

CommandEntry hpcdoc_command_explain()
{
    return {{.path = "explain",
             .summary = "Explain a message, a code, a signal, a reason or a state",
             .help = hpcdoc_help_explain,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<Explain>(); }};
}

} // namespace hpcdoc

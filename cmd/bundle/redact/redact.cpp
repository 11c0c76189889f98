// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/redact_file.hpp>

#include "help/bundle_redact.hpp"

namespace hpcdoc {

namespace {

class BundleRedact final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("file", m_question.file, "A text, compressed or not, or an archive")
            ->type_name("FILE")
            ->required();
        app.add_option("-o,--output", m_question.output,
                       "A new file for what is clean, or - for standard output; default: beside FILE")
            ->type_name("FILE");
    }

    Result<void> run(Context& ctx, Report& report) override
    {
        return redact_file(ctx, m_question, standard_output(), report);
    }

private:
    RedactFileQuestion m_question{};
};

} // namespace

CommandEntry hpcdoc_command_bundle_redact()
{
    return {{.path = "bundle redact",
             .summary = "Copy a log or an archive without its secrets",
             .help = hpcdoc_help_bundle_redact,
             .audience = Audience::user,
             .effect = Effect::writes_own_files},
            []() -> std::unique_ptr<Command> { return std::make_unique<BundleRedact>(); }};
}

} // namespace hpcdoc

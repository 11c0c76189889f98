// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/command.hpp>

#include "help/bundle_diff.hpp"

namespace hpcdoc {

namespace {

class BundleDiff final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("BEFORE", m_before, "A bundle, or a directory with one unpacked")->required()->type_name("FILE");
        app.add_option("AFTER", m_after, "Another one")->required()->type_name("FILE");
    }

    Result<void> run(Context& ctx, Report& report) override { return diff_bundles(ctx, m_before, m_after, report); }

private:
    std::string m_before{}, m_after{};
};

} // namespace

CommandEntry hpcdoc_command_bundle_diff()
{
    return {{.path = "bundle diff",
             .summary = "Say what changed between two bundles",
             .help = hpcdoc_help_bundle_diff,
             .audience = Audience::support,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<BundleDiff>(); }};
}

} // namespace hpcdoc

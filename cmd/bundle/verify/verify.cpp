// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/command.hpp>

#include "help/bundle_verify.hpp"

namespace hpcdoc {

namespace {

class BundleVerify final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("FILE", m_file, "A bundle, or a directory with one unpacked")->required()->type_name("FILE");
    }

    Result<void> run(Context& ctx, Report& report) override { return verify_bundle(ctx, m_file, report); }

private:
    std::string m_file{};
};

} // namespace

CommandEntry hpcdoc_command_bundle_verify()
{
    return {{.path = "bundle verify",
             .summary = "Check that a bundle is whole, harmless and clean",
             .help = hpcdoc_help_bundle_verify,
             .audience = Audience::user,
             .effect = Effect::reads,
             .finds_secrets = true},
            []() -> std::unique_ptr<Command> { return std::make_unique<BundleVerify>(); }};
}

} // namespace hpcdoc

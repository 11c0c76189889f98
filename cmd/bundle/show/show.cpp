// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/command.hpp>

#include "help/bundle_show.hpp"

namespace hpcdoc {

namespace {

class BundleShow final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("FILE", m_file, "A bundle, or a directory with one unpacked")->required()->type_name("FILE");
        app.add_option("MEMBER", m_member,
                       "A member by its name, the end of it, or the id of an item; none: all in short");
    }

    Result<void> run(Context& ctx, Report& report) override
    {
        return m_member.empty() ? show_bundle(ctx, m_file, report) : show_bundle_member(ctx, m_file, m_member, report);
    }

private:
    std::string m_file{}, m_member{};
};

} // namespace

CommandEntry hpcdoc_command_bundle_show()
{
    return {{.path = "bundle show",
             .summary = "Show what a bundle says, or one of its members",
             .help = hpcdoc_help_bundle_show,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<BundleShow>(); }};
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/command.hpp>

#include "help/bundle_grep.hpp"

namespace hpcdoc {

namespace {

class BundleGrep final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_flag("-i,--ignore-case", m_search.ignore_case, "Upper and lower case are one");
        app.add_flag("-F,--fixed-strings", m_search.fixed, "PATTERN is a text, not an expression");
        app.add_flag("--count", m_search.counts, "How many lines of each member, not which");
        app.add_option("PATTERN", m_search.pattern, "RE2 expression, looked for in each line")->required();
        app.add_option("FILE", m_search.file, "A bundle, or a directory with one unpacked")
            ->required()
            ->type_name("FILE");
        app.add_option("MEMBER", m_search.members, "Members, directories or glob patterns; none: all");
    }

    Result<void> run(Context& ctx, Report& report) override { return grep_bundle(ctx, m_search, report); }

private:
    BundleSearch m_search{};
};

} // namespace

CommandEntry hpcdoc_command_bundle_grep()
{
    return {{.path = "bundle grep",
             .summary = "Search the members of a bundle",
             .help = hpcdoc_help_bundle_grep,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<BundleGrep>(); }};
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "app/hidden.hpp"

#include <functional>

#include <hpcdoc/report.hpp>
#include <hpcdoc/rules.hpp>

#include "app/places.hpp"
#include "app/stdio.hpp"

namespace hpcdoc::app {

namespace {

using Words = std::span<const std::string>;

int show(const Result<std::string>& text)
{
    if (!text) {
        complain(text.error());
        return static_cast<int>(Exit::usage);
    }
    if (const auto written = write_output(*text, "the answer"); !written) {
        complain(written.error());
        return static_cast<int>(Exit::usage);
    }
    return 0;
}

std::string joined(Words words)
{
    std::string path;
    for (const std::string& word : words) {
        path = join_path(path, word);
    }
    return path;
}

int show_findings()
{
    const auto share = find_share(own_environment());
    return share ? show(findings_page(*share)) : show(tl::unexpected(share.error()));
}

int show_lint(Words dirs)
{
    const Result<std::string> issues = lint_rules({dirs.begin(), dirs.end()});
    const int status = show(issues);
    return status == 0 && !issues->empty() ? 1 : status;
}

} // namespace

Result<std::string> lint_rules(const std::vector<std::filesystem::path>& dirs)
{
    const RuleBook rules(dirs);
    HPCDOC_TRY_ASSIGN(std::vector<RuleIssue> issues, rules.lint());
    HPCDOC_TRY_ASSIGN(const std::vector<RuleIssue> wrong, rules.check_examples());
    issues.insert(issues.end(), wrong.begin(), wrong.end());
    std::string text;
    for (const RuleIssue& issue : issues) {
        text += issue.where + ": " + issue.message + "\n";
    }
    return text;
}

std::optional<int> run_hidden(CommandTable table, Words words)
{
    if (words.empty() || !words.front().starts_with("__")) {
        return std::nullopt;
    }
    const std::string& name = words.front();
    const Words rest = words.subspan(1);
    if (name == "__dump-cli") {
        return show(describe_cli(table));
    }
    if (name == "__complete") {
        return complete(table, rest);
    }
    if (name == "__man") {
        return show(man_page(table, joined(rest)));
    }
    if (name == "__man-findings") {
        return show_findings();
    }
    if (name == "__roff" && rest.size() == 1) {
        return show(page_from_markdown(table, rest.front()));
    }
    if (name == "__lint-rules" && !rest.empty()) {
        return show_lint(rest);
    }
    return std::nullopt;
}

} // namespace hpcdoc::app

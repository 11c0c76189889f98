// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <hpcdoc/host.hpp>
#include <hpcdoc/rule_views.hpp>
#include <hpcdoc/rules.hpp>

#include "config/own_files.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace explain {

namespace {

// What is to be proved: the directories of a RuleBook, and which files' mistakes count.
struct Proved {
    std::vector<std::filesystem::path> dirs{};
    std::string only{}; // a path that the files begin with; empty: all
};

bool is_topic(const Context& ctx, const std::filesystem::path& dir)
{
    const auto topics = config::own_dirs_in(ctx.share / "rules");
    return topics && std::find(topics->begin(), topics->end(), dir.filename().string()) != topics->end();
}

// DIR may be a directory of rules, the folder of a topic in one, or a single file.
Result<Proved> proved(const Context& ctx, const std::string& dir)
{
    Proved made;
    made.dirs = ctx.rules.dirs();
    if (dir.empty()) {
        return made;
    }
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(dir, error).lexically_normal();
    const bool file = path.extension() == ".toml" && config::read_own_file(path).has_value();
    std::filesystem::path folder = file ? path.parent_path() : path.has_filename() ? path : path.parent_path();
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> inside, config::own_files_in(folder, ".toml"));
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> below, config::own_dirs_in(folder));
    if (inside.empty() && below.empty()) {
        return failure(Code::config, fmt::format("there are no rules in '{}'", util::printable(dir)), "give a directory with *.toml files, or with a folder for each topic: log, job");
    }
    made.only = file ? path.string() : folder.string() + "/";
    if (is_topic(ctx, folder)) {
        folder = folder.parent_path();
    }
    const bool known = std::find(made.dirs.begin(), made.dirs.end(), folder) != made.dirs.end();
    if (!known) {
        made.dirs.push_back(folder);
    }
    return made;
}

std::string text_of(const RuleIssue& issue)
{
    const std::string column = issue.column > 0 ? fmt::format(":{}", issue.column) : "";
    return fmt::format("{}{}: {}{}{}", issue.where, column, issue.message, issue.excerpt.empty() ? "" : "\n", issue.excerpt);
}

void keep_those_of(const std::string& only, std::vector<RuleIssue>& issues)
{
    std::erase_if(issues, [&](const RuleIssue& issue) { return !issue.where.starts_with(only); });
}

Result<void> told(const std::vector<RuleIssue>& issues)
{
    if (issues.empty()) {
        return {};
    }
    std::string text = issues.size() == 1 ? "one mistake in the rules" : fmt::format("{} mistakes in the rules", issues.size());
    for (const RuleIssue& issue : issues) {
        text += "\n" + text_of(issue);
    }
    return failure(Code::config, std::move(text), "how a rule is written: man hpcdoc-rules");
}

std::size_t count_of(const std::vector<RuleDetail>& rules, const std::string& only)
{
    return static_cast<std::size_t>(std::count_if(rules.begin(), rules.end(), [&](const RuleDetail& rule) { return rule.file.starts_with(only); }));
}

std::size_t examples_of(const std::vector<RuleDetail>& rules, const std::string& only)
{
    std::size_t count = 0;
    for (const RuleDetail& rule : rules) {
        count += rule.file.starts_with(only) ? rule.fires_count + rule.silent_count : 0;
    }
    return count;
}

} // namespace

} // namespace explain

Result<void> prove_rules(Context& ctx, RuleProof proof, const std::string& dir, Report& report)
{
    HPCDOC_TRY_ASSIGN(const explain::Proved proved, explain::proved(ctx, dir));
    const RuleBook book(proved.dirs);
    HPCDOC_TRY_ASSIGN(std::vector<RuleIssue> issues, book.mistakes());
    HPCDOC_TRY(explain::told(issues)); // in what hpcdoc uses too: with one nothing else can be said
    HPCDOC_TRY_ASSIGN(issues, proof == RuleProof::lint ? book.lint() : book.check_examples());
    explain::keep_those_of(proved.only, issues);
    HPCDOC_TRY(explain::told(issues));
    HPCDOC_TRY_ASSIGN(const std::vector<RuleDetail> rules, book.details());
    const std::size_t count = explain::count_of(rules, proved.only);
    Finding finding;
    finding.id = proof == RuleProof::lint ? "rules.lint" : "rules.test";
    finding.severity = Severity::note;
    finding.certainty = Certainty::certain;
    const std::string many = fmt::format("{} {}", count, count == 1 ? "rule" : "rules");
    if (proof == RuleProof::lint) {
        finding.title = fmt::format("{}: no mistake", many);
    } else {
        const std::size_t examples = explain::examples_of(rules, proved.only);
        finding.title = fmt::format("{}, {} {}: all fire and are silent as they should", many, examples, examples == 1 ? "example" : "examples");
    }
    report.subject = dir.empty() ? "" : util::printable(dir);
    report.passed(finding.id, report.subject);
    report.add(std::move(finding));
    return {};
}

} // namespace hpcdoc

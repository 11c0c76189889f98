// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "config/own_files.hpp"
#include "rules/lint.hpp"
#include "rules/load.hpp"
#include "rules/parse.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

// "file:12:5: what\nthe line\n    ^" taken apart.
RuleIssue issue_of(const Error& error, const std::string& file)
{
    RuleIssue issue;
    issue.message = error.message + (error.hint.empty() ? "" : " (" + error.hint + ")");
    issue.where = file;
    if (!error.message.starts_with(file + ":")) {
        return issue;
    }
    const std::size_t line_end = std::min(error.message.find('\n'), error.message.size());
    const std::string_view first = std::string_view(error.message).substr(0, line_end);
    const std::size_t line = file.size() + 1;
    const std::size_t column = first.find(':', line);
    const std::size_t what = column == std::string_view::npos ? column : first.find(':', column + 1);
    if (what == std::string_view::npos) {
        return issue;
    }
    issue.where = std::string(first.substr(0, column));
    issue.column = util::parse_unsigned(first.substr(column + 1, what - column - 1)).value_or(0);
    issue.message = std::string(util::trim(first.substr(what + 1))) + (error.hint.empty() ? "" : " (" + error.hint + ")");
    issue.excerpt = line_end < error.message.size() ? error.message.substr(line_end + 1) : std::string();
    return issue;
}

// Where each rule begins. A text between triple quotes can hold such a line too: then the parts show no mistake, and that
// of the whole is told.
std::vector<std::size_t> rule_lines(std::string_view text)
{
    std::vector<std::size_t> begins;
    for (std::size_t at = text.find("[[rule]]"); at != std::string_view::npos; at = text.find("[[rule]]", at + 1)) {
        if (at == 0 || text[at - 1] == '\n') {
            begins.push_back(at);
        }
    }
    return begins;
}

// Rule by rule, so that one mistake does not hide those of the other rules.
void find_mistakes(const std::string& file, const std::string& text, std::string_view topic, std::vector<RuleIssue>& issues)
{
    const auto whole = parse_rule_file(file, text, topic, WithExamples::yes);
    if (whole) {
        return;
    }
    const std::size_t before = issues.size();
    std::vector<std::size_t> begins = rule_lines(text);
    begins.push_back(text.size());
    for (std::size_t at = 0; at + 1 < begins.size(); ++at) {
        const auto begin = text.begin() + static_cast<std::ptrdiff_t>(begins[at]);
        std::string alone(static_cast<std::size_t>(std::count(text.begin(), begin, '\n')), '\n');
        alone.append(text, begins[at], begins[at + 1] - begins[at]);
        if (const auto one = parse_rule_file(file, std::move(alone), topic, WithExamples::yes); !one) {
            issues.push_back(issue_of(one.error(), file));
        }
    }
    if (issues.size() == before) {
        issues.push_back(issue_of(whole.error(), file));
    }
}

} // namespace

Result<std::vector<RuleIssue>> mistakes_in(std::span<const std::filesystem::path> dirs)
{
    std::vector<RuleIssue> issues;
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> topics, topics_in(dirs));
    for (const std::string& topic : topics) {
        HPCDOC_TRY_ASSIGN(const std::vector<TopicFile> files, files_of(dirs, topic));
        for (const TopicFile& file : files) {
            const auto text = config::read_own_file(file.path);
            if (text) {
                find_mistakes(file.path.string(), *text, topic, issues);
            } else {
                issues.push_back(issue_of(text.error(), file.path.string()));
            }
        }
    }
    return issues;
}

} // namespace hpcdoc::rules

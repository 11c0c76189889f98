// SPDX-License-Identifier: Apache-2.0
// The rules, for people who read and write them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/command.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/explain.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

struct RuleListQuestion {
    std::string topic{}, label{}, severity{}; // empty: all
};

Result<void> list_rules(Context& ctx, const RuleListQuestion& question, Report& report);
// Every rule of these ids or names. Code::usage when there is none.
Result<void> show_rules(Context& ctx, const std::vector<std::string>& ids, Report& report);
// Rules that have all words, the nearest first.
Result<void> search_rules(Context& ctx, const std::vector<std::string>& words, Report& report);

enum class RuleProof { lint, test };

// All rules that hpcdoc uses, or those of `dir` (a directory or a file) together with them. Code::config with every
// mistake: "file:line:column: what", the line and a caret.
Result<void> prove_rules(Context& ctx, RuleProof proof, const std::string& dir, Report& report);

// A rule made of a line, ready to be edited, as the report's body. Words as in explain_text.
Result<void> draft_rule(Context& ctx, const std::vector<std::string>& words, TextInput& input, Report& report);

// Ids, topics or labels, for completion.
std::vector<Candidate> rule_candidates(Context& ctx, std::string_view argument);

} // namespace hpcdoc

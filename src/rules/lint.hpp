// SPDX-License-Identifier: Apache-2.0
// What is wrong with rules that parse.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <hpcdoc/rules.hpp>

#include "config/source_text.hpp"

#include "rules/topic.hpp"

namespace hpcdoc::rules {

// With the line and a caret under the place.
RuleIssue issue_at(const config::SourceText& source, config::Place place, std::string message);
// See RuleBook::mistakes.
Result<std::vector<RuleIssue>> mistakes_in(std::span<const std::filesystem::path> dirs);

// Both want a topic that was loaded with its examples.
void lint(const Topic& topic, std::vector<RuleIssue>& issues);
Result<void> check_examples(const Topic& topic, std::vector<RuleIssue>& issues);

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
// What is wrong with rules that parse.
#pragma once

#include <vector>

#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"

namespace hpcdoc::rules {

// Both want a topic that was loaded with its examples.
void lint(const Topic& topic, std::vector<RuleIssue>& issues);
Result<void> check_examples(const Topic& topic, std::vector<RuleIssue>& issues);

} // namespace hpcdoc::rules

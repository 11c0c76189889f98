// SPDX-License-Identifier: Apache-2.0
// One rule file: text in, rules out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "rules/rule.hpp"

namespace hpcdoc::rules {

struct RuleFile {
    std::vector<Rule> rules{};
    std::optional<Message> message{};
};

enum class WithExamples { no, yes };

// `name` is the file's path, `topic` its folder; examples are skipped unless asked for.
Result<RuleFile> parse_rule_file(std::string name, std::string text, std::string_view topic, WithExamples examples);

} // namespace hpcdoc::rules

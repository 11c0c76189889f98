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

// Of the short form that find_blocks() makes: rules with no more than their heads.
Result<std::vector<Rule>> parse_rule_heads(std::string name, std::string text, std::string_view topic);

} // namespace hpcdoc::rules

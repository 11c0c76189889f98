// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"

namespace hpcdoc::rules {

// Words of at least three letters or digits, in lower case, each once, sorted.
std::vector<std::string> words_in(std::string_view text);

// Log rules whose id and words share the rarest words with the text; one that shares only common ones is none.
Result<std::vector<RuleInfo>> nearest_rules(const Topic& topic, std::string_view text, std::size_t most);

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"

namespace hpcdoc::rules {

// See RuleBook::read_log.
Result<std::vector<LogMatch>> read_log(const Topic& topic, std::string_view text, std::string_view source, const Facts& facts,
                                       LogLines which = LogLines::suspicious);

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"

namespace hpcdoc::rules {

// suspicious: those that have a word of some rule that tells trouble. Rules that know what is no trouble have a say in
// them only.
enum class WhichLines { suspicious, all };

// See RuleBook::read_log.
Result<std::vector<LogMatch>> read_log(const Topic& topic, std::string_view text, std::string_view source, const Facts& facts,
                                       WhichLines which = WhichLines::suspicious);

} // namespace hpcdoc::rules

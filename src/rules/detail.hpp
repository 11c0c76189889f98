// SPDX-License-Identifier: Apache-2.0
// Rules for people who read rules.
#pragma once

#include <hpcdoc/rules.hpp>

#include "rules/topic.hpp"

namespace hpcdoc::rules {

RuleInfo info_of(const Topic& topic, const Rule& rule);
// Of a topic that was loaded with its examples.
RuleDetail detail_of(const Topic& topic, const Rule& rule);

} // namespace hpcdoc::rules

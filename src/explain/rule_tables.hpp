// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <hpcdoc/context.hpp>
#include <hpcdoc/rules.hpp>

namespace hpcdoc::explain {

// "log/50-python.toml:12" of hpcdoc's own, the whole path of a site's.
std::string where_of(const Context& ctx, const RuleDetail& rule);
std::string kind_name(LogMatch::Kind kind);
// One line that says what the rule says; a noise rule may have no title.
std::string says(const RuleDetail& rule);

} // namespace hpcdoc::explain

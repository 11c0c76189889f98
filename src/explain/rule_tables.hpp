// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <hpcdoc/context.hpp>
#include <hpcdoc/rules.hpp>

namespace hpcdoc::explain {

// "log/50-python.toml:12" for a file of hpcdoc's own, the whole path for one of a site's.
std::string short_place(const Context& ctx, const std::string& file);
std::string kind_name(LogMatch::Kind kind);
// One line that says what the rule says; a noise rule may have no title.
std::string says(const RuleDetail& rule);

} // namespace hpcdoc::explain

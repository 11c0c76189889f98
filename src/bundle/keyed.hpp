// SPDX-License-Identifier: Apache-2.0
// Texts that are lists of names with values: variables, limits, packages, modules.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hpcdoc::bundle {

// "NAME=value", "Name: value", "numpy 1.26.0", "numpy==1.26.0", "gcc/12.2.0", "Max open files  1024": by name, both in
// one form. Nothing when too few lines of one of them are of that form, or names stand twice: then they are just texts.
using Values = std::map<std::string, std::string>;
std::optional<std::pair<Values, Values>> keyed(std::string_view before, std::string_view after);

} // namespace hpcdoc::bundle

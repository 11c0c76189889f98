// SPDX-License-Identifier: Apache-2.0
// Texts that are lists of names with values: variables, limits, packages, modules.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hpcdoc::bundle {

// "NAME=value", "Name: value", "numpy 1.26.0", "numpy==1.26.0", "gcc/12.2.0", "Max open files  1024": by name. Nothing when
// too few lines are of one such form, or names stand twice: then it is just a text.
std::optional<std::map<std::string, std::string>> keyed(std::string_view text);

} // namespace hpcdoc::bundle

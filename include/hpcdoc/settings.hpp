// SPDX-License-Identifier: Apache-2.0
// What hpcdoc can say of its own settings.
#pragma once

#include <string>
#include <vector>

#include <hpcdoc/command.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

// The settings of these names, or of a table ("job"); none: all. Value, where it comes from and who may set it.
Result<void> show_settings(Context& ctx, const std::vector<std::string>& names, Report& report);

std::vector<Candidate> setting_candidates();

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// Many tasks, few stories: an array (or a heterogeneous job) is grouped by verdict, with one example each.
#pragma once

#include <functional>
#include <vector>

#include "job/examine.hpp"

namespace hpcdoc::job {

using ExplainOne = std::function<Result<void>(Merged merged, Report& part)>;

// `explain` is called for one example of each of the most telling groups.
Result<void> explain_array(SlurmSource& slurm, const Knowledge& knowledge, std::vector<Merged> tasks, Report& report,
                           const ExplainOne& explain);

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <span>

#include <hpcdoc/context.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/report.hpp>

namespace hpcdoc::bundle {

// A mount that gave no answer, and how long it was asked.
struct DeadMount {
    Mount mount{};
    std::chrono::milliseconds asked{0};
    bool holds_home = false;
};

// A hang is a finding. Clean of secrets, as all that a bundle says.
Result<Report> judge_mounts(Context& ctx, std::span<const DeadMount> dead, const Redactor& redactor);

} // namespace hpcdoc::bundle

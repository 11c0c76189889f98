// SPDX-License-Identifier: Apache-2.0
// What the jobs of a bundle used of what they asked for, from the accounting records in it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "archive/members.hpp"
#include "exec/recording.hpp"

namespace hpcdoc::bundle {

struct Meter {
    std::string what{}; // "step 0 on n1", "node n2"
    double used = 0;    // bytes, CPUs or GPUs
    double asked = 0;   // 0: not known
};

struct JobUsage {
    std::string job{}, name{}, source{}; // source: "sacct", "jobstats"
    std::vector<Meter> memory{}, cpu{}, gpu{};
    bool any() const { return !memory.empty() || !cpu.empty() || !gpu.empty(); }
};

// The recording that a bundle is, as far as it can be read; otherwise an empty one.
Recording recording_of(const archive::Members& members);

// Of the jobs with these ids, in their order, the latest run of each; those of which nothing is known are left out.
std::vector<JobUsage> usage_of(const Recording& recording, std::span<const std::string> jobs);

} // namespace hpcdoc::bundle

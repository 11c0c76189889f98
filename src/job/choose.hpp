// SPDX-License-Identifier: Apache-2.0
// Without an id: the caller's most telling job.
#pragma once

#include <optional>
#include <string>

#include <hpcdoc/report.hpp>
#include <hpcdoc/tools/slurm/job_id.hpp>

#include "job/slurm_source.hpp"

namespace hpcdoc::job {

struct Choice {
    slurm::JobId id{};
    std::string why{}; // "your latest job that failed"
};

// The latest failed, else the longest pending, else the latest. Nothing: the caller has no job; the report says so.
Result<std::optional<Choice>> choose_job(SlurmSource& slurm, Report& report);

} // namespace hpcdoc::job

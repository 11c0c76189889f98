// SPDX-License-Identifier: Apache-2.0
// When Slurm itself does not answer, or does not know the job.
#pragma once

#include <hpcdoc/tools/slurm/job_id.hpp>

#include "job/slurm_source.hpp"

namespace hpcdoc {
class Report;
}

namespace hpcdoc::job {

// Facts of topic "slurm" (which command failed how) judged by its rules; `found`: a record of the job was seen, so the
// trouble is only context.
Result<void> judge_trouble(SlurmSource& slurm, const slurm::JobId& id, const SlurmSource::Records& records, bool found,
                           Report& report);

} // namespace hpcdoc::job

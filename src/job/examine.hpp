// SPDX-License-Identifier: Apache-2.0
// One job from records to findings.
#pragma once

#include <string>
#include <vector>

#include "job/case.hpp"

namespace hpcdoc::job {

// Both sources as one list, by id, the controller's state preferred and the accounting's steps kept; runs of a requeued
// job together.
struct Merged {
    slurm::Job job{};
    std::vector<slurm::Job> runs{};
    bool from_controller = false, from_accounting = false;
};
// Takes the jobs out of the records (an array has thousands) and leaves the rest of the answers as they are.
std::vector<Merged> merge(SlurmSource::Records&& records);

// The facts of one job, at whatever cost (`brief`: none beyond the records).
void gather(Case& c);
// Judges the facts and puts findings, card and headline into the report. An error: the rules could not be read.
Result<void> judge(Case& c);
// gather and judge for lists: the id, severity and title of the verdict only.
Result<Finding> brief_verdict(Context& ctx, SlurmSource& slurm, const Knowledge& knowledge, const Merged& merged);

std::string headline(const Case& c);

} // namespace hpcdoc::job

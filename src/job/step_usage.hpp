// SPDX-License-Identifier: Apache-2.0
// What one step of a job used, as far as Slurm says. Unknown stays unknown: no number is made up.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <hpcdoc/tools/slurm/record.hpp>

namespace hpcdoc::job {

// Not so the extern step, slurmstepd's own container: its use is not the job's work.
bool counts(const slurm::Step& step);
std::optional<std::chrono::milliseconds> cpu_of(const slurm::Step& step);
std::optional<std::uint64_t> memory_of(const slurm::Step& step); // bytes, of all its tasks

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
// Job ids in every form Slurm prints or takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::slurm {

struct JobId {
    std::uint64_t job = 0;               // 4242
    std::optional<std::uint64_t> task{}; // 4242_7
    std::string tasks{};                 // 4242_[3-7%2] gives "3-7%2"
    std::optional<std::uint64_t> het{};  // 4242+1
    std::string step{};                  // 4242.0, 4242.batch, 4242.extern
    std::string cluster{};               // from -M or "4242@cluster"

    std::string text() const;     // as Slurm prints it, without the cluster: "4242_7.batch"
    std::string job_text() const; // without the step: what scontrol and sacct -j take
    bool operator==(const JobId&) const = default;
};

// Also takes a log file's name ("slurm-4242_7.out") and "JobId=4242". 0, letters, more digits than Slurm has
// (MaxJobId is below 2^32, slurm.conf(5)) are Code::usage with what to type instead.
Result<JobId> parse_job_id(std::string_view text);

} // namespace hpcdoc::slurm

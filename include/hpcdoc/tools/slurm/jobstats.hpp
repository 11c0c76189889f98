// SPDX-License-Identifier: Apache-2.0
// What the jobstats platform leaves in a job's AdminComment: "JS1:" and the base64 of a gzip of JSON, per node
// (PrincetonUniversity/jobstats: total_memory, used_memory, total_time, cpus, gpu_utilization …).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::slurm {

struct NodeUsage {
    std::string node{};
    std::optional<std::uint64_t> memory{}, memory_used{}; // bytes
    std::optional<double> cpu_seconds{};
    std::optional<std::uint64_t> cpus{};
    std::map<std::string, double> gpu_utilisation{}; // percent, by the GPU's minor number
};

struct Jobstats {
    std::vector<NodeUsage> nodes{};
    std::optional<double> seconds{};        // length of the job as jobstats saw it
    std::optional<double> gpu_mean() const; // percent over all GPUs
};

// Nothing when the comment holds no statistics ("JS1:Short", "JS1:None", another comment). Code::parse when it says JS1
// and cannot be read; at most 16 MiB are unpacked.
Result<std::optional<Jobstats>> parse_jobstats(std::string_view admin_comment);

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
#include "job/step_usage.hpp"

#include <algorithm>

namespace hpcdoc::job {

using std::chrono::milliseconds;

bool counts(const slurm::Step& step)
{
    return step.id != "extern";
}

// TotalCPU misses children of killed processes; the usage that the cgroup gathered does not (sacct(1), NOTE).
std::optional<milliseconds> cpu_of(const slurm::Step& step)
{
    std::optional<milliseconds> best = step.total_cpu;
    if (const auto gathered = step.usage_total.find("cpu"); gathered != step.usage_total.end()) {
        const milliseconds value(static_cast<std::int64_t>(gathered->second));
        best = best ? std::max(*best, value) : value;
    }
    if (!best && step.average_cpu && step.tasks) {
        best = *step.average_cpu * static_cast<std::int64_t>(*step.tasks);
    }
    return best;
}

std::optional<std::uint64_t> memory_of(const slurm::Step& step)
{
    if (const auto gathered = step.usage_total.find("mem");
        gathered != step.usage_total.end() && gathered->second > 0) {
        return gathered->second;
    }
    if (step.max_rss && *step.max_rss > 0) {
        return *step.max_rss * std::max<std::uint64_t>(1, step.tasks.value_or(1));
    }
    return std::nullopt;
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "job/examine.hpp"

namespace hpcdoc::job {

namespace {

template<class T> void prefer(T& into, const T& other)
{
    if (into == T{}) {
        into = other;
    }
}

// Fields the controller's record lacks, from the accounting.
void complete(slurm::Job& live, const slurm::Job& stored)
{
    prefer(live.name, stored.name);
    prefer(live.user, stored.user);
    prefer(live.account, stored.account);
    prefer(live.partition, stored.partition);
    prefer(live.qos, stored.qos);
    prefer(live.cluster, stored.cluster);
    prefer(live.uid, stored.uid);
    prefer(live.reason, stored.reason);
    prefer(live.exit_code, stored.exit_code);
    prefer(live.derived_exit_code, stored.derived_exit_code);
    prefer(live.submit, stored.submit);
    prefer(live.start, stored.start);
    prefer(live.end, stored.end);
    prefer(live.elapsed, stored.elapsed);
    prefer(live.suspended, stored.suspended);
    prefer(live.time_limit, stored.time_limit);
    prefer(live.total_cpu, stored.total_cpu);
    prefer(live.requested, stored.requested);
    prefer(live.allocated, stored.allocated);
    prefer(live.cpus, stored.cpus);
    prefer(live.nodes, stored.nodes);
    prefer(live.node_list, stored.node_list);
    prefer(live.failed_node, stored.failed_node);
    prefer(live.work_dir, stored.work_dir);
    prefer(live.std_out, stored.std_out);
    prefer(live.std_err, stored.std_err);
    prefer(live.submit_line, stored.submit_line);
    prefer(live.comment, stored.comment);
    prefer(live.admin_comment, stored.admin_comment);
    prefer(live.features, stored.features);
    prefer(live.reservation, stored.reservation);
    prefer(live.licenses, stored.licenses);
    prefer(live.restarts, stored.restarts);
    prefer(live.steps, stored.steps);
    if (stored.cancelled_by) {
        live.cancelled_by = stored.cancelled_by;
    }
}

} // namespace

std::vector<Merged> merge(SlurmSource::Records&& records)
{
    std::vector<Merged> all;
    std::unordered_map<std::string, std::size_t> by_id;
    all.reserve(std::max(records.accounting.value.size(), records.controller.value.size()));
    for (slurm::Job& job : records.accounting.value) {
        const auto [at, fresh] = by_id.try_emplace(job.id, all.size());
        if (fresh) {
            all.push_back({std::move(job), {}, false, true});
        } else {
            Merged& merged = all[at->second]; // a later run of the same job: oldest first, so this one is the newer
            if (merged.runs.empty()) {
                merged.runs.push_back(merged.job);
            }
            merged.runs.push_back(job);
            merged.job = std::move(job);
        }
    }
    for (slurm::Job& job : records.controller.value) {
        const auto [at, fresh] = by_id.try_emplace(job.id, all.size());
        if (fresh) {
            all.push_back({std::move(job), {}, true, false});
            continue;
        }
        Merged& merged = all[at->second];
        const slurm::Job stored = std::move(merged.job);
        merged.job = std::move(job);
        const slurm::Job& live = merged.job;
        merged.from_controller = true;
        // Ids are used again after MaxJobId, and a requeue sets a new submit time: only the same run completes this
        // one.
        const bool same_run = !live.submit || !stored.submit || *live.submit == *stored.submit;
        if (same_run || slurm::ended(live)) {
            complete(merged.job, stored);
        } else {
            merged.job.cluster = stored.cluster;
            if (merged.runs.empty()) {
                merged.runs.push_back(stored);
            }
        }
    }
    records.accounting.value = {};
    records.controller.value = {};
    return all;
}

} // namespace hpcdoc::job

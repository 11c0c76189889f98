// SPDX-License-Identifier: Apache-2.0
// What hpcdoc can say of a Slurm job, for every command that needs it (job explain, job list, bundle, triage).
#pragma once

#include <string>
#include <vector>

#include <hpcdoc/command.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

struct JobQuestion {
    std::vector<std::string> ids{}; // as typed; empty: the caller's most telling job
    std::string cluster{};          // -M; empty: the local one
    bool read_log = true;
};

// Why each job is pending, silent, failed, killed or wasteful. One id: the report is about it; several: one part each.
Result<void> explain_jobs(Context& ctx, const JobQuestion& question, Report& report);

struct JobListQuestion {
    std::string user{}; // empty: the caller
    std::string cluster{};
    unsigned days = 7;  // how far back ended jobs go
    unsigned most = 30; // rows
};

// The user's recent and queued jobs, one row with a verdict each.
Result<void> list_jobs(Context& ctx, const JobListQuestion& question, Report& report);

// Where the job's output is: what Slurm says, and files beside it with the job's id in their names.
struct JobLogs {
    std::vector<std::string> files{};
    bool ended = false; // nothing more will be written
};
Result<JobLogs> job_logs(Context& ctx, const std::string& id, const std::string& cluster);

// Ids of the caller's queued and recent jobs, for completion.
std::vector<Candidate> job_id_candidates(Context& ctx);

} // namespace hpcdoc

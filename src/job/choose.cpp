// SPDX-License-Identifier: Apache-2.0
#include "job/choose.hpp"

#include <utility>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>

#include "job/examine.hpp"
#include "job/trouble.hpp"

namespace hpcdoc::job {

namespace {

bool failed(const slurm::Job& job)
{
    // Cancelled by its owner is no failure: there is nothing to explain to the one who did it.
    return slurm::ended(job) && job.state != "COMPLETED" &&
           !(job.state == "CANCELLED" && (!job.cancelled_by || (job.uid && *job.cancelled_by == *job.uid)));
}

std::chrono::sys_seconds latest_of(const slurm::Job& job)
{
    return job.end.value_or(job.start.value_or(job.submit.value_or(std::chrono::sys_seconds{})));
}

} // namespace

Result<std::optional<Choice>> choose_job(SlurmSource& slurm, Report& report)
{
    Context& ctx = slurm.context();
    const auto days = std::chrono::hours(24 * ctx.config.number("job.recent_days"));
    const std::string user = ctx.host.user().name;
    SlurmSource::Records records = slurm.records_of_user(user, ctx.host.now() - days);
    const slurm::Job* best_failed = nullptr;
    const slurm::Job* longest_pending = nullptr;
    const slurm::Job* latest = nullptr;
    const std::vector<Merged> jobs = merge(std::move(records));
    for (const Merged& merged : jobs) {
        const slurm::Job& job = merged.job;
        if (failed(job) && (best_failed == nullptr || latest_of(job) > latest_of(*best_failed))) {
            best_failed = &job;
        }
        if (slurm::pending(job) && (longest_pending == nullptr || job.submit < longest_pending->submit)) {
            longest_pending = &job;
        }
        if (latest == nullptr || latest_of(job) > latest_of(*latest)) {
            latest = &job;
        }
    }
    const slurm::Job* chosen = best_failed != nullptr       ? best_failed
                               : longest_pending != nullptr ? longest_pending
                                                            : latest;
    if (chosen == nullptr) {
        report.subject = user;
        report.headline =
            records.controller.ok() || records.accounting.ok()
                ? fmt::format("{} has no job in the last {} days", user, ctx.config.number("job.recent_days"))
                : fmt::format("Slurm does not say which jobs {} has", user);
        HPCDOC_TRY(judge_trouble(slurm, {}, records, records.controller.ok() && records.accounting.ok(), report));
        return std::optional<Choice>();
    }
    HPCDOC_TRY_ASSIGN(slurm::JobId id, slurm::parse_job_id(chosen->id));
    const char* why = best_failed != nullptr       ? "your latest job that failed"
                      : longest_pending != nullptr ? "no recent job failed: the one that waits longest"
                                                   : "no recent job failed or waits: the latest";
    return std::optional<Choice>(Choice{std::move(id), why});
}

} // namespace hpcdoc::job

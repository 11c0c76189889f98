// SPDX-License-Identifier: Apache-2.0
// hpcdoc job list: recent and queued jobs, one row with a verdict each. Two questions to Slurm, however many jobs.
#include <algorithm>
#include <utility>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/job.hpp>

#include "job/examine.hpp"
#include "job/trouble.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using job::Merged;

std::chrono::sys_seconds moment_of(const slurm::Job& job)
{
    return slurm::ended(job) ? job.end.value_or(job.submit.value_or(std::chrono::sys_seconds{}))
                             : std::chrono::sys_seconds::max(); // what still queues or runs first
}

// "8 min" of "8 min 13 s": a list needs no more, and the verdict needs the room.
std::string about(std::chrono::seconds time)
{
    std::string text = util::human_time(time);
    const std::size_t unit = text.find(' ');
    return text.substr(0, unit == std::string::npos ? unit : text.find(' ', unit + 1));
}

std::vector<std::string> row_of(const Merged& merged, const Finding& verdict, std::chrono::sys_seconds now)
{
    const slurm::Job& job = merged.job;
    std::string time;
    if (slurm::pending(job) && job.submit) {
        time = "waits " + about(std::max(now - *job.submit, std::chrono::seconds(0)));
    } else if (job.elapsed) {
        time = about(*job.elapsed);
    }
    return {util::printable(job.id),
            util::shorten(util::printable(job.name), 16),
            job.state,
            time,
            verdict.title,
            verdict.id};
}

} // namespace

Result<void> list_jobs(Context& ctx, const JobListQuestion& question, Report& report)
{
    HPCDOC_TRY_ASSIGN(const job::Knowledge knowledge, job::Knowledge::load(ctx));
    job::SlurmSource slurm(ctx, question.cluster);
    const std::string user = question.user.empty() ? ctx.host.user().name : question.user;
    report.subject = user;
    auto records = slurm.records_of_user(user, ctx.host.now() - std::chrono::hours(24 * question.days));
    std::vector<Merged> jobs = job::merge(std::move(records));
    if (jobs.empty() || !records.controller.ok() || !records.accounting.ok()) {
        HPCDOC_TRY(job::judge_trouble(slurm, {}, records,
                                      !jobs.empty() || (records.controller.ok() && records.accounting.ok()), report));
    }
    std::stable_sort(jobs.begin(), jobs.end(), [](const Merged& a, const Merged& b) {
        return moment_of(a.job) != moment_of(b.job) ? moment_of(a.job) > moment_of(b.job) : a.job.raw_id > b.job.raw_id;
    });
    Table table{"jobs",
                fmt::format("Jobs of {}", util::printable(user)),
                {"Job", "Name", "State", "Time", "Verdict", "Id"},
                {},
                1};
    for (const Merged& merged : jobs) {
        if (table.rows.size() == question.most) {
            break;
        }
        HPCDOC_TRY_ASSIGN(const Finding verdict, job::brief_verdict(ctx, slurm, knowledge, merged));
        table.rows.push_back(row_of(merged, verdict, ctx.host.now()));
    }
    const bool known = !jobs.empty() || records.controller.ok() || records.accounting.ok();
    report.headline =
        !known ? fmt::format("Slurm does not say which jobs {} has", user) :
        fmt::format("{} job{} of {} in the last {} days{}", jobs.size(), jobs.size() == 1 ? "" : "s", user,
                    question.days, jobs.size() > table.rows.size() ? fmt::format(", {} shown", table.rows.size()) : "");
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
    return {};
}

std::vector<Candidate> job_id_candidates(Context& ctx)
{
    job::SlurmSource slurm(ctx, "");
    auto records = slurm.records_of_user(ctx.host.user().name, ctx.host.now() - std::chrono::hours(24));
    std::vector<Candidate> candidates;
    for (const Merged& merged : job::merge(std::move(records))) {
        if (candidates.size() == 200) {
            break;
        }
        candidates.push_back({merged.job.id, fmt::format("{} {}", merged.job.state,
                                                         util::shorten(util::printable(merged.job.name), 30))});
    }
    return candidates;
}

} // namespace hpcdoc

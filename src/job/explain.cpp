// SPDX-License-Identifier: Apache-2.0
// hpcdoc job explain: from what was typed to one report.
#include <algorithm>
#include <utility>

#include <hpcdoc/host.hpp>
#include <hpcdoc/job.hpp>
#include <hpcdoc/terminal.hpp>

#include "job/array.hpp"
#include "job/choose.hpp"
#include "job/examine.hpp"
#include "job/trouble.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace job {

namespace {

// "4242_[3-7%2]" and steps are parts of a record: Slurm is asked for the record.
slurm::JobId asked_id(const slurm::JobId& id)
{
    slurm::JobId asked = id;
    asked.step.clear();
    asked.tasks.clear();
    return asked;
}

void note_sources(const SlurmSource::Records& records, const std::string& subject, Report& report)
{
    const auto note = [&](const char* check, const auto& answer) {
        if (answer.ok()) {
            report.passed(check, answer.source);
        } else if (answer.trouble == slurm::Trouble::unknown_job) {
            report.skipped(check, subject, "the controller forgets jobs some minutes after their end (MinJobAge)");
        } else if (answer.trouble == slurm::Trouble::accounting_off) {
            report.skipped(check, subject, "this cluster keeps no job accounting");
        } else {
            report.failed(check, subject, *answer.error);
        }
    };
    note("slurm.controller", records.controller);
    note("slurm.accounting", records.accounting);
}

// An array's id alone names all its tasks; with a task, or of a het job with an offset, one of them.
std::vector<Merged> wanted(std::vector<Merged> all, const slurm::JobId& id)
{
    std::vector<Merged> chosen;
    for (Merged& merged : all) {
        const slurm::Job& job = merged.job;
        // A forged record in a job's name may bring a job of its own: only those of this id count.
        if (job.raw_id != 0 && job.raw_id != id.job && job.array_job != id.job && job.het_job != id.job) {
            continue;
        }
        const bool right = id.task ? job.array_task == id.task || (job.array_task == std::nullopt && all.size() == 1)
                           : !id.tasks.empty() ? !job.array_tasks.empty() || job.array_task.has_value()
                           : id.het            ? job.het_offset == id.het || all.size() == 1
                                               : true;
        if (right) {
            chosen.push_back(std::move(merged));
        }
    }
    return chosen;
}

Result<void> keep_step(Case& c, const std::string& step)
{
    const auto found =
        std::find_if(c.job.steps.begin(), c.job.steps.end(), [&](const auto& each) { return each.id == step; });
    if (found == c.job.steps.end()) {
        std::vector<std::string> known;
        for (const slurm::Step& each : c.job.steps) {
            known.push_back(each.id);
        }
        return failure(Code::usage, fmt::format("job {} has no step '{}'", c.job.id, util::printable(step)),
                       known.empty() ? "the accounting has no steps of this job"
                                     : "its steps are " + util::join(known, ", "));
    }
    c.job.steps = {*found};
    return {};
}

// How one record is to be looked at.
struct Manner {
    std::string step{};
    bool read_log = true;
};

Result<void> explain_record(SlurmSource& slurm, const Knowledge& knowledge, Merged merged,
                            const SlurmSource::Records& records, const Manner& manner, Report& report)
{
    Case c{slurm.context(), slurm, knowledge, report};
    c.read_log = manner.read_log;
    c.job = std::move(merged.job);
    c.runs = std::move(merged.runs);
    c.from_controller = merged.from_controller;
    c.from_accounting = merged.from_accounting;
    c.controller_source = records.controller.source;
    c.accounting_source = records.accounting.source;
    if (!manner.step.empty()) {
        HPCDOC_TRY(keep_step(c, manner.step));
    }
    if (records.forged) {
        c.facts.set("record.forged", true,
                    c.record("a field that can stand once stands twice: the job's name or comment holds a line break"));
    }
    gather(c);
    return judge(c);
}

Result<void> explain_one(SlurmSource& slurm, const Knowledge& knowledge, const slurm::JobId& id, bool read_log,
                         Report& report)
{
    report.subject = id.text();
    SlurmSource::Records records = slurm.records_of(asked_id(id));
    note_sources(records, id.text(), report);
    std::vector<Merged> jobs = wanted(merge(std::move(records)), id);
    // What the accounting last heard of a job that has not ended is no answer while the controller is silent.
    const bool stale = !records.controller.ok() && records.controller.trouble != slurm::Trouble::unknown_job &&
                       std::none_of(jobs.begin(), jobs.end(), [](const Merged& m) { return slurm::ended(m.job); });
    HPCDOC_TRY(judge_trouble(slurm, id, records, !jobs.empty() && !stale, report));
    if (jobs.empty()) {
        report.headline = fmt::format("Job {}: no record", id.text());
        return {};
    }
    if (jobs.size() == 1) {
        return explain_record(slurm, knowledge, std::move(jobs.front()), records, {id.step, read_log}, report);
    }
    return explain_array(slurm, knowledge, std::move(jobs), report, [&](Merged merged, Report& part) {
        part.command = report.command;
        part.generated = report.generated;
        part.subject = merged.job.id;
        return explain_record(slurm, knowledge, std::move(merged), records, {"", read_log}, part);
    });
}

} // namespace

} // namespace job

Result<void> explain_jobs(Context& ctx, const JobQuestion& question, Report& report)
{
    std::vector<slurm::JobId> ids;
    for (const std::string& text : question.ids) {
        HPCDOC_TRY_ASSIGN(slurm::JobId id, slurm::parse_job_id(text));
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
            ids.push_back(std::move(id));
        }
    }
    HPCDOC_TRY_ASSIGN(const job::Knowledge knowledge, job::Knowledge::load(ctx));
    job::SlurmSource slurm(ctx, question.cluster);
    if (ids.empty()) {
        HPCDOC_TRY_ASSIGN(const std::optional<job::Choice> choice, job::choose_job(slurm, report));
        if (!choice) {
            return {};
        }
        report.fact({"job.chosen", "Chosen", choice->why, ""});
        ids.push_back(choice->id);
    }
    if (ids.size() == 1) {
        return job::explain_one(slurm, knowledge, ids.front(), question.read_log, report);
    }
    report.subject = util::join(question.ids, " ");
    report.headline = fmt::format("{} jobs", ids.size());
    for (const slurm::JobId& id : ids) {
        if (ctx.stop.stop_requested()) {
            report.failed("job.explain", id.text(),
                          Error{Code::interrupted, "interrupted before this job was looked at", "", {}});
            continue;
        }
        Report part;
        part.command = report.command;
        part.generated = report.generated;
        HPCDOC_TRY(job::explain_one(slurm, knowledge, id, question.read_log, part));
        report.add(std::move(part));
    }
    return {};
}

} // namespace hpcdoc

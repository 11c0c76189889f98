// SPDX-License-Identifier: Apache-2.0
// The jobs this one waits for, each with its state, followed to the job that really failed.
#include <algorithm>
#include <iterator>
#include <set>

#include "job/case.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

constexpr std::size_t k_most_asked = 10;
constexpr int k_deepest = 6; // parents of parents; longer chains are said to go on

struct Parent {
    slurm::Dependency link{};
    std::optional<slurm::Job> job{};
};

std::string id_of(const slurm::Dependency& link)
{
    return fmt::format("{}{}", link.job, link.task.empty() || link.task == "*" ? "" : "_" + link.task);
}

// Without accounting the controller is asked for each: what it still knows.
std::vector<slurm::Job> parents_alive(Case& c, const std::vector<std::string>& ids)
{
    std::vector<slurm::Job> jobs;
    for (const std::string& text : ids) {
        const auto id = slurm::parse_job_id(text);
        if (!id || jobs.size() >= k_most_asked) {
            continue;
        }
        auto live = c.slurm.controller_of(*id);
        if (live.ok()) {
            std::move(live.value.begin(), live.value.end(), std::back_inserter(jobs));
        } else if (live.trouble != slurm::Trouble::unknown_job) {
            break; // the next question would not be answered either
        }
    }
    return jobs;
}

// One call for all parents: the accounting keeps what the controller has forgotten.
std::vector<Parent> parents_of(Case& c, const std::vector<slurm::Dependency>& links)
{
    std::vector<std::string> ids;
    for (const slurm::Dependency& link : links) {
        if (link.job != 0 && ids.size() < 50) {
            ids.push_back(id_of(link));
        }
    }
    std::vector<slurm::Job> jobs;
    if (!ids.empty()) {
        Answer<std::vector<slurm::Job>> answer = c.slurm.accounting_of(util::join(ids, ","));
        jobs = answer.ok() ? std::move(answer.value) : parents_alive(c, ids);
        if (!answer.ok() && answer.trouble != slurm::Trouble::accounting_off) {
            c.report.failed("job.parents", c.job.id, *answer.error);
        }
    }
    std::vector<Parent> parents;
    for (const slurm::Dependency& link : links) {
        Parent parent{link, {}};
        for (const slurm::Job& job : jobs) {
            const bool same = job.id == id_of(link) || job.raw_id == link.job || job.array_job.value_or(0) == link.job;
            // Of an array the task that ended the wrong way is the one that matters.
            if (same && (!parent.job || (slurm::ended(job) && job.state != "COMPLETED"))) {
                parent.job = job;
            }
        }
        parents.push_back(std::move(parent));
    }
    return parents;
}

std::string state_text(const slurm::Job& job)
{
    std::string text = job.state;
    if (job.exit_code && (job.exit_code->status != 0 || job.exit_code->signal != 0)) {
        text += fmt::format(" (exit code {}:{})", job.exit_code->status, job.exit_code->signal);
    }
    if (slurm::running(job) && job.elapsed && job.time_limit && !job.time_limit->unlimited &&
        job.time_limit->value > *job.elapsed) {
        text += fmt::format(", at most {} left", util::human_time(job.time_limit->value - *job.elapsed));
    }
    return text;
}

bool bad_end(const slurm::Job& job)
{
    return slurm::ended(job) && job.state != "COMPLETED";
}

// The accounting does not keep Dependency; a parent that still queues tells its own to the controller.
void learn_dependency(Case& c, slurm::Job& job)
{
    if (!slurm::pending(job) || !job.dependency.empty()) {
        return;
    }
    const auto id = slurm::parse_job_id(job.id);
    if (!id) {
        return;
    }
    const auto live = c.slurm.controller_of(*id);
    if (live.ok() && !live.value.empty()) {
        job.dependency = live.value.front().dependency;
    }
}

// The first job of the chain that failed by itself: a parent cancelled because its own parent failed is not it.
std::optional<slurm::Job> culprit_of(Case& c, slurm::Job job)
{
    std::set<std::string> seen;
    for (int depth = 0; depth < k_deepest; ++depth) {
        if (!seen.insert(job.id).second || job.dependency.empty()) {
            break;
        }
        const std::vector<Parent> parents = parents_of(c, slurm::parse_dependency(job.dependency));
        const auto next = std::find_if(parents.begin(), parents.end(), [](const Parent& parent) {
            return parent.job && (bad_end(*parent.job) || slurm::pending(*parent.job));
        });
        if (next == parents.end()) {
            break;
        }
        job = *next->job;
        learn_dependency(c, job);
    }
    return bad_end(job) ? std::optional(job) : std::nullopt;
}

void add_table(Case& c, const std::vector<Parent>& parents)
{
    Table table{"dependencies", "What it waits for", {"Type", "Job", "Name", "State"}, {}};
    for (const Parent& parent : parents) {
        table.rows.push_back({parent.link.type, parent.link.job == 0 ? "(same name)" : id_of(parent.link),
                              parent.job ? util::printable(parent.job->name) : "?",
                              parent.job                      ? state_text(*parent.job)
                              : parent.link.state == "failed" ? "ended the wrong way"
                                                              : "not known any more"});
    }
    c.report.add(std::move(table));
}

} // namespace

void add_dependency_facts(Case& c)
{
    const std::vector<slurm::Dependency> links = slurm::parse_dependency(c.job.dependency);
    if (links.empty()) {
        return;
    }
    const Evidence proof = c.record("Dependency=" + util::printable(c.job.dependency));
    c.facts.set("dependency.text", util::printable(c.job.dependency), proof);
    c.facts.set("dependency.count", static_cast<std::int64_t>(links.size()), proof);
    if (std::any_of(links.begin(), links.end(), [](const auto& link) { return link.type == "singleton"; })) {
        c.facts.set("dependency.singleton", util::printable(c.job.name), proof);
    }
    std::vector<Parent> parents = parents_of(c, links);
    std::vector<std::string> waits;
    for (Parent& parent : parents) {
        if (!parent.job) {
            continue;
        }
        learn_dependency(c, *parent.job);
        waits.push_back(fmt::format("{} is {}", id_of(parent.link), state_text(*parent.job)));
        if (c.facts.has("dependency.culprit")) {
            continue;
        }
        if (const auto culprit = culprit_of(c, *parent.job); culprit) {
            const Evidence ended{fmt::format("sacct -D -j {}", culprit->id),
                                 fmt::format("{} State={}", culprit->id, state_text(*culprit))};
            c.facts.set("dependency.culprit", culprit->id, ended);
            c.facts.set("dependency.culprit_state", state_text(*culprit), ended);
            c.facts.set("dependency.culprit_name", util::printable(culprit->name));
            c.facts.set("dependency.parent", id_of(parent.link));
            c.facts.set("dependency.type", parent.link.type, proof);
            c.facts.set("dependency.direct", culprit->id == id_of(parent.link) || culprit->raw_id == parent.link.job);
        }
    }
    if (!waits.empty()) {
        c.facts.set("dependency.parents", std::move(waits), proof);
    }
    if (parents.size() > 1) {
        add_table(c, parents);
    }
}

} // namespace hpcdoc::job

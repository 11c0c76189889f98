// SPDX-License-Identifier: Apache-2.0
#include "job/case.hpp"

#include <hpcdoc/host.hpp>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

slurm::ReasonMatch Case::reason() const
{
    Result<slurm::ReasonMatch> match = knowledge.reason(job.reason);
    if (match) {
        return std::move(*match);
    }
    report.failed("job.reason", job.id, match.error());
    slurm::ReasonMatch unknown;
    unknown.text = job.reason;
    return unknown;
}

std::chrono::sys_seconds Case::now() const
{
    return ctx.host.now();
}

bool Case::caller_owns() const
{
    const UserInfo user = ctx.host.user();
    return job.uid ? *job.uid == user.uid : !job.user.empty() && job.user == user.name;
}

Evidence Case::record(std::string excerpt) const
{
    return {from_controller ? controller_source : accounting_source, std::move(excerpt)};
}

namespace {

std::uint64_t gpus_in(const slurm::Tres& tres)
{
    // A typed and the untyped count are the same GPUs: never add them.
    if (const auto plain = tres.find("gres/gpu"); plain != tres.end()) {
        return plain->second;
    }
    std::uint64_t sum = 0;
    for (const auto& [name, count] : tres) {
        if (name.rfind("gres/gpu:", 0) == 0) {
            sum += count;
        }
    }
    return sum;
}

void add_names(Case& c)
{
    const slurm::Job& job = c.job;
    const auto text = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            c.facts.set(name, util::printable(value));
        }
    };
    text("job.id", job.id);
    text("job.name", job.name);
    text("job.user", job.user);
    text("job.account", job.account);
    text("job.partition", job.partition);
    text("job.qos", job.qos);
    text("cluster", job.cluster);
    text("job.nodes", job.node_list);
    text("job.work_dir", job.work_dir);
    text("job.features", job.features);
    text("job.reservation", job.reservation);
    text("job.licenses", job.licenses);
    text("job.requested_nodes", job.requested_nodes);
    text("job.submit_line", job.submit_line);
    text("job.admin_comment", job.admin_comment);
    text("job.array_tasks", job.array_tasks);
}

void add_request(Case& c)
{
    const slurm::Job& job = c.job;
    const slurm::Tres& tres = job.allocated.empty() ? job.requested : job.allocated;
    const auto count = [&](const char* name, const std::optional<std::uint64_t>& value) {
        if (value && *value > 0) {
            c.facts.set(name, static_cast<std::int64_t>(*value));
        }
    };
    count("job.cpus", job.cpus);
    count("job.node_count", job.nodes);
    count("job.tasks", job.tasks);
    count("job.cpus_per_task", job.cpus_per_task);
    if (const auto memory = tres.find("mem"); memory != tres.end() && memory->second > 0) {
        c.facts.set("job.memory", Bytes{memory->second});
    }
    if (const std::uint64_t gpus = gpus_in(tres); gpus > 0) {
        c.facts.set("job.gpus", static_cast<std::int64_t>(gpus));
    }
    if (job.memory_per_node) {
        c.facts.set("memory.per_node", Bytes{*job.memory_per_node});
    }
    if (job.memory_per_cpu) {
        c.facts.set("memory.per_cpu", Bytes{*job.memory_per_cpu});
    }
    if (job.time_limit && !job.time_limit->unlimited) {
        c.facts.set("time.limit", job.time_limit->value,
                    c.record(fmt::format("TimeLimit={}", util::slurm_time(job.time_limit->value))));
    }
    if (job.exclusive) {
        c.facts.set("job.exclusive", *job.exclusive);
    }
}

void add_times(Case& c)
{
    const slurm::Job& job = c.job;
    const auto stamp = [&](const char* name, const std::optional<std::chrono::sys_seconds>& value) {
        if (value) {
            c.facts.set(name, *value);
        }
    };
    stamp("job.submit", job.submit);
    stamp("job.eligible", job.eligible);
    stamp("job.start", job.start);
    stamp("job.deadline", job.deadline);
    if (slurm::ended(job)) {
        stamp("job.end", job.end);
    }
    if (job.elapsed && !slurm::pending(job)) {
        c.facts.set("job.elapsed", *job.elapsed);
    }
    if (slurm::pending(job) && job.submit) {
        c.facts.set("job.waiting", std::chrono::seconds(c.now() - *job.submit));
    }
    if (job.restarts && *job.restarts > 0) {
        c.facts.set("job.restarts", static_cast<std::int64_t>(*job.restarts));
    }
    if (c.runs.size() > 1) {
        c.facts.set("job.runs", static_cast<std::int64_t>(c.runs.size()));
    }
}

} // namespace

bool never_started(const slurm::Job& job)
{
    return slurm::ended(job) && job.node_list.empty() && job.steps.empty() &&
           job.elapsed.value_or(std::chrono::seconds(0)).count() == 0;
}

void add_record_facts(Case& c)
{
    c.facts.utc_offset = c.ctx.host.utc_offset();
    add_names(c);
    add_request(c);
    add_times(c);
    const slurm::Job& job = c.job;
    const std::string phase = slurm::pending(job)   ? "pending"
                              : slurm::running(job) ? "running"
                              : slurm::ended(job)   ? "ended"
                                                    : "unknown";
    c.facts.set("phase", phase);
    c.facts.set("job.state", job.state,
                c.record(fmt::format(
                    "State={}{}", job.state,
                    job.reason.empty() || job.reason == "None" ? "" : " Reason=" + util::printable(job.reason))));
    c.facts.set("caller.owns", c.caller_owns());
    c.facts.set("job.is_array_task", job.array_task.has_value());
    c.facts.set("source.controller", c.from_controller);
    c.facts.set("source.accounting", c.from_accounting);
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include "bundle/usage.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <hpcdoc/tools/slurm/jobstats.hpp>
#include <hpcdoc/tools/slurm/parse.hpp>

#include "job/step_usage.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using Jobs = std::map<std::string, slurm::Job, std::less<>>;

constexpr std::size_t k_jobs = 200; // tasks of an array are jobs too

double seconds_of(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count()) / 1000.0;
}

// Its header says which fields there are; -p ends each of them with the separator.
std::vector<slurm::Job> jobs_in(std::string_view text, std::chrono::seconds utc_offset)
{
    const std::size_t end = text.find('\n');
    const std::vector<std::string_view> names = util::split(text.substr(0, end), slurm::k_unit_separator);
    if (end == std::string_view::npos || names.size() < 2) {
        return {};
    }
    const std::vector<std::string> fields(names.begin(), names.end() - 1);
    auto jobs = slurm::parse_sacct(text.substr(end + 1), fields, utc_offset);
    return jobs ? std::move(*jobs) : std::vector<slurm::Job>{};
}

// The last run of each job, from the answer that knows most of its steps.
Jobs recorded_jobs(const Recording& recording)
{
    Jobs all;
    for (const RecordedCall& call : recording.calls) {
        if (call.argv.empty() || call.argv.front() != "sacct") {
            continue;
        }
        Jobs latest;
        for (slurm::Job& job : jobs_in(call.completion.out, recording.host.utc_offset)) {
            std::string id = job.id;
            latest.insert_or_assign(std::move(id), std::move(job));
        }
        for (auto& [id, job] : latest) {
            const auto known = all.find(id);
            if (known == all.end() || known->second.steps.size() < job.steps.size()) {
                all.insert_or_assign(id, std::move(job));
            }
        }
    }
    return all;
}

double amount(const slurm::Tres& tres, const slurm::Tres& otherwise, std::string_view what)
{
    for (const slurm::Tres* table : {&tres, &otherwise}) {
        if (const auto found = table->find(what); found != table->end()) {
            return static_cast<double>(found->second);
        }
    }
    return 0;
}

void add_step(const slurm::Job& job, const slurm::Step& step, JobUsage& usage)
{
    const std::string& nodes = step.node_list.empty() ? job.node_list : step.node_list;
    const std::string what = fmt::format("step {}{}{}", step.id, nodes.empty() ? "" : " on ", nodes);
    if (const auto memory = job::memory_of(step); memory) {
        usage.memory.push_back({what, static_cast<double>(*memory), amount(step.allocated, job.allocated, "mem")});
    }
    const auto cpu = job::cpu_of(step);
    const auto elapsed = step.elapsed ? step.elapsed : job.elapsed;
    if (cpu && elapsed && elapsed->count() > 0) {
        const double cpus = amount(step.allocated, job.allocated, "cpu");
        usage.cpu.push_back({what, seconds_of(*cpu) / static_cast<double>(elapsed->count()),
                             cpus > 0 ? cpus : static_cast<double>(job.cpus.value_or(0))});
    }
}

void add_node(const slurm::NodeUsage& node, double seconds, JobUsage& usage)
{
    const std::string what = "node " + node.node;
    if (node.memory_used) {
        usage.memory.push_back(
            {what, static_cast<double>(*node.memory_used), static_cast<double>(node.memory.value_or(0))});
    }
    if (node.cpu_seconds && seconds > 0) {
        usage.cpu.push_back({what, *node.cpu_seconds / seconds, static_cast<double>(node.cpus.value_or(0))});
    }
    for (const auto& [gpu, percent] : node.gpu_utilisation) {
        usage.gpu.push_back({fmt::format("GPU {} of {}", gpu, node.node), percent / 100, 1});
    }
}

// The site's own measurement is better than Slurm's sampling, where there is one.
JobUsage usage_of_job(const slurm::Job& job)
{
    JobUsage usage{job.id, job.name, "jobstats", {}, {}, {}};
    if (const auto stats = slurm::parse_jobstats(job.admin_comment); stats && stats->has_value()) {
        const double seconds =
            (*stats)->seconds.value_or(job.elapsed ? static_cast<double>(job.elapsed->count()) : 0.0);
        for (const slurm::NodeUsage& node : (*stats)->nodes) {
            add_node(node, seconds, usage);
        }
    }
    if (!usage.any()) {
        usage.source = "sacct";
        for (const slurm::Step& step : job.steps) {
            if (job::counts(step)) {
                add_step(job, step, usage);
            }
        }
    }
    return usage;
}

bool belongs(std::string_view id, std::string_view job)
{
    return id == job || (id.starts_with(job) && (id[job.size()] == '_' || id[job.size()] == '+'));
}

} // namespace

Recording recording_of(const archive::Members& members)
{
    const auto read = [&](std::string_view name) -> Result<std::string> {
        if (const auto found = members.find(name); found != members.end()) {
            return found->second;
        }
        return tl::unexpected(Error{Code::not_found, fmt::format("no member '{}'", name), "", {}});
    };
    if (!members.contains(k_recording_member)) {
        return {};
    }
    auto recording = load_recording(read, "the bundle");
    return recording ? std::move(*recording) : Recording{};
}

std::vector<JobUsage> usage_of(const Recording& recording, std::span<const std::string> jobs)
{
    std::vector<JobUsage> all;
    const Jobs recorded = recorded_jobs(recording);
    std::vector<std::string_view> seen;
    for (const std::string& wanted : jobs) {
        if (wanted.empty() || std::find(seen.begin(), seen.end(), wanted) != seen.end()) {
            continue;
        }
        seen.push_back(wanted);
        for (auto at = recorded.lower_bound(wanted); at != recorded.end() && at->first.starts_with(wanted); ++at) {
            JobUsage usage = belongs(at->first, wanted) ? usage_of_job(at->second) : JobUsage{};
            if (usage.any() && all.size() < k_jobs) {
                all.push_back(std::move(usage));
            }
        }
    }
    return all;
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/scontrol_record.hpp"
#include "tools/slurm/setters.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

using std::chrono::seconds;

void put_user(Job& job, std::string_view text, seconds utc_offset)
{
    const auto [name, id] = name_and_id(text);
    job.user = text_or_nothing(name);
    put_uid<&Job::uid>(job, id, utc_offset);
}

void put_limit(Job& job, std::string_view text, seconds)
{
    job.time_limit = parse_limit(text);
}

void put_reason(Job& job, std::string_view text, seconds)
{
    job.reason = std::string(bare_reason(text));
}

void put_flag(std::optional<bool>& flag, std::string_view text)
{
    if (text == "0" || text == "1") {
        flag = text == "1";
    }
}

void put_requeue(Job& job, std::string_view text, seconds)
{
    put_flag(job.requeue, text);
}

void put_sharing(Job& job, std::string_view text, seconds) // OverSubscribe: NO is --exclusive
{
    if (text == "NO" || text == "OK" || text == "YES") {
        job.exclusive = text == "NO";
    }
}

void put_exclusive(Job& job, std::string_view text, seconds) // 26.05: OverSubscribe=NO alone is no --exclusive any more
{
    job.exclusive = text != "NO";
}

// "NumNodes=1-1", "NumCPUs=4-8" of a pending job: the least it asks for.
template<auto Member> void put_least(Job& job, std::string_view text, seconds)
{
    job.*Member = number(text.substr(0, text.find('-')));
}

template<auto Member> void put_megabytes(Job& job, std::string_view text, seconds)
{
    if (const std::optional<std::uint64_t> value = memory(text, k_mebibyte); value && *value > 0) {
        job.*Member = value; // 0 is --mem=0: all the memory of a node
    }
}

void put_scheduler(Job& job, std::string_view text, seconds)
{
    job.scheduler = text_or_nothing(text.substr(0, text.find(':'))); // "Main:*": backfill has not tried it yet
}

// scontrol prints a blank behind comments.
template<auto Member> void put_comment(Job& job, std::string_view text, seconds)
{
    job.*Member = text_or_nothing(util::trim(text));
}

struct Key {
    std::string_view name;
    Setter<Job> put;
};

// DerivedExitCode only with -d. TRES became ReqTRES and AllocTRES in 23.02; LicensesAlloc is 25.05+.
constexpr std::array k_keys = {
    Key{"JobId", put_number<&Job::raw_id>},
    Key{"ArrayJobId", put_number<&Job::array_job>},
    Key{"ArrayTaskThrottle", put_number<&Job::array_throttle>},
    Key{"HetJobId", put_number<&Job::het_job>},
    Key{"HetJobOffset", put_number<&Job::het_offset>},
    Key{"JobName", put_text<&Job::name>},
    Key{"UserId", put_user},
    Key{"Priority", put_number<&Job::priority>},
    Key{"Account", put_text<&Job::account>},
    Key{"QOS", put_text<&Job::qos>},
    Key{"JobState", put_state<Job>},
    Key{"Reason", put_reason},
    Key{"FailedNode", put_text<&Job::failed_node>},
    Key{"Dependency", put_text<&Job::dependency>},
    Key{"Requeue", put_requeue},
    Key{"Restarts", put_number<&Job::restarts>},
    Key{"ExitCode", put_exit_code<&Job::exit_code>},
    Key{"DerivedExitCode", put_exit_code<&Job::derived_exit_code>},
    Key{"RunTime", put_time<&Job::elapsed>},
    Key{"TimeLimit", put_limit},
    Key{"SubmitTime", put_stamp<&Job::submit>},
    Key{"EligibleTime", put_stamp<&Job::eligible>},
    Key{"StartTime", put_stamp<&Job::start>},
    Key{"EndTime", put_stamp<&Job::end>},
    Key{"Deadline", put_stamp<&Job::deadline>},
    Key{"PreemptTime", put_stamp<&Job::preempt>},
    Key{"SuspendTime", put_stamp<&Job::suspend>},
    Key{"LastSchedEval", put_stamp<&Job::last_sched_eval>},
    Key{"Scheduler", put_scheduler},
    Key{"Partition", put_text<&Job::partition>},
    Key{"ReqNodeList", put_text<&Job::requested_nodes>},
    Key{"ExcNodeList", put_text<&Job::excluded_nodes>},
    Key{"NodeList", put_text<&Job::node_list>},
    Key{"SchedNodeList", put_text<&Job::scheduled_nodes>},
    Key{"BatchHost", put_text<&Job::batch_host>},
    Key{"NumNodes", put_least<&Job::nodes>},
    Key{"NumCPUs", put_least<&Job::cpus>},
    Key{"NumTasks", put_number<&Job::tasks>},
    Key{"CPUs/Task", put_number<&Job::cpus_per_task>},
    Key{"ReqTRES", put_tres<&Job::requested>},
    Key{"AllocTRES", put_tres<&Job::allocated>},
    Key{"MinMemoryNode", put_megabytes<&Job::memory_per_node>},
    Key{"MinMemoryCPU", put_megabytes<&Job::memory_per_cpu>},
    Key{"Features", put_text<&Job::features>},
    Key{"Reservation", put_text<&Job::reservation>},
    Key{"OverSubscribe", put_sharing},
    Key{"Exclusive", put_exclusive}, // after the one before
    Key{"Licenses", put_text<&Job::licenses>},
    Key{"Network", put_text<&Job::network>},
    Key{"Command", put_text<&Job::command>},
    Key{"WorkDir", put_text<&Job::work_dir>},
    Key{"SubmitLine", put_text<&Job::submit_line>},
    Key{"Comment", put_comment<&Job::comment>},
    Key{"AdminComment", put_comment<&Job::admin_comment>},
    Key{"SystemComment", put_comment<&Job::system_comment>},
    Key{"StdErr", put_text<&Job::std_err>},
    Key{"StdIn", put_text<&Job::std_in>},
    Key{"StdOut", put_text<&Job::std_out>},
    Key{"TresPerNode", put_text<&Job::tres_per_node>},
};

// ArrayTaskId is one task, or the tasks that still wait: "3-7%2".
void name_job(Job& job, std::string_view tasks)
{
    if (job.array_job && !tasks.empty()) {
        job.array_task = number(tasks);
        if (job.array_task) {
            job.id = fmt::format("{}_{}", *job.array_job, *job.array_task);
            return;
        }
        job.array_tasks = std::string(tasks);
        if (const std::size_t percent = tasks.find('%'); percent != std::string_view::npos && !job.array_throttle) {
            job.array_throttle = number(tasks.substr(percent + 1));
        }
        job.id = fmt::format("{}_[{}]", *job.array_job, tasks);
    } else if (job.het_job && job.het_offset) {
        job.id = fmt::format("{}+{}", *job.het_job, *job.het_offset);
    } else {
        job.id = std::to_string(job.raw_id);
    }
}

Job job_of(const JobRecord& record, seconds utc_offset)
{
    Job job;
    for (const Key& key : k_keys) {
        if (const auto found = record.find(key.name); found != record.end() && !found->second.empty()) {
            key.put(job, found->second, utc_offset);
        }
    }
    if (const auto tres = record.find("TRES"); tres != record.end()) { // before 23.02; of a job with nodes what it has
        Tres& target = job.node_list.empty() ? job.requested : job.allocated;
        target = parse_tres(tres->second);
    }
    const auto tasks = record.find("ArrayTaskId");
    name_job(job, tasks == record.end() ? std::string_view() : std::string_view(tasks->second));
    return job;
}

// "Job 12_99 not found" (on standard output until 26.05), "No jobs in the system", nothing at all.
bool nothing_there(std::string_view text)
{
    text = util::trim(text);
    constexpr std::string_view k_end = " not found";
    return text.empty() || text == "No jobs in the system" ||
           (text.substr(0, 4) == "Job " && text.size() < 80 && text.size() > k_end.size() &&
            text.substr(text.size() - k_end.size()) == k_end);
}

} // namespace

Result<ControllerJobs> parse_scontrol_job(std::string_view text, std::chrono::seconds utc_offset)
{
    ControllerJobs found;
    if (nothing_there(text)) {
        return found;
    }
    HPCDOC_TRY_ASSIGN(const JobRecords records, read_job_records(text));
    if (records.records.empty()) {
        return failure(Code::parse, fmt::format("output of scontrol is not a job record: {}", shown(util::trim(text))));
    }
    for (const JobRecord& record : records.records) {
        found.jobs.push_back(job_of(record, utc_offset));
    }
    found.suspicious = records.suspicious;
    const auto root = [](const Job& job) { return job.array_job.value_or(job.het_job.value_or(job.raw_id)); };
    found.unrelated = std::any_of(found.jobs.begin(), found.jobs.end(),
                                  [&](const Job& job) { return root(job) != root(found.jobs.front()); });
    return found;
}

} // namespace hpcdoc::slurm

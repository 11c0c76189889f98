// SPDX-License-Identifier: Apache-2.0
// Field history, from the tables in sacct.c: SubmitLine 21.08; FailedNode, Licenses 23.02; StdIn, StdOut, StdErr 24.05;
// Restarts 24.11.
#include "tools/slurm/sacct_fields.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

using std::chrono::seconds;

void put_job_id(Job& job, std::string_view text, seconds)
{
    set_job_id(job, text);
}

void put_time_limit(Job& job, std::string_view text, seconds) // TimelimitRaw: minutes, or a word
{
    if (const std::optional<std::uint64_t> minutes = number(text);
        minutes && *minutes <= std::numeric_limits<std::uint32_t>::max()) {
        job.time_limit = TimeLimit{false, std::chrono::minutes(*minutes)};
    } else if (const std::optional<TimeLimit> limit = parse_limit(text)) {
        job.time_limit = limit;
    }
}

// Until 20.11 "4000Mn" for each node, "4Gc" for each CPU, "0n" for --mem=0; since 21.08 the job's total (sacct(1), ReqMem).
void put_requested_memory(Job& job, std::string_view text, seconds)
{
    const char kind = text.empty() ? '\0' : text.back();
    const bool each = kind == 'n' || kind == 'c';
    const std::optional<std::uint64_t> value = memory(each ? text.substr(0, text.size() - 1) : text, k_mebibyte);
    if (!value || *value == 0) {
        return; // --mem=0 asks for all the memory of a node
    }
    if (kind == 'n') {
        job.memory_per_node = value;
    } else if (kind == 'c') {
        job.memory_per_cpu = value;
    } else {
        job.requested.emplace("mem", *value); // ReqTRES, which is read before, is exact
    }
}

void put_allocated_cpus(Job& job, std::string_view text, seconds)
{
    if (const std::optional<std::uint64_t> value = number(text); value && *value > 0) { // 0: never started (23.02+)
        job.cpus = value;
    }
}

void put_requested_cpus(Job& job, std::string_view text, seconds)
{
    if (!job.cpus) {
        job.cpus = number(text);
    }
}

void put_accounted_reason(Job& job, std::string_view text, seconds)
{
    job.reason = std::string(bare_reason(text));
}

// ReqTRES and AllocTRES come before ReqMem, AllocCPUS before ReqCPUS: the later ones fill only what is missing.
// What users can write comes last, see Rows.
constexpr std::array k_table = {
    SacctField{"JobID", put_job_id, nullptr},
    SacctField{"JobIDRaw", nullptr, nullptr}, // read by the parser itself
    SacctField{"User", put_text<&Job::user>, nullptr},
    SacctField{"UID", put_uid<&Job::uid>, nullptr},
    SacctField{"Account", put_text<&Job::account>, nullptr},
    SacctField{"Partition", put_text<&Job::partition>, nullptr},
    SacctField{"QOS", put_text<&Job::qos>, nullptr},
    SacctField{"Cluster", put_text<&Job::cluster>, nullptr},
    SacctField{"State", put_state<Job>, put_state<Step>},
    SacctField{"Reason", put_accounted_reason, nullptr},
    SacctField{"ExitCode", put_exit_code<&Job::exit_code>, put_exit_code<&Step::exit_code>},
    SacctField{"DerivedExitCode", put_exit_code<&Job::derived_exit_code>, nullptr},
    SacctField{"Submit", put_stamp<&Job::submit>, nullptr},
    SacctField{"Eligible", put_stamp<&Job::eligible>, nullptr},
    SacctField{"Start", put_stamp<&Job::start>, put_stamp<&Step::start>},
    SacctField{"End", put_stamp<&Job::end>, put_stamp<&Step::end>},
    SacctField{"ElapsedRaw", put_raw_seconds<&Job::elapsed>, put_raw_seconds<&Step::elapsed>},
    SacctField{"Suspended", put_time<&Job::suspended>, nullptr},
    SacctField{"TimelimitRaw", put_time_limit, nullptr},
    SacctField{"TotalCPU", put_milliseconds<&Job::total_cpu>, put_milliseconds<&Step::total_cpu>},
    SacctField{"ReqTRES", put_tres<&Job::requested>, nullptr},
    SacctField{"AllocTRES", put_tres<&Job::allocated>, put_tres<&Step::allocated>},
    SacctField{"ReqMem", put_requested_memory, nullptr},
    SacctField{"AllocCPUS", put_allocated_cpus, nullptr},
    SacctField{"ReqCPUS", put_requested_cpus, nullptr},
    SacctField{"NNodes", put_number<&Job::nodes>, put_number<&Step::nodes>},
    SacctField{"NTasks", put_number<&Job::tasks>, put_number<&Step::tasks>},
    SacctField{"NodeList", put_text<&Job::node_list>, put_text<&Step::node_list>},
    SacctField{"FailedNode", put_text<&Job::failed_node>, nullptr, false, false},
    SacctField{"Restarts", put_number<&Job::restarts>, nullptr, false, false},
    SacctField{"Flags", put_text<&Job::flags>, nullptr},
    SacctField{"Priority", put_number<&Job::priority>, nullptr},
    SacctField{"MaxRSS", nullptr, put_used_memory<&Step::max_rss>},
    SacctField{"MaxRSSNode", nullptr, put_text<&Step::max_rss_node>},
    SacctField{"MaxRSSTask", nullptr, put_number<&Step::max_rss_task>},
    SacctField{"AveRSS", nullptr, put_used_memory<&Step::average_rss>},
    SacctField{"MinCPU", nullptr, put_milliseconds<&Step::minimum_cpu>},
    SacctField{"AveCPU", nullptr, put_milliseconds<&Step::average_cpu>},
    SacctField{"TRESUsageInTot", nullptr, put_used_tres<&Step::usage_total>},
    SacctField{"TRESUsageInMax", nullptr, put_used_tres<&Step::usage_maximum>},
    SacctField{"TRESUsageInAve", nullptr, put_used_tres<&Step::usage_average>},
    SacctField{"Reservation", put_text<&Job::reservation>, nullptr},
    SacctField{"Licenses", put_text<&Job::licenses>, nullptr, false, false}, // the controller refuses unknown ones
    SacctField{"Constraints", put_text<&Job::features>, nullptr}, // and unknown features
    SacctField{"JobName", put_text<&Job::name>, put_text<&Step::name>, true},
    SacctField{"WorkDir", put_text<&Job::work_dir>, nullptr, true},
    SacctField{"StdIn", put_text<&Job::std_in>, nullptr, true, false},
    SacctField{"StdOut", put_text<&Job::std_out>, nullptr, true, false},
    SacctField{"StdErr", put_text<&Job::std_err>, nullptr, true, false},
    SacctField{"SubmitLine", put_text<&Job::submit_line>, nullptr, true, false},
    SacctField{"SystemComment", put_text<&Job::system_comment>, nullptr, true},
    SacctField{"AdminComment", put_text<&Job::admin_comment>, nullptr, true},
    SacctField{"Comment", put_text<&Job::comment>, nullptr, true},
};

} // namespace

std::span<const SacctField> sacct_table()
{
    return k_table;
}

const SacctField* sacct_field(std::string_view name)
{
    const auto found = std::find_if(k_table.begin(), k_table.end(),
                                    [&](const SacctField& field) { return util::equal_ignoring_case(field.name, name); });
    return found == k_table.end() ? nullptr : &*found;
}

std::vector<std::string> sacct_fields(std::string_view helpformat)
{
    std::set<std::string> known;
    std::size_t at = 0;
    while ((at = helpformat.find_first_not_of(" \t\r\n", at)) != std::string_view::npos) {
        const std::size_t end = std::min(helpformat.find_first_of(" \t\r\n", at), helpformat.size());
        known.insert(util::to_lower(helpformat.substr(at, end - at)));
        at = end;
    }
    // What is not a list of fields (an error message, nothing) does not even name JobID: ask for what every version has.
    const bool usable = known.count("jobid") != 0 && known.count("state") != 0;
    std::vector<std::string> fields;
    for (const SacctField& field : k_table) {
        if (usable ? known.count(util::to_lower(field.name)) != 0 : field.always) {
            fields.emplace_back(field.name);
        }
    }
    return fields;
}

} // namespace hpcdoc::slurm

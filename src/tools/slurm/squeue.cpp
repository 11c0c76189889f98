// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/rows.hpp"
#include "tools/slurm/setters.hpp"

namespace hpcdoc::slurm {

namespace {

using std::chrono::seconds;

void put_array_or_job_id(Job& job, std::string_view text, seconds)
{
    set_job_id(job, text);
}

void put_shown_limit(Job& job, std::string_view text, seconds)
{
    job.time_limit = parse_limit(text);
}

void put_bare_reason(Job& job, std::string_view text, seconds)
{
    job.reason = std::string(bare_reason(text));
}

struct SqueueField {
    char letter; // of squeue(1), --format
    Setter<Job> put;
    bool free_text = false;
};

// Letters that mean the same from 20.11 to 26.05 (%s does not). What users can write comes last, see Rows.
constexpr std::array k_squeue_fields = {
    SqueueField{'i', put_array_or_job_id},
    SqueueField{'A', put_number<&Job::raw_id>},
    SqueueField{'T', put_state<Job>},
    SqueueField{'r', put_bare_reason},
    SqueueField{'u', put_text<&Job::user>},
    SqueueField{'U', put_uid<&Job::uid>},
    SqueueField{'a', put_text<&Job::account>},
    SqueueField{'P', put_text<&Job::partition>},
    SqueueField{'q', put_text<&Job::qos>},
    SqueueField{'V', put_stamp<&Job::submit>},
    SqueueField{'S', put_stamp<&Job::start>},
    SqueueField{'e', put_stamp<&Job::end>},
    SqueueField{'M', put_time<&Job::elapsed>},
    SqueueField{'l', put_shown_limit},
    SqueueField{'D', put_number<&Job::nodes>},
    SqueueField{'C', put_number<&Job::cpus>},
    SqueueField{'N', put_text<&Job::node_list>},
    SqueueField{'Y', put_text<&Job::scheduled_nodes>},
    SqueueField{'n', put_text<&Job::requested_nodes>},
    SqueueField{'x', put_text<&Job::excluded_nodes>},
    SqueueField{'Q', put_number<&Job::priority>},
    SqueueField{'E', put_text<&Job::dependency>},
    SqueueField{'v', put_text<&Job::reservation>},
    SqueueField{'W', put_text<&Job::licenses>},
    SqueueField{'f', put_text<&Job::features>},
    SqueueField{'j', put_text<&Job::name>, true},
    SqueueField{'Z', put_text<&Job::work_dir>, true},
    SqueueField{'o', put_text<&Job::command>, true},
    SqueueField{'k', put_text<&Job::comment>, true},
};

constexpr std::size_t first_free()
{
    std::size_t i = 0;
    while (i < k_squeue_fields.size() && !k_squeue_fields[i].free_text) {
        ++i;
    }
    return i;
}

} // namespace

std::string squeue_format()
{
    std::string format;
    for (const SqueueField& field : k_squeue_fields) {
        format += '%';
        format += field.letter;
        format += k_unit_separator;
    }
    return format;
}

Result<std::vector<Job>> parse_squeue(std::string_view text, std::chrono::seconds utc_offset)
{
    std::vector<Job> jobs;
    Rows rows(text, k_squeue_fields.size(), first_free(), "squeue");
    while (true) {
        HPCDOC_TRY_ASSIGN(const std::span<const std::string_view> cells, rows.next());
        if (cells.empty()) {
            return jobs;
        }
        Job& job = jobs.emplace_back();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) {
                k_squeue_fields[i].put(job, cells[i], utc_offset);
            }
        }
    }
}

} // namespace hpcdoc::slurm

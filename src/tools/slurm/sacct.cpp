// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/rows.hpp"
#include "tools/slurm/sacct_fields.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr std::size_t k_none = static_cast<std::size_t>(-1);

struct Columns {
    std::vector<const SacctField*> fields{};
    std::size_t id = k_none, raw_id = k_none, cluster = k_none, first_free = 0;
};

Columns columns_of(std::span<const std::string> names)
{
    Columns columns;
    columns.first_free = names.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const SacctField* field = sacct_field(names[i]);
        columns.fields.push_back(field);
        if (field == nullptr || field->free_text) { // an unknown column may hold anything
            columns.first_free = std::min(columns.first_free, i);
        } else if (field->name == "JobID") {
            columns.id = i;
        } else if (field->name == "JobIDRaw") {
            columns.raw_id = i;
        } else if (field->name == "Cluster") {
            columns.cluster = i;
        }
    }
    return columns;
}

class SacctReader {
public:
    SacctReader(Columns columns, std::chrono::seconds utc_offset, std::size_t expected)
        : m_columns(std::move(columns)), m_utc_offset(utc_offset)
    {
        m_jobs.reserve(expected);
    }

    void take(std::span<const std::string_view> cells);
    std::vector<Job> jobs() &&;

private:
    void add_job(std::span<const std::string_view> cells, std::string_view raw);
    void add_step(std::span<const std::string_view> cells, std::string_view raw, std::size_t dot);

    Columns m_columns;
    std::chrono::seconds m_utc_offset;
    std::vector<Job> m_jobs{};
    std::unordered_map<std::string, std::size_t> m_newest{}; // by cluster and raw id, for steps that stand apart
    std::string m_last_key{};
};

std::string_view cell(std::span<const std::string_view> cells, std::size_t column)
{
    return column == k_none ? std::string_view() : util::trim(cells[column]);
}

std::string key_of(std::string_view cluster, std::string_view raw)
{
    std::string key(cluster);
    key += '@';
    key += raw;
    return key;
}

void SacctReader::add_job(std::span<const std::string_view> cells, std::string_view raw)
{
    m_newest[m_last_key = key_of(cell(cells, m_columns.cluster), raw)] = m_jobs.size();
    Job& job = m_jobs.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const SacctField* field = m_columns.fields[i];
        if (field != nullptr && field->job != nullptr && !cells[i].empty()) {
            field->job(job, cells[i], m_utc_offset);
        }
    }
    job.raw_id = number(raw.substr(0, raw.find_first_not_of("0123456789"))).value_or(0);
    if (m_columns.raw_id == k_none && job.array_job) {
        job.raw_id = 0; // "12_3" does not tell the number behind it
    }
    if (job.id.empty()) {
        job.id = std::string(raw);
    }
}

void SacctReader::add_step(std::span<const std::string_view> cells, std::string_view raw, std::size_t dot)
{
    const std::string_view owner = raw.substr(0, dot);
    std::string key = key_of(cell(cells, m_columns.cluster), owner);
    // sacct prints steps below their job; asked for one step only, it prints no job.
    std::size_t index = m_jobs.empty() ? k_none : m_jobs.size() - 1;
    if (key != m_last_key) {
        const auto found = m_newest.find(key);
        index = found == m_newest.end() ? k_none : found->second;
    }
    if (index == k_none) {
        Job job;
        const std::string_view shown = cell(cells, m_columns.id);
        set_job_id(job, shown.empty() ? owner : shown.substr(0, shown.find('.')));
        job.raw_id = number(owner).value_or(0);
        job.cluster = std::string(cell(cells, m_columns.cluster));
        index = m_jobs.size();
        m_jobs.push_back(std::move(job));
        m_newest[key] = index;
        m_last_key = std::move(key);
    }
    Step& step = m_jobs[index].steps.emplace_back();
    step.id = std::string(raw.substr(dot + 1));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const SacctField* field = m_columns.fields[i];
        if (field != nullptr && field->step != nullptr && !cells[i].empty()) {
            field->step(step, cells[i], m_utc_offset);
        }
    }
}

void SacctReader::take(std::span<const std::string_view> cells)
{
    std::string_view raw = cell(cells, m_columns.raw_id);
    if (raw.empty()) {
        raw = cell(cells, m_columns.id);
    }
    if (raw.empty()) {
        return;
    }
    const std::size_t dot = raw.find('.');
    if (dot == std::string_view::npos) {
        add_job(cells, raw);
    } else {
        add_step(cells, raw, dot);
    }
}

// Runs of one id (-D) stay where the id stands, but oldest first. Unknown submit times keep sacct's order.
void sort_runs(std::vector<Job>& jobs)
{
    std::vector<std::size_t> order(jobs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto key = [&](std::size_t i) { return std::tie(jobs[i].cluster, jobs[i].id); };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (auto first = order.begin(); first != order.end();) {
        const auto last = std::find_if(first, order.end(), [&](std::size_t i) { return key(i) != key(*first); });
        const std::span<const std::size_t> indices(first, last);
        first = last;
        const bool known = std::all_of(indices.begin(), indices.end(), [&](std::size_t i) { return jobs[i].submit.has_value(); });
        if (indices.size() < 2 || !known) {
            continue;
        }
        std::vector<Job> runs;
        for (const std::size_t i : indices) {
            runs.push_back(std::move(jobs[i]));
        }
        std::stable_sort(runs.begin(), runs.end(), [](const Job& a, const Job& b) { return *a.submit < *b.submit; });
        for (std::size_t i = 0; i < indices.size(); ++i) {
            jobs[indices[i]] = std::move(runs[i]);
        }
    }
}

std::vector<Job> SacctReader::jobs() &&
{
    sort_runs(m_jobs);
    return std::move(m_jobs);
}

} // namespace

Result<std::vector<Job>> parse_sacct(std::string_view text, std::span<const std::string> fields, std::chrono::seconds utc_offset)
{
    Columns columns = columns_of(fields);
    if (columns.id == k_none && columns.raw_id == k_none) {
        return failure(Code::internal, "sacct was not asked for job ids");
    }
    Rows rows(text, fields.size(), columns.first_free, "sacct");
    // A job is some 2 KiB, so moving a growing list of them costs more than counting lines. Memory not used is not touched.
    constexpr std::size_t k_most = 16'384;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    SacctReader reader(std::move(columns), utc_offset, std::min(lines, k_most));
    while (true) {
        HPCDOC_TRY_ASSIGN(const std::span<const std::string_view> cells, rows.next());
        if (cells.empty()) {
            break;
        }
        reader.take(cells);
    }
    return std::move(reader).jobs();
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// The files that a job wrote its output to.
#include <algorithm>
#include <filesystem>
#include <set>

#include <hpcdoc/host.hpp>
#include <hpcdoc/job.hpp>
#include <hpcdoc/tools/slurm/filename.hpp>

#include "job/examine.hpp"
#include "job/slurm_source.hpp"
#include "logs/files.hpp"
#include "util/ascii.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace job {

namespace {

// The id stands in the name as a number of its own: "slurm-4242-3.out", not "loss-142420.txt".
bool names_job(std::string_view name, std::string_view id)
{
    for (std::size_t at = name.find(id); at != std::string_view::npos; at = name.find(id, at + 1)) {
        const bool begins = at == 0 || !util::is_digit(name[at - 1]);
        const std::size_t end = at + id.size();
        if (begins && (end == name.size() || !util::is_digit(name[end]))) {
            return true;
        }
    }
    return false;
}

class LogFinder {
public:
    explicit LogFinder(const Host& host) : m_host(host) {}

    void add(const slurm::Job& job)
    {
        const slurm::LogPaths paths = slurm::log_paths(job);
        add_first(paths.output);
        add_first(paths.error);
        add_beside(job);
    }
    std::vector<std::string> found() && { return std::move(m_found); }

private:
    void keep(const std::string& path)
    {
        if (m_known.insert(path).second) {
            m_found.push_back(path);
        }
    }
    void add_first(const std::vector<std::string>& candidates)
    {
        const auto there = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& path) {
            const Result<FileInfo> info = logs::log_info(m_host, path);
            return info && info->kind == FileKind::regular;
        });
        if (there != candidates.end()) {
            keep(*there);
        }
    }
    // One file a rank or a step, as srun writes them with %t, %N or %s in the name.
    void add_beside(const slurm::Job& job)
    {
        std::set<std::filesystem::path> dirs;
        for (const std::string& path : m_found) {
            dirs.insert(std::filesystem::path(path).parent_path());
        }
        if (!job.work_dir.empty()) {
            dirs.insert(job.work_dir);
        }
        const std::string id = std::to_string(job.array_job && !job.array_task ? *job.array_job : job.raw_id);
        for (const std::filesystem::path& dir : dirs) {
            const Result<std::vector<std::string>> names = m_host.list(dir);
            for (const std::string& name : names ? *names : std::vector<std::string>()) {
                const std::filesystem::path path = dir / name;
                const Result<FileInfo> info = names_job(name, id) ? m_host.lstat(path) : failure(Code::not_found, "");
                if (info && info->kind == FileKind::regular) {
                    keep(path.native());
                }
            }
        }
    }

    const Host& m_host;
    std::vector<std::string> m_found{};
    std::set<std::string> m_known{};
};

} // namespace

} // namespace job

Result<JobLogs> job_logs(Context& ctx, const std::string& id, const std::string& cluster)
{
    HPCDOC_TRY_ASSIGN(const slurm::JobId asked, slurm::parse_job_id(id));
    job::SlurmSource slurm(ctx, cluster);
    job::SlurmSource::Records records = slurm.records_of(asked);
    if (!records.controller.ok() && records.controller.error) {
        return tl::unexpected(std::move(*records.controller.error));
    }
    const std::vector<job::Merged> jobs = job::merge(std::move(records));
    job::LogFinder finder(ctx.host);
    JobLogs logs;
    logs.ended = !jobs.empty();
    for (const job::Merged& merged : jobs) {
        finder.add(merged.job);
        logs.ended = logs.ended && slurm::ended(merged.job);
    }
    if (jobs.empty()) {
        return failure(Code::not_found, "Slurm knows no job '" + util::printable(id) + "'", "give the files of its output by name");
    }
    logs.files = std::move(finder).found();
    return logs;
}

} // namespace hpcdoc

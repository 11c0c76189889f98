// SPDX-License-Identifier: Apache-2.0
#include <iterator>

#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/job.hpp>
#include <hpcdoc/logs.hpp>

#include "help/logs_scan.hpp"

namespace hpcdoc {

namespace {

class LogsScan final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("PATH", m_request.paths, "Log files, directories of them, patterns; - is standard input");
        app.add_option("-j,--job", m_job, "The output of this job, found by asking Slurm")->type_name("ID");
        app.add_option("-M,--cluster", m_cluster, "Cluster of the job")->type_name("NAME");
        app.add_flag("-f,--follow", m_request.follow, "Wait for what is still to be written, until a cause is found");
        app.add_flag("-a,--all", m_request.everything, "All that rules know in them, not only what matters");
    }

    Result<void> run(Context& ctx, Report& report) override
    {
        if (m_job.empty() && m_request.paths.empty()) {
            return failure(Code::usage, "no log is named", "give files or directories, - for standard input, or --job ID");
        }
        if (!m_job.empty()) {
            report.subject = m_job;
            HPCDOC_TRY_ASSIGN(JobLogs logs, job_logs(ctx, m_job, m_cluster));
            std::move(logs.files.begin(), logs.files.end(), std::back_inserter(m_request.paths));
            m_request.over = [this, &ctx] {
                const Result<JobLogs> now = job_logs(ctx, m_job, m_cluster);
                return now && now->ended;
            };
            if (m_request.paths.empty()) {
                return failure(Code::not_found, "no output of job '" + m_job + "' was found", "give its files by name");
            }
        }
        return scan_logs(ctx, m_request, report);
    }

    std::optional<std::chrono::seconds> patience() const override
    {
        return m_request.follow ? std::optional(std::chrono::hours(24 * 7)) : std::nullopt;
    }
    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return argument == "--job" ? job_id_candidates(ctx) : std::vector<Candidate>();
    }

private:
    LogRequest m_request{};
    std::string m_job{}, m_cluster{};
};

} // namespace

CommandEntry hpcdoc_command_logs_scan()
{
    return {{.path = "logs scan",
             .summary = "Find the root cause in the logs of a job",
             .help = hpcdoc_help_logs_scan,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<LogsScan>(); }};
}

} // namespace hpcdoc

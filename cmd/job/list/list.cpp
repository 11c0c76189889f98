// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/job.hpp>

#include "help/job_list.hpp"

namespace hpcdoc {

namespace {

class JobList final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("-u,--user", m_question.user, "Whose jobs; default: yours")->type_name("NAME");
        app.add_option("-M,--cluster", m_question.cluster, "Cluster to ask, as for squeue -M")->type_name("NAME");
        app.add_option("-d,--days", m_question.days, "How many days ended jobs go back")
            ->check(CLI::Range(1, 3650))
            ->capture_default_str();
        app.add_option("-n,--most", m_question.most, "At most this many rows")
            ->check(CLI::Range(1, 100000))
            ->capture_default_str();
    }

    Result<void> run(Context& ctx, Report& report) override { return list_jobs(ctx, m_question, report); }

private:
    JobListQuestion m_question{};
};

} // namespace

CommandEntry hpcdoc_command_job_list()
{
    return {{.path = "job list",
             .summary = "List your recent and queued jobs, each with a verdict",
             .help = hpcdoc_help_job_list,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<JobList>(); }};
}

} // namespace hpcdoc

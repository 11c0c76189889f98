// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <hpcdoc/command.hpp>
#include <hpcdoc/job.hpp>

#include "help/job_explain.hpp"

namespace hpcdoc {

namespace {

class JobExplain final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("ID", m_question.ids, "Job id in any form Slurm prints; none: your most telling job");
        app.add_option("-M,--cluster", m_question.cluster, "Cluster to ask, as for squeue -M")->type_name("NAME");
        app.add_flag("!--no-log", m_question.read_log, "Do not read the job's output files");
    }

    Result<void> run(Context& ctx, Report& report) override { return explain_jobs(ctx, m_question, report); }

    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return argument == "ID" ? job_id_candidates(ctx) : std::vector<Candidate>{};
    }

private:
    JobQuestion m_question{};
};

} // namespace

CommandEntry hpcdoc_command_job_explain()
{
    return {{.path = "job explain",
             .summary = "Say why a job waits, is silent, failed or wastes",
             .help = hpcdoc_help_job_explain,
             .audience = Audience::user,
             .effect = Effect::reads},
            []() -> std::unique_ptr<Command> { return std::make_unique<JobExplain>(); }};
}

} // namespace hpcdoc

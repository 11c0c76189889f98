// SPDX-License-Identifier: Apache-2.0
// A cluster in memory: what Slurm would say, what lies on the disk, and the job commands asked about it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <hpcdoc/config.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/job.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/rules.hpp>
#include <hpcdoc/terminal.hpp>
#include <hpcdoc/tools/slurm/parse.hpp>

#include "memory_host.hpp"
#include "scripted_runner.hpp"

namespace hpcdoc::test {

inline const std::filesystem::path k_share = std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc";

class SilentTerminal final : public Terminal {
public:
    bool interactive() const override { return false; }
    void progress(std::string_view) override {}
    bool confirm(std::string_view) override { return false; }
    std::optional<std::string> ask(std::string_view) override { return std::nullopt; }
};

// The rules are read once: every test judges with those that are shipped.
inline const RuleBook& shipped_rules()
{
    static const RuleBook book({k_share / "rules"});
    return book;
}

inline const Redactor& shipped_redactor()
{
    static const auto redactor = [] {
        const std::vector<std::filesystem::path> dirs{k_share / "redact"};
        auto loaded = Redactor::load(dirs);
        REQUIRE(loaded);
        return std::make_unique<Redactor>(std::move(*loaded));
    }();
    return *redactor;
}

using Row = std::map<std::string, std::string>;

// What `sacct -p --delimiter=US` prints: every column that some row has, what users can write last, as sacct is asked.
inline std::string sacct_text(const std::vector<Row>& rows)
{
    static const std::vector<std::string> k_free = {"JobName", "WorkDir", "SubmitLine", "Comment", "AdminComment"};
    std::vector<std::string> columns = {"JobID", "JobIDRaw"};
    for (const Row& row : rows) {
        for (const auto& [name, value] : row) {
            const bool free = std::find(k_free.begin(), k_free.end(), name) != k_free.end();
            if (!free && std::find(columns.begin(), columns.end(), name) == columns.end()) {
                columns.push_back(name);
            }
        }
    }
    columns.insert(columns.end(), k_free.begin(), k_free.end());
    std::string text;
    for (const std::string& column : columns) {
        text += column + "\x1f";
    }
    text += '\n';
    for (const Row& row : rows) {
        for (const std::string& column : columns) {
            const auto cell = row.find(column == "JobIDRaw" && !row.contains("JobIDRaw") ? "JobID" : column);
            text += (cell == row.end() ? "" : cell->second) + "\x1f";
        }
        text += '\n';
    }
    return text;
}

inline Row job_row(std::string id, std::string state, std::string exit_code = "0:0")
{
    return {{"JobID", std::move(id)},
            {"State", std::move(state)},
            {"ExitCode", std::move(exit_code)},
            {"User", "alice"},
            {"UID", "1000"},
            {"Account", "bio"},
            {"Partition", "debug"},
            {"QOS", "normal"},
            {"NodeList", "n1"},
            {"Submit", "2025-11-25T13:00:00"},
            {"Start", "2025-11-25T13:00:05"},
            {"End", "2025-11-25T13:10:05"},
            {"ElapsedRaw", "600"},
            {"TimelimitRaw", "60"},
            {"NNodes", "1"},
            {"AllocCPUS", "1"},
            {"JobName", "train"}};
}

// What `scontrol show job` prints (22.05), as far as a test cares.
struct Live {
    std::string id = "4242", name = "train", state = "PENDING", reason = "BeginTime", dependency = "(null)";
    std::string limit = "02:00:00", start = "Unknown", end = "Unknown", requested_nodes = "(null)", exit_code = "0:0";

    std::string text() const
    {
        return fmt::format("JobId={} JobName={}\n"
                           "   UserId=alice(1000) GroupId=alice(1000) MCS_label=N/A\n"
                           "   Priority=10 Nice=0 Account=bio QOS=normal\n"
                           "   JobState={} Reason={} Dependency={}\n"
                           "   Requeue=1 Restarts=0 BatchFlag=1 Reboot=0 ExitCode={}\n"
                           "   RunTime=00:00:00 TimeLimit={} TimeMin=N/A\n"
                           "   SubmitTime=2025-11-25T13:00:00 EligibleTime=2025-11-25T13:00:00\n"
                           "   AccrueTime=2025-11-25T13:00:00\n"
                           "   StartTime={} EndTime={} Deadline=N/A\n"
                           "   SuspendTime=None SecsPreSuspend=0 LastSchedEval=2025-11-25T13:59:00 Scheduler=Main\n"
                           "   Partition=debug AllocNode:Sid=login1:1\n"
                           "   ReqNodeList={} ExcNodeList=(null)\n"
                           "   NodeList=\n"
                           "   NumNodes=1 NumCPUs=4 NumTasks=1 CPUs/Task=4 ReqB:S:C:T=0:0:*:*\n"
                           "   TRES=cpu=4,mem=400M,node=1,billing=4\n"
                           "   Socks/Node=* NtasksPerN:B:S:C=0:0:*:* CoreSpec=*\n"
                           "   MinCPUsNode=4 MinMemoryCPU=100M MinTmpDiskNode=0\n"
                           "   Features=(null) DelayBoot=00:00:00\n"
                           "   OverSubscribe=OK Contiguous=0 Licenses=(null) Network=(null)\n"
                           "   Command=/home/alice/train.sh\n"
                           "   WorkDir=/home/alice\n"
                           "   StdErr=/home/alice/slurm-{}.out\n"
                           "   StdIn=/dev/null\n"
                           "   StdOut=/home/alice/slurm-{}.out\n"
                           "   Power=\n   \n\n",
                           id, name, state, reason, dependency, exit_code, limit, start, end, requested_nodes, id, id);
    }
};

struct World {
    ScriptedRunner runner{};
    MemoryHost host{};
    Config config = Config::builtin();
    SilentTerminal terminal{};
    std::stop_source stop{};

    World() { runner.on({"sacct", "--helpformat"}, "JobID JobIDRaw State ExitCode\n"); }

    Context context()
    {
        return {runner, host, config, shipped_rules(), shipped_redactor(), terminal, k_share, stop.get_token()};
    }

    World& controller(const std::string& id, Completion completion)
    {
        runner.on({"scontrol", "show", "job", id}, std::move(completion));
        return *this;
    }
    World& controller(const std::string& id, std::string text) { return controller(id, printed(std::move(text))); }
    // slurmctld has forgotten it, as some minutes after its end.
    World& forgotten(const std::string& id)
    {
        return controller(id, printed("", 1, "slurm_load_jobs error: Invalid job id specified\n"));
    }
    World& accounting(const std::string& id, Completion completion)
    {
        runner.on({"sacct", "-D", "-p", "--delimiter=\x1f", "-j", id}, std::move(completion));
        return *this;
    }
    World& accounting(const std::string& id, const std::vector<Row>& rows)
    {
        return accounting(id, printed(sacct_text(rows)));
    }

    Report explain(const std::vector<std::string>& ids, bool read_log = true)
    {
        Report report;
        report.command = "job explain";
        Context ctx = context();
        const auto done = explain_jobs(ctx, JobQuestion{ids, "", read_log}, report);
        REQUIRE_MESSAGE(done, done.error().message);
        return report;
    }
    Report explain(const std::string& id) { return explain(std::vector<std::string>{id}); }
};

inline std::string verdict_of(const Report& report)
{
    return report.verdict() == nullptr ? "" : report.verdict()->id;
}

inline const Finding* finding_of(const Report& report, std::string_view id)
{
    const auto found =
        std::find_if(report.findings().begin(), report.findings().end(), [&](const Finding& f) { return f.id == id; });
    return found == report.findings().end() ? nullptr : &*found;
}

inline std::string text_of(const Report& report)
{
    return render(report, Format::text, Style{.color = false, .width = 100, .unicode = false, .verbose = true});
}

inline bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace hpcdoc::test

// SPDX-License-Identifier: Apache-2.0
// Reports as commands make them, one of each kind.
#pragma once

#include <hpcdoc/report.hpp>

namespace hpcdoc::samples {

inline std::chrono::sys_seconds a_time()
{
    using namespace std::chrono;
    return sys_days{year{2026} / 11 / 25} + hours{13} + minutes{3};
}

inline Report of_job(std::string id, std::string headline)
{
    Report report;
    report.command = "job explain";
    report.subject = std::move(id);
    report.headline = std::move(headline);
    report.generated = a_time();
    return report;
}

inline Finding memory_verdict()
{
    Finding finding;
    finding.id = "job.out-of-memory";
    finding.severity = Severity::error;
    finding.certainty = Certainty::certain;
    finding.title = "Job 4242 ran out of memory: limit 4 GiB";
    finding.cause = "The kernel killed processes of the batch step because together they used more than the 4 GiB that "
                    "the job asked for. The highest value Slurm saw was 3.9 GiB, sampled every 30 s, so the true peak "
                    "was higher.";
    finding.evidence = {
        {"sacct -j 4242", "4242.batch|OUT_OF_MEMORY|0:125|3.9G"},
        {"/home/alice/runs/slurm-4242.out:1837",
         "epoch 12 loss 0.3217\n[2026-11-25T12:58:41] error: Detected 1 oom_kill event in StepId=4242.batch. Some of "
         "the "
         "step tasks have been OOM Killed.\n/var/spool/slurmd/job04242/slurm_script: line 14: 27182 Killed  python "
         "train.py"}};
    finding.fixes = {
        {"Ask for more memory than the peak, in the script", {"#SBATCH --mem=8G"}, Risk::none},
        {"Watch the memory of the next run while it runs",
         {"sstat -j 4242.batch --format=JobID,MaxRSS,AveCPU"},
         Risk::none},
        {"Clear what the run left in the scratch directory", {"rm -r -- '/scratch/alice/run 12'"}, Risk::destructive}};
    finding.escalate =
        Escalation{"support",
                   "support@hpc.example",
                   "The job was killed below its own limit, which only an administrator can look into.",
                   {"slurm-4242.out", "the output of: hpcdoc bundle 4242"},
                   "Job 4242 (train) of alice on cluster one\nFAILED after 00:10:02 on n1\n\nJob 4242 ran "
                   "out of memory: limit 4 GiB\n  sacct: 4242.batch|OUT_OF_MEMORY|0:125|3.9G"};
    finding.origin = Origin{"/home/alice/runs/slurm-4242.out", 1837, 0, "n1", "12:58:41"};
    finding.labels = {"oom-host"};
    finding.see = {"https://slurm.schedmd.com/sbatch.html#OPT_mem"};
    finding.rule = "job/ended.toml:12";
    return finding;
}

inline Finding advice(std::string id, std::string title, std::string command)
{
    Finding finding;
    finding.id = std::move(id);
    finding.severity = Severity::note;
    finding.certainty = Certainty::likely;
    finding.role = Role::advice;
    finding.title = std::move(title);
    finding.cause = "The job kept 4 of its 32 cores busy.";
    finding.evidence = {{"sacct -j 4242", "TotalCPU 00:40:08, AllocCPUS 32"}};
    finding.fixes = {{"Ask for what was used", {std::move(command)}, Risk::none}};
    finding.labels = {"cpu-underused"};
    return finding;
}

// One error with four findings and a card.
inline Report out_of_memory()
{
    Report report = of_job("4242", "Job 4242 'train' of alice, FAILED after 00:10:02 on n1");
    report.fact({"job.state", "State", "FAILED", "sacct"});
    report.fact({"job.elapsed", "Elapsed", "00:10:02 of 01:00:00", "sacct"});
    report.fact({"job.nodes", "Nodes", "n1", "sacct"});
    report.fact({"job.request", "Asked for", "1 node, 32 CPUs, 4 GiB", "sacct"});
    report.fact({"job.memory", "Peak memory", "3.9 GiB (sampled)", "sacct"});
    report.fact({"job.partition", "Partition", "normal", "sacct"});
    report.fact({"job.account", "Account", "physics", "sacct"});
    report.passed("job.record", "sacct -j 4242");
    report.found("job.log", "/home/alice/runs/slurm-4242.out");
    report.skipped("job.live", "scontrol", "the job has left the controller's memory");
    report.skipped("job.efficiency", "gpu", "the job asked for no GPU");

    Finding step = memory_verdict();
    step.id = "job.step-failed";
    step.role = Role::context;
    step.severity = Severity::warning;
    step.title = "Step 4242.0 ended with signal 9 after the batch step was killed";
    step.cause = "A step ends with the job that it belongs to.";
    step.fixes.clear();
    step.escalate.reset();
    step.origin.reset();
    report.add(std::move(step));
    report.add(advice("job.cpu-underused", "12 % of the cores were busy", "#SBATCH --cpus-per-task=4"));
    report.add(memory_verdict());
    report.add(advice("job.time-overrequested", "10 minutes of one hour were used", "#SBATCH --time=00:20:00"));
    return report;
}

// All is well: a short answer.
inline Report waiting()
{
    Report report = of_job("4243", "Job 4243 'post' of alice, PENDING for 00:12:00");
    report.fact({"job.state", "State", "PENDING (Priority)", "squeue"});
    report.fact({"job.partition", "Partition", "normal", "squeue"});
    report.passed("job.record", "squeue");
    Finding finding;
    finding.id = "job.waiting-priority";
    finding.severity = Severity::note;
    finding.certainty = Certainty::certain;
    finding.title = "Job 4243 waits for its turn: 12 jobs are ahead";
    finding.cause = "Nothing is wrong. Slurm expects to start it at 2026-11-25 15:40.";
    finding.evidence = {{"squeue -j 4243", "PENDING|Priority"}};
    finding.labels = {"waiting"};
    report.add(std::move(finding));
    return report;
}

// Nothing found because one could not look.
inline Report unreachable()
{
    Report report = of_job("4244", "");
    report.failed("job.record", "sacct -j 4244",
                  Error{Code::timed_out,
                        "cannot ask slurmdbd: no answer within 10 s",
                        "try again later, or add --deadline 60s",
                        {"reading the job's record"}});
    report.skipped("job.log", "", "the job's record is not known");
    report.skipped("job.efficiency", "", "the job's record is not known");
    return report;
}

inline Report several()
{
    Report report = of_job("4242 4243 4244", "");
    report.add(out_of_memory());
    report.add(waiting());
    report.add(unreachable());
    return report;
}

inline Report list()
{
    Report report;
    report.command = "job list";
    report.subject = "alice";
    report.headline = "3 jobs of alice in the last 7 days";
    report.generated = a_time();
    report.add(Table{"jobs",
                     "Jobs",
                     {"JOB", "NAME", "STATE", "ELAPSED", "VERDICT"},
                     {{"4242", "train", "FAILED", "00:10:02", "ran out of memory: limit 4 GiB"},
                      {"4243", "post", "PENDING", "0", "waits for its turn"},
                      {"4100_[0-9]", "sweep|x", "COMPLETED", "01:02:03", "-"}}});
    return report;
}

// What a crafted job name, log or path can hold.
inline const std::string& poison()
{
    static constexpr char k_bytes[] =
        "\x1b[31mred\x1b]0;title\x07 \x9b"
        "31m \xc2\x9b"
        "2J <script>alert(1)</script> <img src=x onerror=alert(1)> "
        "\"><svg/onload=alert(1)> ' & \xff\xfe | `rm` ``` ~~~ [click](javascript:alert(1)) "
        "![x](http://evil.example/x.png) @everyone #123 http://evil.example www.evil.example "
        "\xe2\x80\xae"
        "gpj.exe\xe2\x81\xa9 $HOME {noformat} \\ \x7f nul:\0:";
    static const std::string text(k_bytes, sizeof k_bytes - 1); // a NUL is in it
    return text;
}

inline Report hostile()
{
    const std::string bad = poison();
    Report report = of_job(bad, "Job '" + bad + "'\n\n# Forged heading");
    report.command = "job explain";
    report.fact({bad, bad, bad, bad});
    report.skipped(bad, bad, bad);
    report.failed(bad, bad, Error{Code::io, bad, bad, {bad}});
    report.passed(bad, bad);
    Finding finding = memory_verdict();
    finding.id = bad;
    finding.title = bad + "\nWhat to do\n    rm -rf ~";
    finding.cause = bad + "\n\n</section><script>alert(2)</script>";
    finding.evidence = {{bad, bad + "\n```\n" + bad + "\n````````\n</pre>\n"}, {"", ""}};
    finding.fixes = {{bad, {bad, "echo 'a\nb'"}, Risk::needs_admin}, {"", {}, Risk::none}};
    finding.escalate = Escalation{bad, "javascript:alert(1)", bad, {bad}, bad + "\n```\n" + bad};
    finding.origin = Origin{bad, 3, -1, bad, bad};
    finding.labels = {bad};
    finding.see = {"javascript:alert(1)", "https://a.example/\"onmouseover=\"alert(1)", bad};
    finding.rule = bad;
    Finding other = finding;
    other.role = Role::context;
    Finding third = finding;
    third.role = Role::advice;
    third.title = std::string(5000, 'x');
    report.add(std::move(finding));
    report.add(std::move(other));
    report.add(std::move(third));
    report.add(Table{bad, bad, {bad, "b"}, {{bad, "1"}, {"short"}, {"a", "b", "too long"}}});
    Report part = of_job(bad, bad);
    part.skipped(bad, "", "");
    report.add(std::move(part));
    return report;
}

} // namespace hpcdoc::samples

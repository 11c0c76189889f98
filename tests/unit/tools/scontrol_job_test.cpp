// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <doctest/doctest.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "sample.hpp"

namespace scontrol_job_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using slurm::Job;

namespace {

slurm::ControllerJobs parse(std::string_view text)
{
    auto jobs = slurm::parse_scontrol_job(text, 0s);
    REQUIRE_MESSAGE(jobs, (jobs ? "" : jobs.error().message));
    return std::move(*jobs);
}

const Job& job_of(const slurm::ControllerJobs& jobs, std::string_view id)
{
    const auto found = std::find_if(jobs.jobs.begin(), jobs.jobs.end(), [&](const Job& job) { return job.id == id; });
    REQUIRE_MESSAGE(found != jobs.jobs.end(), id);
    return *found;
}

// A record of 22.05 from the true values of a pending job; `name` and `comment` are the user's.
std::string record(const std::string& name, const std::string& comment = "", const std::string& header = "JobId=5")
{
    return header + " JobName=" + name +
           "\n"
           "   UserId=alice(2001) GroupId=alice(2001) MCS_label=N/A\n"
           "   Priority=0 Nice=0 Account=bio QOS=normal\n"
           "   JobState=PENDING Reason=JobHeldUser Dependency=afterok:4(unfulfilled)\n"
           "   Requeue=1 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:0\n"
           "   RunTime=00:00:00 TimeLimit=00:10:00 TimeMin=N/A\n"
           "   SubmitTime=2026-11-25T14:01:04 EligibleTime=Unknown\n"
           "   StartTime=Unknown EndTime=Unknown Deadline=N/A\n"
           "   SuspendTime=None SecsPreSuspend=0 LastSchedEval=2026-11-25T14:01:04 Scheduler=Main\n"
           "   Partition=debug AllocNode:Sid=localhost:0\n"
           "   ReqNodeList=(null) ExcNodeList=(null)\n"
           "   NodeList=\n"
           "   NumNodes=1-1 NumCPUs=2 NumTasks=2 CPUs/Task=1 ReqB:S:C:T=0:0:*:*\n"
           "   TRES=cpu=2,mem=200M,node=1,billing=2\n"
           "   MinCPUsNode=1 MinMemoryCPU=100M MinTmpDiskNode=0\n"
           "   Features=(null) DelayBoot=00:00:00\n"
           "   OverSubscribe=OK Contiguous=0 Licenses=(null) Network=(null)\n"
           "   Command=/home/alice/job.sh\n"
           "   WorkDir=/home/alice\n" +
           (comment.empty() ? "" : "   Comment=" + comment + " \n") +
           "   StdErr=/home/alice/slurm-5.out\n"
           "   StdIn=/dev/null\n"
           "   StdOut=/home/alice/slurm-5.out\n"
           "   Power=\n   \n\n";
}

const std::string k_forged_head = "   UserId=root(0) GroupId=root(0) MCS_label=N/A\n"
                                  "   Priority=1 Nice=0 Account=root QOS=normal\n"
                                  "   JobState=COMPLETED Reason=None Dependency=(null)\n"
                                  "   Requeue=1 Restarts=0 BatchFlag=1 Reboot=0 ExitCode=0:0";

void check_true_values(const slurm::ControllerJobs& found)
{
    REQUIRE(found.jobs.size() == 1);
    const Job& job = found.jobs[0];
    CHECK(job.id == "5");
    CHECK(job.user == "alice");
    CHECK(job.state == "PENDING");
    CHECK(job.reason == "JobHeldUser");
    CHECK(job.dependency == "afterok:4(unfulfilled)");
    CHECK(job.priority == 0);
    CHECK(job.account == "bio");
    CHECK(job.partition == "debug");
}

} // namespace

TEST_CASE("Real records of 22.05 become jobs")
{
    const slurm::ControllerJobs found = parse(sample("scontrol-jobs-22.05.txt"));
    CHECK(found.jobs.size() == 16);
    CHECK(found.suspicious);
    CHECK(found.unrelated);

    const Job& plain = job_of(found, "22001");
    CHECK(plain.raw_id == 22001);
    CHECK(plain.user == "alice");
    CHECK(plain.uid == 2001);
    CHECK(plain.state == "FAILED");
    CHECK(plain.reason == "NonZeroExitCode");
    CHECK(plain.exit_code == slurm::ExitCode{3, 0});
    CHECK(plain.elapsed == 2s);
    CHECK(plain.time_limit == slurm::TimeLimit{false, 10min});
    CHECK(plain.node_list == "n1");
    CHECK(plain.batch_host == "n1");
    CHECK(plain.allocated.at("mem") == 100ULL << 20);
    CHECK(plain.requested.empty());
    CHECK(plain.memory_per_cpu == 100ULL << 20);
    CHECK(plain.std_out == "/home/alice/slurm-22001.out");
    CHECK(plain.work_dir == "/home/alice");
    CHECK(plain.command.empty());
    CHECK(plain.dependency.empty());
    CHECK(plain.requeue == true);
    CHECK(plain.exclusive == false);
    CHECK(plain.scheduler == "Main");
    CHECK(plain.last_sched_eval);
    CHECK_FALSE(plain.deadline);

    const Job& rest = job_of(found, "22002_[1-9%2]");
    CHECK(rest.array_tasks == "1-9%2");
    CHECK(rest.array_throttle == 2);
    CHECK_FALSE(rest.array_task);
    CHECK(rest.requested.at("cpu") == 1);
    CHECK(rest.allocated.empty());
    CHECK(job_of(found, "22003_3").raw_id == 22003);
    CHECK(job_of(found, "22004+1").raw_id == 22005);
    CHECK(job_of(found, "22004+1").name == "het");
    CHECK(job_of(found, "22011").tres_per_node == "gres:gpu:1");
    CHECK(job_of(found, "22013").exclusive == true);
    CHECK(job_of(found, "22013").time_limit == slurm::TimeLimit{true, 0s});
    CHECK(job_of(found, "22015").features == "intel&a100");
    CHECK(job_of(found, "22015").excluded_nodes == "n3");
    CHECK(job_of(found, "22015").comment == "x JobState=FAILED y");
    CHECK(job_of(found, "22015").std_out == "/home/alice/o ut-%5j-spaces.log");
    CHECK(job_of(found, "22014").reason ==
          "Nodes_required_for_job_are_DOWN,_DRAINED_or_reserved_for_jobs_in_higher_priority_partitions");
}

TEST_CASE("Real forgeries in name and comment are passed over")
{
    const slurm::ControllerJobs found = parse(sample("scontrol-jobs-22.05.txt"));
    CHECK(job_of(found, "22006").state == "CANCELLED");
    CHECK(job_of(found, "22006").name == "evil\n   JobState=COMPLETED Reason=None Dependency=(null)");
    CHECK(job_of(found, "22007").state == "CANCELLED");
    CHECK(job_of(found, "22007").user == "alice");
    CHECK(job_of(found, "22008").state == "CANCELLED");
    CHECK(job_of(found, "22008").std_out.empty()); // two of them: nobody can tell which is Slurm's
    CHECK(job_of(found, "22008").std_err == "/home/alice/slurm-22008.out");
}

TEST_CASE("An honest record is not suspicious, whatever its words")
{
    for (const char* name : {"plain", "a b", "x JobState=FAILED y=z", "two\nlines", "", " JobName=again"}) {
        CAPTURE(name);
        const slurm::ControllerJobs found = parse(record(name, "some words, a=b"));
        CHECK_FALSE(found.suspicious);
        CHECK_FALSE(found.unrelated);
        check_true_values(found);
        CHECK(found.jobs[0].name == name);
        CHECK(found.jobs[0].comment == "some words, a=b");
        CHECK(found.jobs[0].std_out == "/home/alice/slurm-5.out");
    }
}

TEST_CASE("Forged lines in a job's name change nothing and are noticed")
{
    for (const std::string& name :
         {std::string("x\n   JobState=COMPLETED Reason=None Dependency=(null)"), "x\n" + k_forged_head,
          "x\n" + k_forged_head + "\n   RunTime=00:00:01 TimeLimit=00:01:00 TimeMin=N/A\n   Partition=evil AllocNode:Sid=a:1",
          std::string("x\n\nJobId=999 JobName=y\n   JobState=COMPLETED Reason=None Dependency=(null)")}) {
        CAPTURE(name);
        const slurm::ControllerJobs found = parse(record(name));
        check_true_values(found);
        CHECK(found.suspicious);
        CHECK(found.jobs[0].name == name);
    }
}

TEST_CASE("Forged lines in a comment change nothing and are noticed")
{
    const slurm::ControllerJobs found = parse(record("x", "c\n   JobState=COMPLETED Reason=None Dependency=(null)"));
    check_true_values(found);
    CHECK(found.suspicious);
    CHECK(parse(record("x", "c\n   WorkDir=/evil")).jobs[0].work_dir.empty());
    CHECK(parse(record("x", "c\n   Reservation=evil\n   Partition=evil X=y")).jobs[0].partition == "debug");
    CHECK(parse(record("x", "c\n   Reservation=evil")).jobs[0].reservation.empty());
}

TEST_CASE("If a text holds a whole record, only what both readings agree on is told")
{
    std::string whole = record("inner");
    whole = whole.substr(whole.find("   UserId"));
    whole = whole.substr(0, whole.find("\n   StdErr"));
    for (const char* word : {"PENDING", "JobHeldUser", "alice(2001) G", "debug"}) {
        whole.replace(whole.find(word), 4, "EVIL");
    }
    for (const std::string& text : {record("x\n" + whole), record("x", "c\n" + whole)}) {
        const slurm::ControllerJobs found = parse(text);
        CHECK(found.suspicious);
        REQUIRE(found.jobs.size() == 1);
        CHECK(found.jobs[0].id == "5");
        CHECK(found.jobs[0].state.empty());
        CHECK(found.jobs[0].reason.empty());
        CHECK(found.jobs[0].user.empty());
        CHECK(found.jobs[0].partition.empty());
        CHECK(found.jobs[0].account == "bio"); // the same in both
    }
}

TEST_CASE("A forged second record is told apart from the tasks of one array")
{
    std::string forged = record("evil", "", "JobId=6");
    const slurm::ControllerJobs found = parse(record("x", "c\n\n" + forged));
    CHECK((found.unrelated || found.suspicious));
    const slurm::ControllerJobs array = parse(record("a", "", "JobId=6 ArrayJobId=5 ArrayTaskId=1") +
                                              record("a", "", "JobId=5 ArrayJobId=5 ArrayTaskId=2-7%3 ArrayTaskThrottle=3"));
    CHECK_FALSE((array.unrelated || array.suspicious));
    CHECK(array.jobs.size() == 2);
    CHECK(parse(record("a") + record("a")).suspicious); // one id twice
}

TEST_CASE("Keys of newer versions are read where they stand")
{
    std::string text = record("x");
    const auto replace = [&](const std::string& from, const std::string& to) { text.replace(text.find(from), from.size(), to); };
    replace("Dependency=", "FailedNode=n7 Dependency=");                                       // 23.02
    replace("   TRES=cpu=2,mem=200M,node=1,billing=2\n", "   ReqTRES=cpu=2,mem=200M,node=1,billing=2\n   AllocTRES=(null)\n");
    replace("   NodeList=\n", "   NodeList=(null)\n   SchedNodeList=n[3-4]\n");
    replace("   WorkDir=", "   SubmitLine=sbatch job.sh\n   WorkDir=");                        // 25.11
    replace("Licenses=(null)", "Licenses=matlab:1 LicensesAlloc=(null)");                      // 25.05
    replace("   StdErr=/home/alice/slurm-5.out\n", "   StdErr=\n");                            // 25.11
    replace("   Power=\n", "   TresPerNode=gres/gpu:2\n   FutureKey=some thing\n");            // no Power since 24.05
    const slurm::ControllerJobs found = parse(text);
    CHECK_FALSE(found.suspicious);
    check_true_values(found);
    const Job& job = found.jobs[0];
    CHECK(job.failed_node == "n7");
    CHECK(job.requested.at("cpu") == 2);
    CHECK(job.allocated.empty());
    CHECK(job.scheduled_nodes == "n[3-4]");
    CHECK(job.submit_line == "sbatch job.sh");
    CHECK(job.licenses == "matlab:1");
    CHECK(job.std_err.empty());
    CHECK(job.std_out == "/home/alice/slurm-5.out");
    CHECK(job.tres_per_node == "gres/gpu:2");
    CHECK(job.nodes == 1);
    CHECK(job.cpus_per_task == 1);
}

TEST_CASE("No job is an empty list, a cut or strange text an error")
{
    CHECK(parse("").jobs.empty());
    CHECK(parse("\n").jobs.empty());
    CHECK(parse("Job 12_99 not found\n").jobs.empty());
    CHECK(parse("No jobs in the system\n").jobs.empty());
    CHECK_FALSE(slurm::parse_scontrol_job("slurm_load_jobs error\n", 0s));
    const std::string whole = record("x");
    const auto cut = slurm::parse_scontrol_job(whole.substr(0, whole.find("   Command")), 0s);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == Code::parse);
    CHECK(cut.error().message == "output of scontrol is cut short: the record of line 1 ('JobId=5 JobName=x') is not complete");
    CHECK_FALSE(slurm::parse_scontrol_job("JobId=5 JobName=x\n", 0s));
    CHECK_FALSE(slurm::parse_scontrol_job("JobId=5", 0s));
}

TEST_CASE("A hostile record takes no time")
{
    std::string heads;
    std::string ids;
    for (int i = 0; i < 5'000; ++i) {
        heads += "\n" + k_forged_head + "\n   Command=x";
        ids += "\n\nJobId=1";
    }
    CHECK(parse(record("x" + heads)).suspicious);
    check_true_values(parse(record("x" + ids)));
    check_true_values(parse(record(std::string(2'000'000, ' '))));
}

} // namespace scontrol_job_test

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <ctime>

#include <doctest/doctest.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "sample.hpp"

namespace sacct_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using slurm::Job;

namespace {

using Fields = std::vector<std::string>;

// Rows with "|" for the separator, which reads better here.
std::string rows(std::string text)
{
    std::replace(text.begin(), text.end(), '|', '\x1f');
    return text;
}

std::vector<Job> parse(const Fields& fields, std::string text)
{
    auto jobs = slurm::parse_sacct(rows(std::move(text)), fields, 0s);
    REQUIRE_MESSAGE(jobs, (jobs ? "" : jobs.error().message));
    return std::move(*jobs);
}

const Job& job_of(const std::vector<Job>& jobs, std::string_view id)
{
    const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) { return job.id == id; });
    REQUIRE_MESSAGE(found != jobs.end(), id);
    return *found;
}

} // namespace

TEST_CASE("Only fields that this sacct knows are asked for")
{
    const Fields fields = slurm::sacct_fields(sample("sacct-helpformat-22.05.txt"));
    const auto has = [&](std::string_view name) { return std::find(fields.begin(), fields.end(), name) != fields.end(); };
    CHECK(fields.front() == "JobID");
    CHECK(fields[1] == "JobIDRaw");
    CHECK(has("SubmitLine"));
    CHECK_FALSE(has("StdOut"));     // 24.05
    CHECK_FALSE(has("FailedNode")); // 23.02
    CHECK(slurm::sacct_fields("JobID State StdOut\nNoSuchField").size() == 3);
}

TEST_CASE("Without a list of fields, those of every version are asked for")
{
    for (const char* help : {"", "sacct: error: something", "StdOut"}) {
        const Fields fields = slurm::sacct_fields(help);
        CHECK(std::find(fields.begin(), fields.end(), "JobName") != fields.end());
        CHECK(std::find(fields.begin(), fields.end(), "SubmitLine") == fields.end());
        CHECK(std::find(fields.begin(), fields.end(), "StdOut") == fields.end());
    }
}

TEST_CASE("Real output of 22.05 becomes jobs with their steps")
{
    const Fields fields = slurm::sacct_fields(sample("sacct-helpformat-22.05.txt"));
    const auto parsed = slurm::parse_sacct(sample("sacct-22.05.txt"), fields, 1h);
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
    const std::vector<Job>& jobs = *parsed;
    CHECK(jobs.size() == 13);

    const Job& plain = job_of(jobs, "22001");
    CHECK(plain.raw_id == 22001);
    CHECK(plain.user == "alice");
    CHECK(plain.uid == 2001);
    CHECK(plain.state == "FAILED");
    CHECK(plain.exit_code == slurm::ExitCode{3, 0});
    CHECK(plain.elapsed == 2s);
    CHECK(plain.time_limit == slurm::TimeLimit{false, 10min});
    CHECK(plain.total_cpu == 4ms);
    CHECK(plain.allocated.at("mem") == 100ULL << 20);
    CHECK(plain.cpus == 1);
    CHECK(plain.submit == std::chrono::sys_days(std::chrono::November / 25 / 2026) + 13h + 1min + 4s);
    CHECK(plain.submit_line == "sbatch --wrap sleep 2; exit 3 -J plain");
    REQUIRE(plain.steps.size() == 1);
    CHECK(plain.steps[0].id == "batch");
    CHECK(plain.steps[0].max_rss == 3372ULL * 1024);
    CHECK(plain.steps[0].max_rss_node == "n1");
    CHECK(plain.steps[0].tasks == 1);

    const Job& gpu = job_of(jobs, "22011");
    CHECK(gpu.state == "RUNNING");
    CHECK_FALSE(gpu.end);
    REQUIRE(gpu.steps.size() == 2);
    CHECK_FALSE(gpu.steps[0].max_rss); // not measured yet
    CHECK(gpu.steps[1].id == "0");
    CHECK(gpu.steps[1].allocated.at("gres/gpu") == 1);

    const Job& het = job_of(jobs, "22004+1");
    CHECK(het.raw_id == 22005);
    CHECK(het.het_job == 22004);
    CHECK(het.het_offset == 1);
    CHECK(job_of(jobs, "22004+0").steps.size() == 1);

    const Job& rest = job_of(jobs, "22002_[1-9%2]");
    CHECK(rest.array_job == 22002);
    CHECK(rest.array_tasks == "1-9%2");
    CHECK(rest.array_throttle == 2);
    CHECK_FALSE(rest.start);
    CHECK(rest.node_list.empty());
    CHECK(rest.reason == "JobHeldUser");

    CHECK(job_of(jobs, "22003_2").raw_id == 22010);
    CHECK(job_of(jobs, "22003_2").array_task == 2);
    CHECK(job_of(jobs, "22003_3").steps.size() == 1);
    CHECK(job_of(jobs, "22013").time_limit == slurm::TimeLimit{true, 0s});
}

TEST_CASE("Names with newlines, bars and forged lines stay in their field")
{
    const Fields fields = slurm::sacct_fields(sample("sacct-helpformat-22.05.txt"));
    const auto jobs = slurm::parse_sacct(sample("sacct-22.05.txt"), fields, 0s).value();
    CHECK(job_of(jobs, "22006").name == "evil\n   JobState=COMPLETED Reason=None Dependency=(null)");
    CHECK(job_of(jobs, "22006").state == "PENDING");
    CHECK(job_of(jobs, "22006").work_dir == "/home/alice");
    // A separator within the name: what Slurm wrote stands, what users wrote is dropped, the next job is whole.
    CHECK(job_of(jobs, "22008").state == "PENDING");
    CHECK(job_of(jobs, "22008").name.empty());
    CHECK(job_of(jobs, "22011").name == "gpu");

    const auto two = parse({"JobID", "State", "JobName"}, "1|FAILED|a\n2 COMPLETED\n|\n3|RUNNING|\x1b[31mred|\n");
    REQUIRE(two.size() == 2);
    CHECK(two[0].name == "a\n2 COMPLETED\n");
    CHECK(two[1].name == "\x1b[31mred");
}

TEST_CASE("A record cut short is an error that says where")
{
    const Fields fields = {"JobID", "State", "JobName"};
    const auto cut = slurm::parse_sacct(rows("1|FAILED|a|\n2|RUNN"), fields, 0s);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == Code::parse);
    CHECK(cut.error().message == "output of sacct is cut short: record 2 (line 2) has 1 of 3 fields");
    CHECK_FALSE(slurm::parse_sacct("sacct: error: no luck\n", fields, 0s));
    CHECK_FALSE(slurm::parse_sacct(rows("1|FAILED|a|b|c"), fields, 0s));
    CHECK(slurm::parse_sacct("", fields, 0s).value().empty());
    CHECK(slurm::parse_sacct("\n\n", fields, 0s).value().empty());
    CHECK(slurm::parse_sacct(rows("1|FAILED|a|"), fields, 0s).value().size() == 1);
    CHECK(slurm::parse_sacct(rows("1|FAILED|a|\r\n2|FAILED|b|\r\n"), fields, 0s).value().size() == 2);
    CHECK_FALSE(slurm::parse_sacct("x", Fields{"State"}, 0s));
    CHECK_FALSE(slurm::parse_sacct("x", Fields{}, 0s));
}

TEST_CASE("A state tells who cancelled, and a cut word is completed only when unmistakable")
{
    const auto jobs = parse({"JobID", "State"}, "1|CANCELLED by 1001|\n2|CANCELLED+|\n3|OUT_OF_ME+|\n4|RE+|\n5|CANCELLED by root|\n6||\n");
    CHECK(jobs[0].state == "CANCELLED");
    CHECK(jobs[0].cancelled_by == 1001);
    CHECK(jobs[1].state == "CANCELLED");
    CHECK_FALSE(jobs[1].cancelled_by);
    CHECK(jobs[2].state == "OUT_OF_MEMORY");
    CHECK(jobs[3].state == "RE");
    CHECK(jobs[4].state == "CANCELLED");
    CHECK_FALSE(jobs[4].cancelled_by);
    CHECK(jobs[5].state.empty());
}

TEST_CASE("Requested memory is read as each version writes it")
{
    const auto jobs = parse({"JobID", "ReqTRES", "ReqMem"}, "1||4000Mn|\n2||4Gc|\n3||0n|\n4||4G|\n5|mem=8G|4G|\n6||16?|\n");
    CHECK(jobs[0].memory_per_node == 4000ULL << 20);
    CHECK(jobs[1].memory_per_cpu == 4ULL << 30);
    CHECK_FALSE(jobs[1].memory_per_node);
    CHECK_FALSE((jobs[2].memory_per_node || jobs[2].memory_per_cpu));
    CHECK(jobs[3].requested.at("mem") == 4ULL << 30);
    CHECK(jobs[4].requested.at("mem") == 8ULL << 30);
    CHECK(jobs[5].requested.empty());
}

TEST_CASE("What was not measured is absent, never zero")
{
    const auto jobs = parse({"JobID", "JobIDRaw", "MaxRSS", "AveCPU", "NTasks", "TRESUsageInTot", "End"},
                            "1|1||||||\n1.0|1.0|0|00:00:00|4|cpu=00:00:01,mem=0|Unknown|\n1.1|1.1|1.50G|01:02.5|||None|\n1.2|1.2|16?|x|y|z|w|\n");
    REQUIRE(jobs.size() == 1);
    REQUIRE(jobs[0].steps.size() == 3);
    const auto& steps = jobs[0].steps;
    CHECK_FALSE(steps[0].max_rss);
    CHECK(steps[0].average_cpu == 0ms);
    CHECK(steps[0].tasks == 4);
    CHECK(steps[0].usage_total.count("mem") == 0);
    CHECK(steps[0].usage_total.at("cpu") == 1000);
    CHECK_FALSE(steps[0].end);
    CHECK(steps[1].max_rss == 1'610'612'736);
    CHECK_FALSE(steps[2].max_rss);
    CHECK_FALSE(steps[2].average_cpu);
    CHECK_FALSE(steps[2].tasks);
}

TEST_CASE("Runs of a requeued job are jobs of their own, oldest first, each with its steps")
{
    const auto jobs = parse({"JobID", "JobIDRaw", "State", "Submit"},
                            "7|7|FAILED|2026-11-25T12:00:00|\n7.batch|7.batch|FAILED|2026-11-25T12:00:00|\n"
                            "8|8|RUNNING|2026-11-25T09:00:00|\n"
                            "7|7|NODE_FAIL|2026-11-25T10:00:00|\n7.0|7.0|CANCELLED|2026-11-25T10:00:00|\n7|7|REQUEUED|2026-11-25T11:00:00|\n");
    REQUIRE(jobs.size() == 4);
    CHECK(jobs[0].state == "NODE_FAIL");
    CHECK(jobs[0].steps.at(0).id == "0");
    CHECK(jobs[1].id == "8");
    CHECK(jobs[2].state == "REQUEUED");
    CHECK(jobs[2].steps.empty());
    CHECK(jobs[3].state == "FAILED");
    CHECK(jobs[3].steps.at(0).id == "batch");
}

TEST_CASE("Steps alone, het steps and clusters find their job")
{
    auto jobs = parse({"JobID", "JobIDRaw", "State"}, "12_3.0|15.0|FAILED|\n12_3.batch|15.batch|COMPLETED|\n");
    REQUIRE(jobs.size() == 1);
    CHECK(jobs[0].id == "12_3");
    CHECK(jobs[0].raw_id == 15);
    CHECK(jobs[0].state.empty());
    CHECK(jobs[0].steps.size() == 2);

    jobs = parse({"JobID", "JobIDRaw", "Cluster"}, "5|5|a|\n5.0|5.0|a|\n5|5|b|\n5.0+1|5.0+1|b|\n");
    REQUIRE(jobs.size() == 2);
    CHECK(jobs[0].steps.at(0).id == "0");
    CHECK(jobs[1].steps.at(0).id == "0+1");

    jobs = parse({"JobID", "State"}, "5|FAILED|\n5.batch|FAILED|\n12_3|FAILED|\n"); // a sacct without JobIDRaw
    CHECK(jobs[0].raw_id == 5);
    CHECK(jobs[0].steps.size() == 1);
    CHECK(jobs[1].raw_id == 0);
}

TEST_CASE("Absurd numbers are not told instead of wrapped")
{
    const auto jobs = parse({"JobID", "ElapsedRaw", "TimelimitRaw", "NNodes", "ExitCode", "Priority", "UID"},
                            "1|99999999999999999999|99999999999999|-5|999999:0|4294967294|99999999999|\n");
    const Job& job = jobs.at(0);
    CHECK_FALSE((job.elapsed || job.time_limit || job.nodes || job.exit_code || job.priority || job.uid));
}

TEST_CASE("Ten thousand array tasks are read in a fraction of a second")
{
    const Fields fields = slurm::sacct_fields(sample("sacct-helpformat-22.05.txt"));
    const std::string one = sample("sacct-22.05.txt");
    const std::size_t at = one.find("22003_2\x1f");
    const std::size_t end = one.find("22003_3\x1f");
    REQUIRE(end != std::string::npos);
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
        const std::string task = std::to_string(i);
        std::string rows_of_task = one.substr(at, end - at);
        for (std::size_t p = 0; (p = rows_of_task.find("22003_2", p)) != std::string::npos; p += 5) {
            rows_of_task.replace(p, 7, "22003_" + task);
        }
        for (std::size_t p = 0; (p = rows_of_task.find("22010", p)) != std::string::npos; p += 5) {
            rows_of_task.replace(p, 5, std::to_string(30'000 + i));
        }
        const std::size_t batch = rows_of_task.find('\n') + 1;
        text += rows_of_task + rows_of_task.substr(batch); // two steps
    }
    const std::clock_t start = std::clock(); // of this process: other work on the machine does not count
    const auto jobs = slurm::parse_sacct(text, fields, 0s);
    const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    REQUIRE(jobs);
    CHECK(jobs->size() == 10'000);
    CHECK(jobs->at(777).steps.size() == 2);
    MESSAGE("30,000 rows of " << text.size() / 1024 << " KiB: " << taken << " s");
}

} // namespace sacct_test

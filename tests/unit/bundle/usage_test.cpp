// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <limits>

#include "bundle/chart.hpp"
#include "bundle/view.hpp"
#include "worlds.hpp"

namespace usage_test {

using namespace hpcdoc;
using namespace hpcdoc::bundle;

namespace {

Recording with_sacct(std::string text)
{
    Recording recording;
    RecordedCall call;
    call.argv = {"sacct", "-j", "1"};
    call.completion.how = Completion::How::exited;
    call.completion.out = std::move(text);
    recording.calls.push_back(std::move(call));
    return recording;
}

std::vector<JobUsage> usage(const Recording& recording, std::vector<std::string> jobs)
{
    return usage_of(recording, jobs);
}

} // namespace

TEST_CASE("usage: used and asked for, by step; the extern step is not the job's work")
{
    const Recording recording = with_sacct(test::sacct_text(
        {{{"JobID", "7"},
          {"State", "COMPLETED"},
          {"AllocTRES", "cpu=4,mem=8G,node=2"},
          {"AllocCPUS", "4"},
          {"ElapsedRaw", "100"},
          {"NodeList", "n[1-2]"}},
         {{"JobID", "7.batch"},
          {"ElapsedRaw", "100"},
          {"AllocTRES", "cpu=2,mem=4G,node=1"},
          {"TotalCPU", "00:50.000"},
          {"MaxRSS", "1G"},
          {"NTasks", "1"},
          {"NodeList", "n1"}},
         {{"JobID", "7.extern"}, {"ElapsedRaw", "100"}, {"TotalCPU", "00:01.000"}, {"MaxRSS", "9G"}, {"NTasks", "1"}},
         {{"JobID", "7.0"}, {"ElapsedRaw", "50"}, {"TotalCPU", "02:30.000"}, {"MaxRSS", "2G"}, {"NTasks", "3"}}}));
    const auto all = usage(recording, {"7", "7", "8"});
    REQUIRE(all.size() == 1);
    REQUIRE(all[0].memory.size() == 2);
    CHECK(all[0].memory[0].what == "step batch on n1");
    CHECK(all[0].memory[0].used == double(1ull << 30));
    CHECK(all[0].memory[0].asked == double(4ull << 30));
    CHECK(all[0].memory[1].used == double(6ull << 30));
    CHECK(all[0].memory[1].asked == double(8ull << 30));
    CHECK(all[0].cpu[0].used == doctest::Approx(0.5));
    CHECK(all[0].cpu[1].used == doctest::Approx(3));
    CHECK(all[0].cpu[1].asked == 4);
}

TEST_CASE("usage: the last run counts, tasks belong to their array, 42 is not 4242")
{
    const Recording recording = with_sacct(
        test::sacct_text({{{"JobID", "42_1"}, {"ElapsedRaw", "10"}},
                          {{"JobID", "42_1.batch"}, {"ElapsedRaw", "10"}, {"MaxRSS", "1M"}, {"NTasks", "1"}},
                          {{"JobID", "42_1"}, {"ElapsedRaw", "20"}},
                          {{"JobID", "42_1.batch"}, {"ElapsedRaw", "20"}, {"MaxRSS", "2M"}, {"NTasks", "1"}},
                          {{"JobID", "4242"}, {"ElapsedRaw", "20"}},
                          {{"JobID", "4242.batch"}, {"ElapsedRaw", "20"}, {"MaxRSS", "3M"}, {"NTasks", "1"}}}));
    const auto all = usage(recording, {"42"});
    REQUIRE(all.size() == 1);
    CHECK(all[0].job == "42_1");
    CHECK(all[0].memory.at(0).used == double(2u << 20));
    CHECK(all[0].memory.at(0).asked == 0);
}

TEST_CASE("usage: jobstats, where the site runs it, knows the nodes and the GPUs")
{
    const Recording recording = worlds::recording_named("22.05/gpu-idle");
    const auto all = usage(recording, {std::string(util::trim(worlds::content_of(
                                          std::string(HPCDOC_SOURCE_DIR) + "/tests/recordings/22.05/gpu-idle/job")))});
    REQUIRE(all.size() == 1);
    CHECK(all[0].source == "jobstats");
    CHECK(!all[0].gpu.empty());
    CHECK(all[0].gpu[0].asked == 1);
}

TEST_CASE("usage: what cannot be read gives nothing")
{
    for (const char* text : {"", "\n", "no header", "JobID\x1f\n", "JobID\x1fState\x1f\n7\x1f",
                             "\x1f\x1f\x1f\n\x1f\x1f", "slurm_load: error\n"}) {
        CAPTURE(text);
        CHECK(usage(with_sacct(text), {"7", ""}).empty());
    }
    CHECK(recording_of({}).calls.empty());
    CHECK(recording_of({{"recording.json", "[]"}}).calls.empty());
}

TEST_CASE("chart: round steps within the range, whatever it is")
{
    CHECK(chart::round_steps(23, 5) == std::vector<double>{0, 5, 10, 15, 20});
    CHECK(chart::round_steps(100, 5) == std::vector<double>{0, 20, 40, 60, 80, 100});
    for (const double most :
         {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        CHECK(chart::round_steps(most, 5) == std::vector<double>{0});
    }
}

TEST_CASE("chart: bars never leave the drawing")
{
    chart::Chart one{
        "c",
        "<t>",
        "\"d\"",
        {{"row", "", {{-3, 7, 0, "s-ok", "</title>"}, {std::numeric_limits<double>::quiet_NaN(), 0.5, 2, "s-ok", ""}}}},
        {}};
    const std::string svg = chart::svg(one);
    CHECK(util::contains(svg, "x=\"0.00%\""));
    CHECK(util::contains(svg, "width=\"100.00%\""));
    CHECK(util::contains(svg, "&lt;t&gt;"));
    CHECK(util::contains(svg, "&lt;/title&gt;"));
    CHECK_FALSE(util::contains(svg, "nan"));
}

TEST_CASE("view: verdicts of all diagnoses, the worst first, each once")
{
    Report report;
    report.add(hpcdoc::samples::waiting());
    report.add(hpcdoc::samples::out_of_memory());
    report.add(hpcdoc::samples::out_of_memory());
    const auto all = verdicts_of(report);
    REQUIRE(all.size() == 2);
    CHECK(all[0].finding->id == "job.out-of-memory");
    CHECK(all[1].finding->id == "job.waiting-priority");
}

TEST_CASE("view: durations as people say them")
{
    using std::chrono::milliseconds;
    CHECK(took_text(milliseconds(-5)) == "0 ms");
    CHECK(took_text(milliseconds(999)) == "999 ms");
    CHECK(took_text(milliseconds(2440)) == "2.4 s");
    CHECK(took_text(milliseconds(65'000)) == "1 min 5 s");
}

} // namespace usage_test

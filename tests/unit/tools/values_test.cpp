// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/parse.hpp>

#include <doctest/doctest.h>

namespace values_test {

using namespace hpcdoc;
using namespace std::chrono_literals;

TEST_CASE("An exit code is status and signal")
{
    CHECK(slurm::parse_exit_code("1:0") == slurm::ExitCode{1, 0});
    CHECK(slurm::parse_exit_code("0:125") == slurm::ExitCode{0, 125});
    CHECK(slurm::parse_exit_code(" 0:53 ") == slurm::ExitCode{0, 53});
    for (const char* text : {"", "1", ":", "1:", ":1", "-1:0", "a:b", "1:0:0", "99999999999:0", "1 :0"}) {
        CAPTURE(text);
        CHECK_FALSE(slurm::parse_exit_code(text));
    }
}

TEST_CASE("TRES amounts are plain numbers, memory in bytes, CPU time in milliseconds")
{
    const slurm::Tres tres = slurm::parse_tres("billing=4,cpu=4,gres/gpu:a100=2,gres/gpu=2,mem=16G,node=1");
    CHECK(tres.at("mem") == 16ULL << 30);
    CHECK(tres.at("gres/gpu:a100") == 2);
    CHECK(tres.at("gres/gpu") == 2);
    CHECK(tres.size() == 6);
    const slurm::Tres usage = slurm::parse_tres("cpu=00:10:00,energy=0,fs/disk=2512,mem=3416K,pages=0,vmem=1.50G");
    CHECK(usage.at("cpu") == 600'000);
    CHECK(usage.at("mem") == 3416 * 1024);
    CHECK(usage.at("vmem") == 1'610'612'736);
    CHECK(slurm::parse_tres("cpu=1-00:00:00").at("cpu") == 86'400'000);
}

TEST_CASE("TRES text that says nothing gives nothing")
{
    for (const char* text : {"", "(null)", "N/A", ",,,", "=5", "cpu", "cpu=", "cpu=x", "mem=16?", "cpu=18446744073709551615",
                             "mem=99999999999999999999T"}) {
        CAPTURE(text);
        CHECK(slurm::parse_tres(text).empty());
    }
    CHECK(slurm::parse_tres("cpu=bad,node=2").size() == 1);
}

TEST_CASE("A time limit is a time, unlimited, or not told")
{
    CHECK(slurm::parse_limit("01:00:00") == slurm::TimeLimit{false, 1h});
    CHECK(slurm::parse_limit("1-02:03:04") == slurm::TimeLimit{false, 26h + 3min + 4s});
    CHECK(slurm::parse_limit("5:00") == slurm::TimeLimit{false, 5min});
    CHECK(slurm::parse_limit("UNLIMITED") == slurm::TimeLimit{true, 0s});
    for (const char* text : {"", "Partition_Limit", "NOT_SET", "N/A", "INVALID", "60", "soon", "1:2:3:4"}) {
        CAPTURE(text);
        CHECK_FALSE(slurm::parse_limit(text));
    }
}

TEST_CASE("Every state of Slurm is exactly one of pending, running and ended")
{
    for (const char* state :
         {"PENDING", "RUNNING", "SUSPENDED", "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL",
          "DEADLINE", "OUT_OF_MEMORY", "COMPLETING", "STAGE_OUT", "CONFIGURING", "EXPEDITING", "RESIZING", "REQUEUED", "REQUEUE_FED",
          "REQUEUE_HOLD", "SPECIAL_EXIT", "STOPPED", "REVOKED", "RESV_DEL_HOLD", "SIGNALING"}) {
        CAPTURE(state);
        slurm::Job job;
        job.state = state;
        CHECK(int{pending(job)} + int{running(job)} + int{ended(job)} == 1);
    }
    const slurm::Job nothing;
    CHECK_FALSE((pending(nothing) || running(nothing) || ended(nothing)));
}

TEST_CASE("A dependency's links carry type, job, task, state and whether one of several is enough")
{
    const auto links = slurm::parse_dependency("afterok:123_*(unfulfilled),after:9+5(failed),singleton(unfulfilled)");
    REQUIRE(links.size() == 3);
    CHECK(links[0].type == "afterok");
    CHECK(links[0].job == 123);
    CHECK(links[0].task == "*");
    CHECK(links[0].state == "unfulfilled");
    CHECK_FALSE(links[0].alternative);
    CHECK(links[1].job == 9);
    CHECK(links[1].task.empty());
    CHECK(links[1].state == "failed");
    CHECK(links[2].type == "singleton");
    CHECK(links[2].job == 0);

    const auto any = slurm::parse_dependency("afterok:1?afterany:2_7");
    REQUIRE(any.size() == 2);
    CHECK((any[0].alternative && any[1].alternative));
    CHECK(any[1].task == "7");
    CHECK(any[1].state.empty());

    CHECK(slurm::parse_dependency("afterok:1:2:3").size() == 3);
    CHECK(slurm::parse_dependency("(null)").empty());
    CHECK(slurm::parse_dependency("").empty());
    CHECK(slurm::parse_dependency(",,?,").empty());
    CHECK(slurm::parse_dependency("afterok:x").empty());
    CHECK(slurm::parse_dependency("afterok:99999999999999999999").empty());
}

} // namespace values_test

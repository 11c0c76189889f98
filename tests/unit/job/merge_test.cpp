// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "job/examine.hpp"

namespace merge_test {

using namespace hpcdoc;
using job::merge;
using job::Merged;
using job::SlurmSource;

namespace {

std::chrono::sys_seconds at(int minute)
{
    return std::chrono::sys_seconds(std::chrono::minutes(29'000'000 + minute));
}

slurm::Job a_job(std::string id, std::string state, std::optional<std::chrono::sys_seconds> submit = at(0))
{
    slurm::Job job;
    job.id = std::move(id);
    job.state = std::move(state);
    job.submit = submit;
    return job;
}

SlurmSource::Records records(std::vector<slurm::Job> controller, std::vector<slurm::Job> accounting)
{
    SlurmSource::Records both;
    both.controller.value = std::move(controller);
    both.accounting.value = std::move(accounting);
    return both;
}

} // namespace

TEST_CASE("the controller's state wins, and what it lacks comes from the accounting")
{
    slurm::Job live = a_job("7", "COMPLETED");
    live.partition = "debug";
    slurm::Job stored = a_job("7", "RUNNING");
    stored.partition = "old";
    stored.cluster = "lab";
    stored.steps.resize(2);
    const std::vector<Merged> all = merge(records({live}, {stored}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].from_controller);
    CHECK(all[0].from_accounting);
    CHECK(all[0].job.state == "COMPLETED");
    CHECK(all[0].job.partition == "debug");
    CHECK(all[0].job.cluster == "lab");
    CHECK(all[0].job.steps.size() == 2);
    CHECK(all[0].runs.empty());
}

TEST_CASE("who cancelled a job is known to the accounting only")
{
    slurm::Job stored = a_job("7", "CANCELLED");
    stored.cancelled_by = 2003;
    const std::vector<Merged> all = merge(records({a_job("7", "CANCELLED")}, {stored}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].job.cancelled_by == 2003U);
}

TEST_CASE("one source alone is enough")
{
    const std::vector<Merged> live = merge(records({a_job("7", "PENDING")}, {}));
    REQUIRE(live.size() == 1);
    CHECK(live[0].from_controller);
    CHECK_FALSE(live[0].from_accounting);
    const std::vector<Merged> stored = merge(records({}, {a_job("7", "FAILED")}));
    REQUIRE(stored.size() == 1);
    CHECK_FALSE(stored[0].from_controller);
    CHECK(stored[0].from_accounting);
    CHECK(merge(records({}, {})).empty());
}

TEST_CASE("runs of a requeued job are one job, and the last run is the one that counts")
{
    const std::vector<Merged> all =
        merge(records({}, {a_job("7", "REQUEUED", at(0)), a_job("8", "FAILED"), a_job("7", "FAILED", at(5))}));
    REQUIRE(all.size() == 2);
    CHECK(all[0].job.id == "7");
    CHECK(all[0].job.state == "FAILED");
    REQUIRE(all[0].runs.size() == 2);
    CHECK(all[0].runs[0].state == "REQUEUED");
    CHECK(all[1].runs.empty());
}

TEST_CASE("a job that waits again does not inherit how its last run ended")
{
    slurm::Job old = a_job("7", "REQUEUED", at(0));
    old.exit_code = slurm::ExitCode{99, 0};
    old.start = at(1);
    old.cluster = "lab";
    const std::vector<Merged> all = merge(records({a_job("7", "PENDING", at(5))}, {old}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].job.state == "PENDING");
    CHECK_FALSE(all[0].job.exit_code.has_value());
    CHECK_FALSE(all[0].job.start.has_value());
    CHECK(all[0].job.cluster == "lab");
    CHECK(all[0].runs.size() == 1);
}

TEST_CASE("an id that was given again names the new job")
{
    slurm::Job old = a_job("7", "FAILED", at(0)); // before MaxJobId was reached
    old.user = "bob";
    slurm::Job now = a_job("7", "RUNNING", at(500'000));
    now.user = "alice";
    const std::vector<Merged> all = merge(records({now}, {old}));
    REQUIRE(all.size() == 1);
    CHECK(all[0].job.user == "alice");
    CHECK(all[0].job.state == "RUNNING");
}

} // namespace merge_test

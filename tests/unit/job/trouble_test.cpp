// SPDX-License-Identifier: Apache-2.0
// Slurm does not answer, does not know the job, or may not tell.
#include "world.hpp"

namespace trouble_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

const std::string k_disabled = "Slurm accounting storage is disabled\n";

std::string pending_record()
{
    return Live{}.text();
}

} // namespace

TEST_CASE("without Slurm's commands the report says so, and says where they are")
{
    World world;
    world.controller("4242", ended(Completion::How::not_found)).accounting("4242", ended(Completion::How::not_found));
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "slurm.not-installed");
    CHECK_FALSE(report.complete());
    CHECK(holds(text_of(report), "login"));
}

TEST_CASE("a cluster without accounting still explains what the controller knows")
{
    World world;
    world.controller("4242", pending_record()).accounting("4242", printed("", 1, k_disabled));
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.waiting-begin-time");
    CHECK(report.complete()); // what does not exist is not missing
    CHECK(holds(text_of(report), "keeps no job accounting"));
}

TEST_CASE("a cluster without accounting has forgotten an ended job, and says why")
{
    World world;
    world.forgotten("4242").accounting("4242", printed("", 1, k_disabled));
    world.runner.on({"scontrol", "show", "config"}, "ClusterName = lab\nPrivateData = none\n");
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.not-found");
    CHECK(holds(text_of(report), "MinJobAge"));
}

TEST_CASE("sacct that fails but exits 0 is not taken at its status")
{
    World world; // before 23.11.4
    world.forgotten("4242").accounting("4242",
                                       printed("", 0,
                                               "sacct: error: slurm_persist_conn_open_without_init: failed to open "
                                               "persistent connection to host:db:6819: Connection refused\n"));
    world.runner.on({"scontrol", "show", "config"}, "PrivateData = none\n");
    CHECK(verdict_of(world.explain("4242")) == "slurm.database-unreachable");
}

TEST_CASE("where jobs are private an unknown id may be somebody else's")
{
    World world;
    world.forgotten("4242").accounting("4242", std::vector<Row>{});
    world.runner.on({"scontrol", "show", "config"}, "PrivateData             = accounts,jobs,usage\n");
    CHECK(verdict_of(world.explain("4242")) == "job.not-yours");

    World open;
    open.forgotten("4242").accounting("4242", std::vector<Row>{});
    open.runner.on({"scontrol", "show", "config"}, "PrivateData             = none\n");
    CHECK(verdict_of(open.explain("4242")) == "job.not-found");
}

TEST_CASE("a controller that is silent is told, and a job that the accounting saw end is explained all the same")
{
    World world;
    world.controller("4242", ended(Completion::How::timed_out)).accounting("4242", {job_row("4242", "TIMEOUT")});
    world.runner.on({"scontrol", "ping"}, "Slurmctld(primary) at ctl is DOWN\n");
    const Report report = world.explain("4242");
    CHECK(holds(verdict_of(report), "job.time-limit"));
    CHECK(finding_of(report, "slurm.controller-unreachable") != nullptr);
    CHECK_FALSE(report.complete());
}

TEST_CASE("what the accounting last heard is no verdict while the controller is silent")
{
    World world;
    world.controller("4242", ended(Completion::How::timed_out)).accounting("4242", {job_row("4242", "PENDING")});
    world.runner.on({"scontrol", "ping"}, "Slurmctld(primary) at ctl is DOWN\n");
    CHECK(verdict_of(world.explain("4242")) == "slurm.controller-unreachable");
}

TEST_CASE("an id that no Slurm can have is wrong usage and asks nobody")
{
    for (const char* id : {"0", "abc", "123456789012345678901234567890", "-1", "4242..", "4242_", ""}) {
        CAPTURE(id);
        World world;
        Report report;
        Context ctx = world.context();
        const auto done = explain_jobs(ctx, JobQuestion{{id}, "", true}, report);
        REQUIRE_FALSE(done);
        CHECK(done.error().code == Code::usage);
        CHECK(world.runner.calls().empty());
    }
}

TEST_CASE("a step that the job does not have is named with those it has")
{
    World world;
    world.forgotten("4242").accounting("4242", {job_row("4242", "COMPLETED"),
                                                {{"JobID", "4242.batch"}, {"State", "COMPLETED"}},
                                                {{"JobID", "4242.0"}, {"State", "COMPLETED"}}});
    Report report;
    Context ctx = world.context();
    const auto done = explain_jobs(ctx, JobQuestion{{"4242.9"}, "", true}, report);
    REQUIRE_FALSE(done);
    CHECK(holds(done.error().message, "no step '9'"));
    CHECK(holds(done.error().hint, "batch, 0"));
}

TEST_CASE("each question is put to Slurm once, however many parts of the report need its answer")
{
    World world;
    world.controller("4242", pending_record()).accounting("4242", printed("", 1, k_disabled));
    CHECK(world.explain(std::vector<std::string>{"4242", "4242"}).reports().empty()); // the same id twice is one id
    CHECK(world.runner.calls().size() == 3); // scontrol, which fields sacct has, sacct
    CHECK(world.runner.unexpected().empty());
}

} // namespace trouble_test

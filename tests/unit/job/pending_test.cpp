// SPDX-License-Identifier: Apache-2.0
// Why a job waits: dependencies, maintenance, reasons nobody knows.
#include "world.hpp"

namespace pending_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

// The clock of MemoryHost stands at 14:00:00.
std::string record(const std::string& id, const std::string& reason, const std::string& dependency = "(null)",
                   const std::string& limit = "02:00:00", const std::string& nodes = "(null)")
{
    Live live;
    live.id = id;
    live.reason = reason;
    live.dependency = dependency;
    live.limit = limit;
    live.requested_nodes = nodes;
    return live.text();
}

Row waiting(const std::string& id)
{
    Row row = job_row(id, "PENDING");
    row["Start"] = row["End"] = "Unknown";
    row["NodeList"] = "None assigned";
    return row;
}

// Job 4242 waits.
struct Waiting : World {
    explicit Waiting(const std::string& reason, const std::string& dependency = "(null)",
                     const std::string& limit = "02:00:00")
    {
        controller("4242", record("4242", reason, dependency, limit)).accounting("4242", {waiting("4242")});
    }
};

} // namespace

TEST_CASE("a reason that hpcdoc does not know is shown as it came, and nothing is guessed")
{
    Waiting world("QuantumFluxLimit");
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.reason-unknown");
    CHECK(holds(text_of(report), "QuantumFluxLimit"));
    CHECK(report.verdict()->escalate.has_value());
}

TEST_CASE("of a chain the job that really failed is named, not the one that waits for it")
{
    Waiting world("Dependency", "afterok:4241(unfulfilled)");
    world.accounting("4241", {waiting("4241")});
    world.controller("4241", record("4241", "Dependency", "afterok:4240(unfulfilled)"));
    world.accounting("4240", {waiting("4240")});
    world.controller("4240", record("4240", "DependencyNeverSatisfied", "afterok:4239(failed)"));
    world.accounting("4239", {job_row("4239", "FAILED", "3:0")});
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.dependency-never-satisfied");
    CHECK(holds(report.verdict()->title, "4239"));
    CHECK(holds(report.verdict()->title, "3:0"));
}

TEST_CASE("where there is no accounting the controller is asked for the jobs that it waits for")
{
    Waiting world("Dependency", "afterok:4241(unfulfilled)");
    Live parent;
    parent.id = "4241";
    parent.state = "FAILED";
    parent.reason = "NonZeroExitCode";
    parent.exit_code = "3:0";
    parent.end = "2025-11-25T13:10:05";
    world.controller("4241", parent.text());
    world.accounting("4241", printed("", 1, "Slurm accounting storage is disabled\n"));
    CHECK(holds(text_of(world.explain("4242")), "4241 is FAILED"));
}

TEST_CASE("a chain that still can start is only waiting")
{
    Waiting world("Dependency", "afterok:4241(unfulfilled)");
    Row running = job_row("4241", "RUNNING");
    running["End"] = "Unknown";
    world.accounting("4241", {running});
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.waiting-dependency");
    CHECK(holds(text_of(report), "4241 is RUNNING"));
}

TEST_CASE("jobs that wait for each other in a ring end the search, not the program")
{
    Waiting world("Dependency", "afterok:4241(unfulfilled)");
    world.accounting("4241", {waiting("4241")});
    world.controller("4241", record("4241", "Dependency", "afterok:4242(unfulfilled)"));
    CHECK(verdict_of(world.explain("4242")) == "job.waiting-dependency");
}

TEST_CASE("the longest time that still fits before a maintenance is to the minute")
{
    Waiting world("ReqNodeNotAvail,_Reserved_for_maintenance");
    world.runner.on(
        {"scontrol", "show", "reservation"},
        "ReservationName=maint1 StartTime=2025-11-25T15:00:30 EndTime=2025-11-25T18:00:00 Duration=02:59:30\n"
        "   Nodes=n[1-4] NodeCnt=4 CoreCnt=64 Features=(null) PartitionName=(null) Flags=MAINT,SPEC_NODES\n"
        "   TRES=cpu=64\n   Users=root Groups=(null) Accounts=(null) Licenses=(null) State=INACTIVE BurstBuffer=(null) "
        "Watts=n/a\n"
        "   MaxStartDelay=(null)\n\n");
    world.runner.on({"scontrol", "-a", "show", "partition", "debug"},
                    "PartitionName=debug\n   AllowGroups=ALL AllowAccounts=ALL AllowQos=ALL\n   Nodes=n[1-4]\n   "
                    "State=UP TotalCPUs=64 TotalNodes=4\n\n");
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.reserved-for-maintenance");
    // 14:00:00 to 15:00:30, a minute to spare
    REQUIRE_FALSE(report.verdict()->fixes.empty());
    CHECK(report.verdict()->fixes[0].commands[0] == "#SBATCH --time=00:59:00");
    CHECK(world.runner.unexpected().empty());
}

TEST_CASE("a maintenance that the job ends before is not in its way")
{
    Waiting world("Resources", "(null)", "00:30:00");
    world.runner.on(
        {"scontrol", "show", "reservation"},
        "ReservationName=maint1 StartTime=2025-11-25T15:00:00 EndTime=2025-11-25T18:00:00 Duration=03:00:00\n"
        "   Nodes=n1 NodeCnt=1 CoreCnt=4 Features=(null) PartitionName=(null) Flags=MAINT,SPEC_NODES\n"
        "   Users=root Groups=(null) Accounts=(null) Licenses=(null) State=INACTIVE\n\n");
    world.runner.on({"scontrol", "-a", "show", "partition", "debug"},
                    "PartitionName=debug\n   Nodes=n1\n   State=UP TotalCPUs=4 TotalNodes=1\n\n");
    world.runner.on({"scontrol", "show", "node", "n1"},
                    "NodeName=n1 CPUTot=4\n   RealMemory=4000\n   State=ALLOCATED\n\n");
    world.runner.on({"squeue", "-h", "-a", "-p", "debug", "-t", "PENDING,RUNNING", "-o", slurm::squeue_format()}, "");
    world.runner.on({"squeue", "-h", "-a", "--start", "-j", "4242", "-o", "%S"}, "2025-11-25T14:20:00\n");
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.waiting-resources");
    CHECK(holds(text_of(report), "2025-11-25 14:20"));
}

TEST_CASE("a node's reason is read through the lines of blanks that newer versions print")
{
    World world;
    world.controller("4242", record("4242", "ReqNodeNotAvail,_UnavailableNodes:n5", "(null)", "01:00:00", "n5"))
        .accounting("4242", {waiting("4242")});
    world.runner.on({"scontrol", "show", "node", "n5"},
                    "NodeName=n5 CPUTot=4\n   State=DOWN ThreadsPerCore=1\n   CurrentWatts=0 AveWatts=0\n   \n   "
                    "Reason=bad dimm [root@2025-11-25T12:00:00]\n\n");
    world.runner.on({"scontrol", "show", "reservation"}, "No reservations in the system\n");
    const Report report = world.explain("4242");
    CHECK(verdict_of(report) == "job.node-unavailable");
    CHECK(holds(text_of(report), "bad dimm"));
}

TEST_CASE("a limit that cannot be read is not called exceeded")
{
    Waiting world("QOSMaxCpuPerUserLimit");
    world.runner.on({"scontrol", "-a", "show", "partition", "debug"},
                    "PartitionName=debug\n   Nodes=n1\n   State=UP\n\n");
    world.runner.on({"scontrol", "show", "assoc_mgr", "qos=normal", "flags=qos"},
                    printed("", 1, "Access/permission denied\n"));
    const Report report = world.explain("4242");
    CHECK(holds(verdict_of(report), "job.limit-"));
    CHECK(report.verdict()->certainty == Certainty::likely);
    CHECK_FALSE(report.complete());
}

} // namespace pending_test

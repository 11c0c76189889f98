// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <doctest/doctest.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "sample.hpp"

namespace tables_test {

using namespace hpcdoc;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t k_mib = 1ULL << 20;

} // namespace

TEST_CASE("squeue is asked for what is read: each field ends with the separator")
{
    const std::string format = slurm::squeue_format();
    CHECK(format.substr(0, 6) == "%i\x1f%A\x1f");
    CHECK(format.back() == '\x1f');
    CHECK(format.find("%s") == std::string::npos); // another meaning in 26.05
}

TEST_CASE("Real squeue output becomes jobs, whatever is in their names")
{
    const auto parsed = slurm::parse_squeue(sample("squeue-22.05.txt"), 0s);
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
    CHECK(parsed->size() == 16);
    const auto job = [&](std::string_view id) {
        const auto found = std::find_if(parsed->begin(), parsed->end(), [&](const slurm::Job& one) { return one.id == id; });
        REQUIRE_MESSAGE(found != parsed->end(), id);
        return *found;
    };
    CHECK(job("22002_7").array_task == 7);
    CHECK(job("22002_7").raw_id == 22002);
    CHECK(job("22011").state == "RUNNING");
    CHECK(job("22011").elapsed == 32s);
    CHECK(job("22011").cpus == 2);
    CHECK(job("22011").node_list == "n2");
    CHECK(job("22011").scheduled_nodes.empty());
    CHECK(job("22011").time_limit == slurm::TimeLimit{false, 10min});
    CHECK(job("22013").time_limit == slurm::TimeLimit{true, 0s});
    CHECK_FALSE(job("22013").end);
    CHECK(job("22014").reason == "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions");
    CHECK(job("22015").licenses == "matlab:1");
    CHECK(job("22015").comment == "x JobState=FAILED y");
    CHECK(job("22006").name == "evil\n   JobState=COMPLETED Reason=None Dependency=(null)");
    CHECK(job("22008").state == "PENDING"); // a separator in its name
    CHECK(job("22008").name.empty());
    CHECK(slurm::parse_squeue("", 0s).value().empty());
    CHECK_FALSE(slurm::parse_squeue("22001 debug\n", 0s));
}

TEST_CASE("sstat's rows become steps")
{
    const auto steps = slurm::parse_sstat(sample("sstat-22.05.txt"));
    REQUIRE(steps);
    REQUIRE(steps->size() == 2);
    CHECK(steps->at(0).id == "batch");
    CHECK(steps->at(1).id == "0");
    CHECK(steps->at(1).tasks == 2);
    CHECK(steps->at(1).average_cpu == 2s);
    CHECK(steps->at(1).max_rss == 3044ULL * 1024);
    CHECK(steps->at(1).usage_total.at("cpu") == 5000);
    CHECK(slurm::parse_sstat("").value().empty());
    const auto cut = slurm::parse_sstat("1.batch|1|n2");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().message == "output of sstat is not what was asked for: line 1 has 3 of 12 fields: '1.batch|1|n2'");
    CHECK(slurm::sstat_fields().size() == 12);
}

TEST_CASE("Nodes carry their states, sizes and the admin's reason")
{
    const auto nodes = slurm::parse_nodes(sample("node-22.05.txt"), 0s);
    REQUIRE(nodes);
    REQUIRE(nodes->size() == 2);
    const slurm::Node& up = nodes->at(0);
    CHECK(up.name == "n1");
    CHECK(up.states == std::vector<std::string>{"IDLE"});
    CHECK_FALSE(up.unavailable());
    CHECK(up.cpus == 4);
    CHECK(up.allocated_cpus == 0);
    CHECK(up.memory == 4000 * k_mib);
    CHECK(up.free_memory == 21818 * k_mib);
    CHECK(up.threads_per_core == 1);
    CHECK(up.gres == "gpu:a100:2");
    CHECK(up.features == "intel,a100");
    CHECK(up.partitions == "debug,long,offline,closed,tiny,physics,express,support,capped");
    const slurm::Node& down = nodes->at(1);
    CHECK(down.states == std::vector<std::string>{"DOWN", "NOT_RESPONDING"});
    CHECK(down.unavailable());
    CHECK(down.reason == "bad dimm");
    CHECK_FALSE(down.free_memory);
    CHECK(down.gres.empty());
}

TEST_CASE("Node states are taken apart in every spelling")
{
    const auto node = [](const std::string& state, const std::string& reason = "") {
        return slurm::parse_nodes("NodeName=n1 CPUTot=4 \n   State=" + state + " ThreadsPerCore=1\n" + reason, 0s).value().at(0);
    };
    using States = std::vector<std::string>;
    CHECK(node("DOWN*+DRAIN").states == States{"DOWN", "NOT_RESPONDING", "DRAIN"});
    CHECK(node("IDLE+DRAIN").unavailable());
    CHECK(node("MIXED+DRAIN").unavailable());
    CHECK(node("IDLE*").unavailable());
    CHECK_FALSE(node("IDLE+CLOUD+POWERED_DOWN").unavailable());
    CHECK_FALSE(node("ALLOCATED+COMPLETING").unavailable());
    CHECK_FALSE(node("MIXED+PLANNED").unavailable());
    const slurm::Node drained = node("IDLE+DRAIN", "   Reason=disk Foo=bar [x] [root@2026-11-25T10:00:00]\n");
    CHECK(drained.reason == "disk Foo=bar [x]");
    CHECK(drained.reason_user == "root");
    CHECK(drained.reason_time == std::chrono::sys_days(std::chrono::November / 25 / 2026) + 10h);
    CHECK(node("DOWN", "   Reason=Not responding [slurm@Unknown]\n").reason == "Not responding");
    CHECK(node("DOWN", "   Reason=]@[\n").reason == "]@[");
}

TEST_CASE("Partitions carry their limits and who may use them")
{
    const auto partitions = slurm::parse_partitions(sample("partition-22.05.txt"));
    REQUIRE(partitions);
    REQUIRE(partitions->size() == 4);
    const slurm::Partition& debug = partitions->at(0);
    CHECK(debug.name == "debug");
    CHECK(debug.state == "UP");
    CHECK(debug.max_time == slurm::TimeLimit{false, 1h});
    CHECK_FALSE(debug.max_nodes);
    CHECK_FALSE(debug.max_memory_per_node);
    CHECK(debug.total_nodes == 3);
    CHECK(debug.total_cpus == 12);
    CHECK(debug.nodes == "n[1-3]");
    CHECK(debug.qos.empty());
    CHECK(debug.allow_accounts == "ALL");
    CHECK_FALSE(debug.exclusive);
    CHECK(partitions->at(1).max_nodes == 1);
    CHECK(partitions->at(2).allow_accounts == "physics");
    CHECK(partitions->at(3).qos == "partcap");
    const auto strict = slurm::parse_partitions("PartitionName=p\n   AllowGroups=hpc,gpu DenyAccounts=a,b DenyQos=x\n   State=DOWN "
                                                "OverSubscribe=EXCLUSIVE MaxTime=UNLIMITED MaxMemPerCPU=2000\n");
    CHECK(strict.value().at(0).deny_accounts == "a,b");
    CHECK(strict.value().at(0).exclusive);
    CHECK(strict.value().at(0).max_time == slurm::TimeLimit{true, 0s});
    CHECK(strict.value().at(0).max_memory_per_cpu == 2000 * k_mib);
}

TEST_CASE("Reservations and licences are read")
{
    const auto reservations = slurm::parse_reservations(sample("reservation-22.05.txt"), 0s);
    REQUIRE(reservations);
    REQUIRE(reservations->size() == 1);
    const slurm::Reservation& one = reservations->at(0);
    CHECK(one.name == "hpcdoc-sample");
    CHECK(one.maintenance());
    CHECK(one.nodes == "n9");
    CHECK(one.users == "root");
    CHECK(one.accounts.empty());
    CHECK(one.state == "INACTIVE");
    CHECK(*one.end - *one.start == 1h);
    CHECK(slurm::parse_reservations("No reservations in the system\n", 0s).value().empty());

    const auto licenses = slurm::parse_licenses(sample("license-22.05.txt"));
    REQUIRE(licenses.size() == 2);
    CHECK(licenses[1].name == "matlab");
    CHECK(licenses[1].total == 2);
    CHECK(licenses[1].free == 2);
    CHECK(licenses[1].reserved == 0);
    CHECK(slurm::parse_licenses("No licenses configured in Slurm.\n").empty());
    CHECK(slurm::parse_licenses("LicenseName=matlab@srv Total=10 Used=4 Free=6 Remote=yes\n").at(0).used == 4);
}

TEST_CASE("What is not there is an empty list, what is cut or strange is an error")
{
    CHECK(slurm::parse_nodes("", 0s).value().empty());
    CHECK(slurm::parse_nodes("Node nope not found\n", 0s).value().empty());
    CHECK(slurm::parse_partitions("Partition nope not found\n").value().empty());
    CHECK(slurm::parse_reservations("Reservation nope not found\n", 0s).value().empty());
    CHECK_FALSE(slurm::parse_nodes("PartitionName=x State=UP\n", 0s));
    const auto cut = slurm::parse_nodes("NodeName=n1 State=IDLE\n\nNodeName=n2 Arch=x86_64\n   CPUAlloc=0", 0s);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().message == "output of scontrol show node is cut short: NodeName 'n2' has no State");
}

TEST_CASE("The configuration is read line by line")
{
    const slurm::Record config = slurm::parse_config("Configuration data as of 2026-11-25T14:00:45\nClusterName             = lab\n"
                                                     "SlurmctldHost[0]        = a(1.2.3.4)\nX = a = b\nEmpty =\n\n"
                                                     "Slurmctld(primary) at lab is UP\n");
    CHECK(config.at("ClusterName") == "lab");
    CHECK(config.at("SlurmctldHost[0]") == "a(1.2.3.4)");
    CHECK(config.at("X") == "a = b");
    CHECK(config.at("Empty").empty());
    CHECK(config.size() == 4);
}

TEST_CASE("Limits of associations and QOS come with what is used")
{
    const auto owners = slurm::parse_assoc_mgr(sample("assoc-mgr-22.05.txt"), "alice", "bio");
    REQUIRE(owners);
    REQUIRE(owners->size() == 6);
    const slurm::LimitOwner& account = owners->at(0);
    CHECK(account.kind == "association");
    CHECK(account.account == "bio");
    CHECK(account.user.empty());
    CHECK(account.parent_account == "research");
    CHECK_FALSE(account.limits.at("GrpTRES").at("cpu").limit);
    CHECK(account.limits.at("GrpTRESMins").at("mem").used == 231 * k_mib);
    CHECK(account.limits.at("GrpWall").at("").used == 1);
    CHECK(account.limits.count("MaxJobs") == 0); // printed empty: no such limit
    CHECK(owners->at(1).user == "alice");
    const slurm::LimitOwner& small = owners->at(3);
    CHECK(small.kind == "qos");
    CHECK(small.name == "short");
    CHECK(small.limits.at("MaxWallPJ").at("").limit == 5);
    CHECK(small.limits.count("MaxTRESPU") == 0); // nobody uses it, so nothing is printed
    CHECK(small.text.find("MaxWallPJ=5") != std::string::npos);
}

TEST_CASE("The use of a QOS is that of the user and account asked for")
{
    const std::string head = "Current Association Manager state\n\n"
                             "ClusterName=lab Account=bio UserName=alice(2001) Partition= Priority=0 ID=10\n    GrpJobs=10(3) GrpJobsAccrue=N(0)\n\n";
    const std::string qos = "QOS Records\n\nQOS=tiny(4)\n    MaxWallPJ=\n    Account Limits\n      math\n        MaxJobsPA=9(9)\n      bio\n"
                            "        MaxJobsPA=9(2)\n    User Limits\n      2002\n        MaxJobsPU=N(7)\n        MaxTRESPU=cpu=8(8),mem=N(100)\n"
                            "      2001\n        MaxJobsPU=N(1)\n        MaxTRESPU=cpu=8(2),mem=N(50)\n";
    auto owners = slurm::parse_assoc_mgr(head + qos, "alice", "bio").value();
    CHECK(owners.at(0).limits.at("GrpJobs").at("").limit == 10);
    CHECK(owners.at(0).limits.at("GrpJobs").at("").used == 3);
    CHECK(owners.at(1).limits.at("MaxTRESPU").at("cpu").limit == 8);
    CHECK(owners.at(1).limits.at("MaxTRESPU").at("cpu").used == 2);
    CHECK(owners.at(1).limits.at("MaxTRESPU").at("mem").used == 50 * k_mib);
    CHECK(owners.at(1).limits.at("MaxJobsPA").at("").used == 2);
    CHECK(owners.at(1).text.find("cpu=8(8)") == std::string::npos); // no numbers of other people in the evidence

    // The limit is everybody's; who has no block of his own uses nothing.
    owners = slurm::parse_assoc_mgr("ClusterName=lab Account=bio UserName=carol(2003) Partition= ID=1\n" + qos, "carol", "bio").value();
    CHECK(owners.at(1).limits.at("MaxTRESPU").at("cpu").limit == 8);
    CHECK(owners.at(1).limits.at("MaxTRESPU").at("cpu").used == 0);

    // Only numbers, and none known for the user: nothing is told rather than a wrong use.
    owners = slurm::parse_assoc_mgr(qos, "alice", "bio").value();
    CHECK(owners.at(0).limits.count("MaxTRESPU") == 0);
    CHECK(owners.at(0).limits.at("MaxJobsPA").at("").used == 2);

    std::string named = qos;
    named.replace(named.find("      2001"), 10, "      alice(2001)");
    CHECK(slurm::parse_assoc_mgr(named, "alice", "bio").value().at(0).limits.at("MaxTRESPU").at("cpu").used == 2);
}

TEST_CASE("Other text than limits is told apart")
{
    CHECK(slurm::parse_assoc_mgr("", "a", "b").value().empty());
    CHECK(slurm::parse_assoc_mgr("Current Association Manager state\n\nNo associations currently cached in Slurm.\n\n", "a", "b").value().empty());
    CHECK_FALSE(slurm::parse_assoc_mgr("slurm_load_assoc_mgr_info error\n", "a", "b"));
    const auto owners = slurm::parse_assoc_mgr("QOS=x(1)\n    Comment=GrpJobs=1(1)\n    GrpTRES=cpu,=,mem=,cpu=x(1),node=5(y)\n    MaxWallPJ=99999999999999999999\n",
                                               "a", "b").value();
    CHECK(owners.at(0).limits.count("GrpJobs") == 0);
    CHECK(owners.at(0).limits.at("GrpTRES").size() == 1);
    CHECK(owners.at(0).limits.count("MaxWallPJ") == 0);
}

} // namespace tables_test

// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "job/exit_codes.hpp"
#include "world.hpp"

namespace exit_codes_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

job::ExitCodes shipped_codes()
{
    World world;
    const auto text = world.context().data("slurm/exit_codes.toml");
    REQUIRE(text);
    auto codes = job::ExitCodes::parse(*text, "exit_codes.toml");
    REQUIRE_MESSAGE(codes, codes.error().message);
    return std::move(*codes);
}

struct Ended {
    std::string state, exit_code, verdict;
};

} // namespace

TEST_CASE("every verdict that an exit code alone leads to is a finding that the rules can give")
{
    const auto all = shipped_rules().rules();
    REQUIRE_MESSAGE(all, all.error().message);
    std::set<std::string> known;
    for (const RuleInfo& rule : *all) {
        known.insert(rule.id);
    }
    const job::ExitCodes codes = shipped_codes();
    for (int number = 0; number <= 4100; ++number) {
        for (const job::ExitMeaning* meaning : {codes.status(number), codes.signal(number), codes.slurmd(number)}) {
            if (meaning != nullptr) {
                CAPTURE(number);
                CHECK_FALSE(meaning->meaning.empty());
                CHECK((meaning->verdict.empty() || known.contains(meaning->verdict)));
            }
        }
    }
}

TEST_CASE("a number that the table lacks has no meaning")
{
    const job::ExitCodes codes = shipped_codes();
    CHECK(codes.status(77) == nullptr);
    CHECK(codes.signal(-1) == nullptr);
    CHECK(codes.slurmd(4021) != nullptr);
    CHECK(codes.slurmd(21) == nullptr);
}

TEST_CASE("a table that is not one says where it is wrong")
{
    const auto broken = job::ExitCodes::parse("[[status]]\nnumber = \"one\"\n", "codes.toml");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == Code::config);
    CHECK(holds(broken.error().message, "codes.toml:1"));
    CHECK_FALSE(job::ExitCodes::parse("[[status", "codes.toml"));
    CHECK_FALSE(job::ExitCodes::parse("", "codes.toml"));
    CHECK_FALSE(job::ExitCodes::parse("status = 3\n", "codes.toml"));
    CHECK_FALSE(job::ExitCodes::parse("[[status]]\nnumber = -1\n", "codes.toml"));
}

TEST_CASE("exit codes are decoded to the verdict a person would give")
{
    const std::vector<Ended> table = {
        {"FAILED", "0:53", "job.output-unwritable"},
        {"FAILED", "0:54", "job.prolog-failed"},
        {"FAILED", "0:42", "job.launch-failed"},
        {"FAILED", "0:11", "job.segfault"},
        {"FAILED", "139:0", "job.segfault"},
        {"FAILED", "134:0", "job.aborted"},
        {"FAILED", "135:0", "job.bus-error"},
        {"FAILED", "132:0", "job.illegal-instruction"},
        {"FAILED", "136:0", "job.float-exception"},
        {"FAILED", "0:9", "job.killed"},
        {"FAILED", "137:0", "job.killed"},
        {"FAILED", "0:15", "job.terminated"},
        {"FAILED", "127:0", "job.command-not-found"},
        {"FAILED", "126:0", "job.not-executable"},
        {"FAILED", "1:0", "job.failed-in-application"},
        {"FAILED", "3:0", "job.failed-in-application"},
        {"FAILED", "255:0", "job.failed-in-application"},
        {"OUT_OF_MEMORY", "0:125", "job.out-of-memory"},
        {"COMPLETED", "0:0", "job.completed"},
        {"NODE_FAIL", "1:0", "job.node-failure"},
        {"DEADLINE", "1:0", "job.deadline"},
        {"BOOT_FAIL", "0:0", "job.boot-failure"},
    };
    for (const Ended& ended : table) {
        CAPTURE(ended.state);
        CAPTURE(ended.exit_code);
        World world;
        world.forgotten("4242").accounting("4242", {job_row("4242", ended.state, ended.exit_code)});
        world.runner.on({"scontrol", "show", "node", "n1"}, "NodeName=n1 State=IDLE\n");
        CHECK(verdict_of(world.explain(std::vector<std::string>{"4242"}, false)) == ended.verdict);
    }
}

TEST_CASE("a step that ran out of memory is told although the job says COMPLETED")
{
    World world;
    world.forgotten("7").accounting("7", {job_row("7", "COMPLETED"),
                                          {{"JobID", "7.batch"}, {"State", "COMPLETED"}, {"ExitCode", "0:0"}},
                                          {{"JobID", "7.0"}, {"State", "OUT_OF_MEMORY"}, {"ExitCode", "0:125"}}});
    const Report report = world.explain("7");
    CHECK(verdict_of(report) == "job.out-of-memory");
    CHECK(holds(text_of(report), "7.0"));
}

TEST_CASE("sacct's folded status is no signal without the log to prove it")
{
    World world; // 22.05 and 24.11 print 11:0 for exit status 139, and for exit status 11 too
    world.forgotten("7").accounting("7", {job_row("7", "FAILED", "11:0")});
    CHECK(verdict_of(world.explain("7")) == "job.failed-in-application");
}

} // namespace exit_codes_test

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/reasons.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "reason_names.hpp"

namespace reasons_test {

using namespace hpcdoc;
using slurm::ReasonClass;
using slurm::Reasons;

namespace {

const Reasons& shipped()
{
    static const Reasons reasons = [] {
        std::ifstream file(HPCDOC_SOURCE_DIR "/share/hpcdoc/slurm/reasons.toml");
        std::ostringstream text;
        text << file.rdbuf();
        auto parsed = Reasons::parse(text.str(), "reasons.toml");
        REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
        return std::move(*parsed);
    }();
    return reasons;
}

std::string underscored(std::string text)
{
    std::replace(text.begin(), text.end(), ' ', '_');
    return text;
}

} // namespace

TEST_CASE("All 221 reasons of Slurm 20.11 to 26.05 are known, and no others")
{
    CHECK(k_reason_names.size() == 221);
    std::set<std::string_view> names(k_reason_names.begin(), k_reason_names.end());
    for (const std::string_view name : names) {
        CAPTURE(name);
        const auto match = shipped().match(name);
        CHECK(match.known);
        REQUIRE(match.reasons.size() == 1);
        CHECK(match.reasons[0].name == name);
        CHECK(match.reasons[0].meaning.back() == '.');
        CHECK_FALSE(match.reasons[0].versions.empty());
    }
    for (const slurm::Reason& reason : shipped().all()) {
        CAPTURE(reason.name);
        CHECK(names.count(reason.name) == 1);
    }
}

TEST_CASE("A reason leads to a verdict, a limit to compute, or an exit code to read")
{
    for (const slurm::Reason& reason : shipped().all()) {
        CAPTURE(reason.name);
        CHECK((!reason.verdict.empty() || !reason.limit.empty() || reason.name == "RaisedSignal"));
        CHECK((reason.limit.empty() || reason.scope == "association" || reason.scope == "qos"));
        CHECK((reason.verdict.empty() || reason.verdict.rfind("job.", 0) == 0));
    }
    const slurm::Reason reason = shipped().match("QOSMaxGRESPerUser").reasons.at(0);
    CHECK(reason.scope == "qos");
    CHECK(reason.limit == "MaxTRESPerUser");
    CHECK(reason.tres == "gres/*");
    CHECK(reason.kind == ReasonClass::waits);
}

TEST_CASE("An unknown reason is unknown, never guessed")
{
    for (const char* text : {"", "FooBarLimit", "199", "InvalidReason", "priority", "Resource", "Resources,Foo", "Resources,", ",",
                             "Priority Resources", "RaisedSignal:x(y)", "RaisedSignal:9", "Reservation", "ReservationX", "uid 5 is fine"}) {
        CAPTURE(text);
        CHECK(shipped().match(text).known == (std::string_view(text) == "Reservation"));
    }
    CHECK(shipped().match("Foo_Bar").text == "Foo_Bar");
    CHECK(shipped().match("FooBarLimit").reasons.empty());
}

TEST_CASE("Reasons that squeue merged for an array are all told")
{
    const auto match = shipped().match("Resources,Dependency");
    REQUIRE(match.reasons.size() == 2);
    CHECK(match.known);
    CHECK(match.reasons[0].name == "Resources");
    CHECK(match.reasons[1].name == "Dependency");
    CHECK(shipped().match("(Priority)").known);
}

TEST_CASE("A free text is known with blanks and with scontrol's underscores")
{
    struct Case {
        const char* text;
        const char* code;
        ReasonClass kind;
        const char* verdict;
    };
    const Case cases[] = {
        {"ReqNodeNotAvail, UnavailableNodes:n[1-3]", "ReqNodeNotAvail", ReasonClass::admin, "job.node-unavailable"},
        {"ReqNodeNotAvail, UnavailableNodes:", "ReqNodeNotAvail", ReasonClass::admin, "job.node-unavailable"},
        {"ReqNodeNotAvail, May be reserved for other job", "ReqNodeNotAvail", ReasonClass::waits, "job.waiting-resources"},
        {"ReqNodeNotAvail, Reserved for maintenance", "ReqNodeNotAvail", ReasonClass::yours, "job.reserved-for-maintenance"},
        {"Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions", "Resources",
         ReasonClass::waits, "job.waiting-resources"},
        {"Nodes required for job are DOWN, DRAINED, REBOOTING or reserved for jobs in higher priority partitions", "Resources",
         ReasonClass::waits, "job.waiting-resources"},
        {"Reservation bigrun was deleted", "ReservationDeleted", ReasonClass::yours, "job.constraint-impossible"},
        {"Reservation bigrun is invalid", "ReservationInvalid", ReasonClass::yours, "job.constraint-impossible"},
        {"Reservation bigrun, which this job was running under, has ended", "TimeLimit", ReasonClass::final, "job.time-limit-not-own"},
        {"launch failed requeued held", "JobHeldUser", ReasonClass::admin, "job.requeue-held"},
        {"launch failure limit exceeded requeued held", "JobHoldMaxRequeue", ReasonClass::admin, "job.requeue-held"},
        {"user env retrieval failed requeued held", "JobHeldUser", ReasonClass::yours, "job.requeue-held"},
        {"job requeued in special exit state", "JobHeldUser", ReasonClass::yours, "job.requeue-held"},
        {"job requeued in held state", "JobHeldUser", ReasonClass::yours, "job.requeue-held"},
        {"License request 'matlab:2' is no longer valid, holding job", "JobHeldAdmin", ReasonClass::admin, "job.held-by-admin"},
        {"Job's QOS not permitted to use this partition (debug allows short,long not normal)", "QOSNotAllowed", ReasonClass::never,
         "job.partition-not-allowed"},
        {"Job's QOS not permitted to use this partition (debug denies normal including normal)", "QOSNotAllowed", ReasonClass::never,
         "job.partition-not-allowed"},
        {"Job's QOS not known, so it can't use this partition (debug allows short)", "QOSNotAllowed", ReasonClass::never,
         "job.partition-not-allowed"},
        {"Job's account not permitted to use this partition (debug allows a,b not c)", "AccountNotAllowed", ReasonClass::never,
         "job.partition-not-allowed"},
        {"Job's account not permitted to use this partition (debug denies a including a)", "AccountNotAllowed", ReasonClass::never,
         "job.partition-not-allowed"},
        {"uid 2001 not in group permitted to use this partition (gpu). groups allowed: hpc,gpu", "AccountNotAllowed",
         ReasonClass::never, "job.partition-not-allowed"},
        {"RaisedSignal:9(Killed)", "RaisedSignal", ReasonClass::final, ""},
        {"RaisedSignal:53(Real-time signal 19)", "RaisedSignal", ReasonClass::final, ""},
        {"Unable to load job batch script", "SystemFailure", ReasonClass::admin, "job.launch-failed"},
        {"Unable to load job environment", "SystemFailure", ReasonClass::admin, "job.launch-failed"},
        {"incomplete hetjob", "SystemFailure", ReasonClass::admin, "job.launch-failed"},
        {"burst_buffer/lua: stage_in: no space on pool", "BurstBufferOperation", ReasonClass::admin, "job.launch-failed"},
        {"burst_buffer/datawarp: Stage-out in progress", "BurstBufferOperation", ReasonClass::waits, "job.waiting-resources"},
        {"Memory resize to 2000MB failed on node n1", "None", ReasonClass::yours, "job.running"},
        {"Job is at or exceeds QOS short's group max TRES(cpu) minutes of 100 with 120", "TimeLimit", ReasonClass::final,
         "job.time-limit-not-own"},
        {"Job is at or exceeds association (acc=research/user=alice/part=)'s group wall limit of 60 with 61", "TimeLimit",
         ReasonClass::final, "job.time-limit-not-own"},
    };
    for (const Case& one : cases) {
        for (const std::string& text : {std::string(one.text), underscored(one.text)}) {
            CAPTURE(text);
            const auto match = shipped().match(text);
            CHECK(match.known);
            REQUIRE(match.reasons.size() == 1);
            CHECK(match.reasons[0].name == one.code);
            CHECK(match.reasons[0].kind == one.kind);
            CHECK(match.reasons[0].verdict == one.verdict);
            CHECK_FALSE(match.reasons[0].meaning.empty());
        }
    }
}

TEST_CASE("Names within a free text keep their own underscores")
{
    auto match = shipped().match("Reservation_big_run_was_deleted");
    CHECK(match.captures.at("reservation") == "big_run");
    CHECK(match.text == "Reservation big_run was deleted");
    match = shipped().match("ReqNodeNotAvail,_UnavailableNodes:gpu_[01-03],n7");
    CHECK(match.captures.at("nodes") == "gpu_[01-03],n7");
    CHECK(match.text == "ReqNodeNotAvail, UnavailableNodes:gpu_[01-03],n7");
    match = shipped().match("Job's_QOS_not_permitted_to_use_this_partition_(my_part_allows_a_b,c_not_d_e)");
    CHECK(match.captures.at("partition") == "my_part");
    CHECK(match.captures.at("allowed") == "a_b,c");
    CHECK(match.captures.at("asked") == "d_e");
    match = shipped().match("RaisedSignal:53(Real-time_signal_19)");
    CHECK(match.captures.at("signal") == "53");
    match = shipped().match("uid 2001 not in group permitted to use this partition (gpu). groups allowed: hpc,gpu");
    CHECK(match.captures.at("allowed") == "hpc,gpu");
    CHECK(match.captures.at("uid") == "2001");
}

TEST_CASE("A reason file with a mistake is refused with file and line")
{
    const auto error = [](const char* text) {
        const auto parsed = Reasons::parse(text, "site.toml");
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == Code::config);
        return parsed.error().message;
    };
    const std::string good = "[[reason]]\nname = \"A\"\nclass = \"waits\"\nmeaning = \"B.\"\n";
    CHECK(Reasons::parse(good, "site.toml"));
    CHECK(error("").find("site.toml holds no [[reason]]") == 0);
    CHECK(error("[[reason]\n").find("site.toml:1: ") == 0);
    CHECK(error("[[reason]]\nname = \"A\"\n").find("site.toml:1: a [[reason]] needs name, class and meaning") == 0);
    CHECK(error("[[reason]]\nname = \"A\"\nclass = \"wait\"\nmeaning = \"B.\"\n") == "site.toml:3: unknown class 'wait'");
    CHECK(error("[[reason]]\nname = \"A\"\nclas = \"waits\"\nclass = \"waits\"\nmeaning = \"B.\"\n") == "site.toml:3: unknown key 'clas'");
    CHECK(error("[[reason]]\nname = 5\nclass = \"waits\"\nmeaning = \"B.\"\n").find("site.toml:1") == 0);
    CHECK(error((good + good).c_str()) == "site.toml:5: reason 'A' stands twice");
    CHECK(error((good + "[[text]]\nstarts = \"x\"\ncode = \"C\"\n").c_str()).find("site.toml:5: the 'code'") == 0);
    CHECK(error((good + "[[text]]\nstarts = \"x\"\ncode = \"A\"\npattern = \"(\"\n").c_str()).find("site.toml:5: pattern of 'x'") == 0);
    CHECK(error("reason = 5\n").find("holds no") != std::string::npos);
    CHECK(error("reason = [5]\n").find("site.toml:1") == 0);
}

TEST_CASE("A long hostile reason is matched in no time")
{
    std::string text = "Reservation_";
    for (int i = 0; i < 20'000; ++i) {
        text += "was_deleted_";
    }
    CHECK_FALSE(shipped().match(text).known);
    CHECK_FALSE(shipped().match("Reservation " + std::string(100'000, '\n') + "x").known);
    CHECK_FALSE(shipped().match(std::string(1'000'000, ',')).known);
}

} // namespace reasons_test

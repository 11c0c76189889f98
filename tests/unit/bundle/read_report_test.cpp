// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "bundle/read_report.hpp"
#include "util/strings.hpp"

namespace read_report_test {

using namespace hpcdoc;

namespace {

Finding finding(std::string id, Severity severity)
{
    Finding made;
    made.id = std::move(id);
    made.severity = severity;
    made.certainty = Certainty::likely;
    made.title = "It crashed";
    made.cause = "Because.";
    made.evidence = {{"sacct -j 1", "FAILED\nagain"}};
    made.fixes = {{"Do this", {"ulimit -s unlimited"}, Risk::reversible}};
    made.escalate = Escalation{"support", "a@b", "why", {"x"}, "message"};
    made.origin = Origin{"/home/a/slurm-1.out", 17, 3, "n1", "now"};
    made.labels = {"crash"};
    made.see = {"man x"};
    made.rule = "job/ended.toml:12";
    return made;
}

Report sample()
{
    Report part;
    part.command = "job explain";
    part.subject = "4242";
    part.headline = "Job 4242";
    part.add(finding("job.segfault", Severity::error));
    Finding bare;
    bare.id = "job.note";
    bare.role = Role::advice;
    part.add(bare);
    part.passed("a", "b");
    part.found("c", "d");
    part.skipped("e", "f", "g");
    Report whole;
    whole.command = "bundle";
    whole.failed("fs", "/scratch", Error{Code::timed_out, "no answer", "", {}});
    whole.add(std::move(part));
    return whole;
}

std::string problem(const std::string& from, const std::string& to)
{
    const auto read =
        bundle::report_from(util::replace_all(render(sample(), Format::json, {}), from, to), "findings.json");
    return read ? "" : read.error().message;
}

} // namespace

TEST_CASE("findings, checks and parts are read as they were written")
{
    const Report report = sample();
    const auto read = bundle::report_from(render(report, Format::json, {}), "findings.json");
    REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
    REQUIRE(read->reports().size() == 1);
    const Report& part = read->reports()[0];
    CHECK(part.subject == "4242");
    CHECK(part.headline == "Job 4242");
    CHECK(std::equal(part.findings().begin(), part.findings().end(), report.reports()[0].findings().begin(),
                     report.reports()[0].findings().end()));
    CHECK(std::equal(part.checks().begin(), part.checks().end(), report.reports()[0].checks().begin(),
                     report.reports()[0].checks().end()));
    CHECK(read->checks()[0].reason == "no answer");
    CHECK_FALSE(read->complete());
}

TEST_CASE("what is wrong is said with its place")
{
    CHECK(problem("hpcdoc.report/1", "hpcdoc.report/9") == "'findings.json': its schema is not 'hpcdoc.report/1'");
    CHECK(problem("\"severity\": \"error\"", "\"severity\": \"awful\"") ==
          "'findings.json': reports[0].findings[0].severity: is not a word that this version knows");
    CHECK(problem("\"fixes\"", "\"repairs\"") == "'findings.json': reports[0].findings[0].fixes: is missing");
    for (const char* text : {"", "[]", "{}", "null", "{\"schema\": 1}"}) {
        CHECK_FALSE(bundle::report_from(text, "findings.json"));
    }
}

} // namespace read_report_test

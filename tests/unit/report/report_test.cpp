// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>

#include "samples.hpp"

namespace report_test {

using namespace hpcdoc;

namespace {

Finding finding(std::string id, Severity severity, Role role = Role::cause, Certainty certainty = Certainty::certain)
{
    Finding made;
    made.id = std::move(id);
    made.severity = severity;
    made.role = role;
    made.certainty = certainty;
    made.title = "title of " + made.id;
    return made;
}

std::string ids(const Report& report)
{
    std::string all;
    for (const Finding& one : report.findings()) {
        all += (all.empty() ? "" : " ") + one.id;
    }
    return all;
}

const Error k_error{Code::timed_out, "no answer within 10 s", "try later", {"asking slurmdbd", "reading the job"}};

} // namespace

TEST_CASE("findings are causes first, then the worst, the surest, and by id, in whatever order they came")
{
    Report report;
    report.add(finding("f", Severity::critical, Role::advice));
    report.add(finding("e", Severity::critical, Role::context));
    report.add(finding("d", Severity::warning));
    report.add(finding("c", Severity::error, Role::cause, Certainty::likely));
    report.add(finding("b", Severity::error));
    report.add(finding("a", Severity::error));
    CHECK(ids(report) == "a b c d e f");
    REQUIRE(report.verdict() != nullptr);
    CHECK(report.verdict()->id == "a");
    CHECK(report.worst() == Severity::critical);
}

TEST_CASE("the same finding twice is one, with the proofs of both and the stronger claim")
{
    Report report;
    Finding first = finding("job.x", Severity::warning, Role::context, Certainty::possible);
    first.evidence = {{"sacct", "a"}};
    Finding second = finding("job.x", Severity::error, Role::cause, Certainty::certain);
    second.evidence = {{"sacct", "a"}, {"log", "b"}};
    second.cause = "because";
    report.add(finding("job.a", Severity::warning));
    report.add(first);
    report.add(second);
    CHECK(ids(report) == "job.x job.a");
    const Finding& merged = report.findings().front();
    CHECK(merged.severity == Severity::error);
    CHECK(merged.certainty == Certainty::certain);
    CHECK(merged.role == Role::cause);
    CHECK(merged.cause == "because");
    CHECK(merged.evidence == std::vector<Evidence>{{"sacct", "a"}, {"log", "b"}});
}

TEST_CASE("findings that differ in title or origin stay apart")
{
    Report report;
    Finding one = finding("job.x", Severity::error), other = one, elsewhere = one;
    other.title = "another";
    elsewhere.origin = Origin{"log", 3, {}, "", ""};
    report.add(one);
    report.add(other);
    report.add(elsewhere);
    CHECK(report.findings().size() == 3);
}

TEST_CASE("without a cause there is no verdict")
{
    Report report;
    report.add(finding("a", Severity::error, Role::context));
    report.add(finding("b", Severity::error, Role::advice));
    CHECK(report.verdict() == nullptr);
    CHECK(report.worst() == Severity::error);
    CHECK_FALSE(Report{}.worst());
}

TEST_CASE("the verdict of several subjects is the worst of theirs, and their own cause goes before it")
{
    Report whole, calm, bad;
    calm.add(finding("calm", Severity::note));
    bad.add(finding("bad", Severity::error));
    whole.add(calm);
    whole.add(bad);
    CHECK(whole.verdict()->id == "bad");
    whole.add(finding("own", Severity::note));
    CHECK(whole.verdict()->id == "own");
    CHECK(whole.worst() == Severity::error);
}

TEST_CASE("a failed check makes a report incomplete, a skipped one does not")
{
    Report report;
    report.passed("a", "");
    report.found("b", "");
    report.skipped("c", "", "no GPU");
    CHECK(report.complete());
    report.failed("d", "sacct", k_error);
    CHECK_FALSE(report.complete());
    CHECK(report.checks().back().reason ==
          "no answer within 10 s (while asking slurmdbd, while reading the job); try later");
    Report whole;
    whole.add(report);
    CHECK_FALSE(whole.complete());
}

TEST_CASE("rows of a table are as long as its columns")
{
    Report report;
    report.add(Table{"t", "", {"a", "b"}, {{"1"}, {"1", "2", "3"}}});
    CHECK(report.tables().front().rows == std::vector<std::vector<std::string>>{{"1", ""}, {"1", "2"}});
}

TEST_CASE("exit status: clean, found, could not look")
{
    Report clean;
    clean.passed("a", "");
    CHECK(exit_for(clean, Severity::error) == Exit::clean);

    Report found;
    found.add(finding("a", Severity::warning));
    CHECK(exit_for(found, Severity::error) == Exit::clean);
    CHECK(exit_for(found, Severity::warning) == Exit::found);
    CHECK(exit_for(found, Severity::note) == Exit::found);

    Report blind;
    blind.failed("a", "", k_error);
    CHECK(exit_for(blind, Severity::error) == Exit::incomplete);
}

TEST_CASE("what was found goes before what could not be looked at")
{
    Report report;
    report.failed("a", "", k_error);
    report.add(finding("a", Severity::error));
    CHECK(exit_for(report, Severity::error) == Exit::found);
    CHECK(exit_for(report, Severity::critical) == Exit::clean); // a cause below the threshold is an answer
}

TEST_CASE("one subject that could not be looked at makes the whole incomplete, unless another is bad")
{
    Report whole, calm, blind, bad;
    calm.add(finding("calm", Severity::note));
    blind.failed("a", "", k_error);
    bad.add(finding("bad", Severity::error));
    whole.add(calm);
    CHECK(exit_for(whole, Severity::error) == Exit::clean);
    whole.add(blind);
    CHECK(exit_for(whole, Severity::error) == Exit::incomplete);
    whole.add(bad);
    CHECK(exit_for(whole, Severity::error) == Exit::found);
}

TEST_CASE("formats have names, and only they do")
{
    for (const Format format : {Format::text, Format::json, Format::markdown, Format::html}) {
        CHECK(format_from(to_string(format)) == format);
    }
    CHECK_FALSE(format_from("xml"));
    CHECK_FALSE(format_from(""));
    CHECK(to_string(Check::Outcome::found) == "found");
}

} // namespace report_test

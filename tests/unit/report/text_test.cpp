// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>

#include "golden.hpp"
#include "samples.hpp"
#include "util/strings.hpp"

namespace text_test {

using namespace hpcdoc;

namespace {

std::string text_of(const Report& report, unsigned width = 80, bool unicode = true)
{
    return render(report, Format::text, Style{false, width, unicode, false});
}

std::size_t widest_word(std::string_view line)
{
    std::size_t widest = 0;
    for (const std::string_view word : util::split(line, ' ')) {
        widest = std::max(widest, util::display_width(word));
    }
    return widest;
}

bool has_line(const std::string& text, std::string_view wanted)
{
    for (const std::string_view line : util::lines(text)) {
        if (line == wanted) {
            return true;
        }
    }
    return false;
}

Report plain_finding(std::string title)
{
    Report report = samples::of_job("1", "Job 1");
    Finding finding;
    finding.id = "job.x";
    finding.severity = Severity::error;
    finding.title = std::move(title);
    report.add(std::move(finding));
    return report;
}

} // namespace

TEST_CASE("text: golden files")
{
    golden::check("error.80.txt", text_of(samples::out_of_memory()));
    golden::check("error.40.txt", text_of(samples::out_of_memory(), 40, false));
    golden::check("error.verbose.txt", render(samples::out_of_memory(), Format::text, Style{false, 100, true, true}));
    golden::check("several.80.txt", text_of(samples::several()));
    golden::check("hostile.120.txt", text_of(samples::hostile(), 120));
}

TEST_CASE("text: the verdict is in the first two lines")
{
    CHECK(text_of(plain_finding("It broke")) == "ERROR  It broke\n"
                                                "       job.x · possible · Job 1\n");
    CHECK(text_of(plain_finding("It broke"), 80, false) == "ERROR  It broke\n"
                                                           "       job.x - possible - Job 1\n");
}

TEST_CASE("text: good news is short")
{
    const std::string text = text_of(samples::waiting());
    CHECK(text == "NOTE  Job 4243 waits for its turn: 12 jobs are ahead\n"
                  "      job.waiting-priority · certain\n"
                  "      Job 4243 'post' of alice, PENDING for 00:12:00\n"
                  "  State      PENDING (Priority)           Partition  normal\n"
                  "\n"
                  "Nothing is wrong. Slurm expects to start it at 2026-11-25 15:40.\n");
}

TEST_CASE("text: what could not be looked at is never fine")
{
    CHECK(text_of(samples::unreachable()) ==
          "UNKNOWN  4244: not everything could be looked at, and no cause was found\n"
          "\n"
          "Not looked at\n"
          "  failed   job.record (sacct -j 4244): cannot ask slurmdbd: no answer within 10\n"
          "           s (while reading the job's record); try again later, or add\n"
          "           --deadline 60s\n"
          "  skipped  job.log, job.efficiency: the job's record is not known\n");
    Report fine = samples::of_job("1", "Job 1");
    fine.passed("job.record", "");
    CHECK(text_of(fine) == "OK  Job 1\n    nothing wrong found\n");
    fine.skipped("job.log", "", "no permission");
    CHECK(util::contains(text_of(fine), "skipped  job.log: no permission"));
}

TEST_CASE("text: a list alone claims nothing")
{
    const std::string text = text_of(samples::list());
    CHECK(text.starts_with("3 jobs of alice in the last 7 days\n\nJobs\n  JOB "));
    CHECK_FALSE(util::contains(text, "OK"));
}

TEST_CASE("text: no line of prose is wider than the terminal, and no line ends in blanks")
{
    const std::vector<Report> reports{samples::out_of_memory(), samples::waiting(), samples::unreachable(),
                                      samples::several(), samples::list()};
    for (const Report& report : reports) {
        for (const unsigned width : {40u, 41u, 60u, 72u, 80u, 100u, 120u, 200u}) {
            for (const bool unicode : {false, true}) {
                const std::string text = text_of(report, width, unicode);
                for (const std::string_view line : util::lines(text)) {
                    CAPTURE(width);
                    CAPTURE(line);
                    const bool command = line.starts_with("    ") && util::display_width(line) > width;
                    // A word wider than the room stays whole: a path must be copied as it is.
                    CHECK((util::display_width(line) <= width || command || widest_word(line) + 12 > width));
                    CHECK((line.empty() || line.back() != ' '));
                }
            }
        }
    }
}

TEST_CASE("text: a command stands alone on its line, whole, however wide")
{
    Report report = samples::of_job("1", "Job 1");
    Finding finding;
    finding.id = "job.x";
    finding.severity = Severity::error;
    finding.title = "x";
    const std::string command = "scontrol update JobId=4242 Comment='" + std::string(300, 'c') + " d  e'";
    finding.fixes = {{"Do this", {command, "squeue --me"}, Risk::reversible}};
    report.add(std::move(finding));
    const std::string text = text_of(report, 40);
    CHECK(has_line(text, "    " + command));
    CHECK(has_line(text, "    squeue --me"));
    CHECK(has_line(text, " 1. Do this (can be undone)"));
}

TEST_CASE("text: long evidence is cut, and says so")
{
    Report report = plain_finding("x");
    Finding finding = report.findings().front();
    finding.title = "y";
    finding.severity = Severity::critical;
    finding.evidence = {{"log:1", "1\n2\n3\n4\n5\n6\n7\n8\n" + std::string(500, 'z')}};
    report.add(std::move(finding));
    const std::string text = text_of(report);
    CHECK(has_line(text, "  │ 6"));
    CHECK(has_line(text, "  │ … 3 more lines"));
    CHECK_FALSE(has_line(text, "  │ 7"));
}

TEST_CASE("text: a further finding without a fix names the person to ask")
{
    Report report = plain_finding("x");
    Finding finding = samples::memory_verdict();
    finding.role = Role::context;
    finding.fixes.clear();
    finding.escalate->why = "Only they can.";
    report.add(std::move(finding));
    CHECK(has_line(text_of(report), "  → Ask support@hpc.example: Only they can."));
}

TEST_CASE("text: a table without rows says so")
{
    Report report;
    report.headline = "0 jobs";
    report.add(Table{"jobs", "Jobs", {"JOB"}, {}});
    CHECK(text_of(report) == "0 jobs\n\nJobs\n  none\n");
}

TEST_CASE("text: colour only when asked for, and the words are the same")
{
    const Report report = samples::several();
    const std::string colored = render(report, Format::text, Style{true, 80, true, false});
    CHECK(util::contains(colored, "\x1b[1;31mERROR\x1b[0m"));
    CHECK(util::contains(colored, "    \x1b[36m#SBATCH --mem=8G\x1b[0m\n"));
    CHECK_FALSE(util::contains(colored, "\x1b[34m")); // dark blue on black
    CHECK(util::strip_ansi(colored) == text_of(report));
    CHECK_FALSE(util::contains(text_of(report), "\x1b"));
}

TEST_CASE("text: without unicode our own signs are ASCII")
{
    const std::string text = text_of(samples::several(), 40, false);
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("text: an endless title or word does not fill the screen")
{
    CHECK(text_of(plain_finding(std::string(1'000'000, 'x'))).size() < 2000);
    std::string words;
    for (int i = 0; i < 100'000; ++i) {
        words += "word ";
    }
    CHECK(text_of(plain_finding(words)).size() < 2000);
}

TEST_CASE("text: an empty report and a width of nothing are rendered too")
{
    CHECK(render(Report{}, Format::text, Style{false, 0, false, true}) == "\n");
    CHECK(render(Report{}, Format::text, Style{true, 100'000, true, false}) == "\n");
}

TEST_CASE("a body stands alone: whole into a pipe, harmless on a terminal")
{
    Report report;
    report.headline = "member";
    report.body = "a long line that no width cuts: " + std::string(200, 'x') + "\n\x1b[31mred\xff";
    CHECK(render(report, Format::text, {.width = 40, .raw = true}) == *report.body);
    CHECK(render(report, Format::text, {.width = 40}) ==
          "a long line that no width cuts: " + std::string(200, 'x') + "\n\\x1b[31mred\xef\xbf\xbd\n");
    report.body = "";
    CHECK(render(report, Format::text, {.raw = true}).empty());
    CHECK(render(report, Format::text, {}) == "member\n");
}

TEST_CASE("the other faces have the body where no table says the same")
{
    Report report;
    report.body = "<b> \x1b[31m";
    const auto has = [&](Format format, const std::string& text) { return render(report, format, {}).find(text) != std::string::npos; };
    CHECK(has(Format::json, "\"body\": \"<b> \\u001b[31m\""));
    CHECK(has(Format::html, "<pre>&lt;b&gt; \\x1b[31m</pre>"));
    CHECK(has(Format::markdown, "```\n<b> \\x1b[31m\n```\n"));
    report.add(Table{"t", "", {"c"}, {{"x"}}});
    CHECK_FALSE(has(Format::json, "\"body\""));
    CHECK_FALSE(has(Format::html, "&lt;b&gt;"));
    CHECK_FALSE(has(Format::markdown, "```"));
}

} // namespace text_test

// SPDX-License-Identifier: Apache-2.0
// README.txt and summary.txt.
#include <doctest/doctest.h>

#include "worlds.hpp"

namespace text_faces_test {

using namespace hpcdoc;
using namespace hpcdoc::bundle;

namespace {

bool holds(std::string_view text, std::string_view what)
{
    return util::contains(text, what);
}

void check_lines(const std::string& text, std::size_t lines, std::size_t width)
{
    CHECK(util::valid_utf8(text));
    CHECK(util::printable(text, true) == text);
    CHECK(text.ends_with('\n'));
    CHECK(util::lines(text).size() <= lines);
    for (const std::string_view line : util::lines(text)) {
        CAPTURE(line);
        CHECK(util::display_width(line) <= width);
        CHECK_FALSE(line.ends_with(' '));
    }
}

std::size_t line_of(std::string_view text, std::string_view what)
{
    return util::lines(text.substr(0, text.find(what))).size() + 1;
}

} // namespace

TEST_CASE("summary: the likely cause stands in the first ten lines, with proof and way out")
{
    const std::string text = summary_of(worlds::ordinary().content());
    INFO(text);
    check_lines(text, 60, 80);
    CHECK(text.starts_with("jobs 4204, 4393, 4325: alice on n1 (login node), cluster lab\n"));
    CHECK(line_of(text, "ERROR  Ran out of memory: 4204.0 hit the limit") <= 6);
    CHECK(line_of(text, "| 4204.0 State=OUT_OF_MEMORY") <= 12);
    CHECK(holds(text, "#SBATCH --mem=200M"));
    CHECK(holds(text, "job.out-of-memory - certain - job explain 4204"));
    for (const char c : text) {
        CHECK(static_cast<unsigned char>(c) < 0x80);
    }
}

TEST_CASE("summary: what was not seen is grouped, the gravest first")
{
    const std::string text = summary_of(worlds::ordinary().content());
    CHECK(line_of(text, "could not be cleaned of secrets (1): fs.redact_failed") <
          line_of(text, "no answer in time (1)"));
    CHECK(holds(text, "no answer in time (1), no answer within 10 s: fs.timeout"));
    CHECK(holds(text, "fs.nonzero (exit 1)"));
    CHECK(holds(text, "... and 2 more, in report.html"));
    CHECK(holds(text, "collect/job/4204/stdout.out"));
    CHECK(holds(text, "3 secrets removed"));
}

TEST_CASE("summary: never longer than one screen")
{
    check_lines(summary_of(worlds::many(1000).content()), 60, 80);
    check_lines(summary_of(worlds::hostile().content()), 60, 80);
    worlds::World world = worlds::many(500);
    world.manifest.note = std::string(1u << 20, 'n') + " " + util::replace_all(std::string(5000, 'w'), "w", "word ");
    world.manifest.complete = false;
    for (int i = 0; i < 100; ++i) {
        world.manifest.answers["question " + std::to_string(i)] = std::string(10'000, 'a');
    }
    const std::string text = summary_of(world.content());
    check_lines(text, 60, 80);
    CHECK(line_of(text, "ERROR  Job 4242 ran out of memory") <= 6);
    CHECK(holds(text, "NOT COMPLETE"));
    CHECK(holds(text, "more, in report.html"));
}

TEST_CASE("summary: of nothing it says that it is nothing")
{
    const worlds::World world;
    const std::string text = summary_of(world.content());
    check_lines(text, 60, 80);
    CHECK(holds(text, "NO DIAGNOSIS RAN"));
    worlds::World looked;
    looked.report.add(hpcdoc::samples::unreachable());
    const std::string blind = summary_of(looked.content());
    CHECK(holds(blind, "NO CAUSE FOUND"));
    CHECK(holds(blind, "job explain 4244: job.record (sacct -j 4244): cannot ask slurmdbd"));
}

TEST_CASE("readme: what it is, what was removed, how to look, verify and delete")
{
    worlds::World world = worlds::ordinary();
    ConfigSources sources;
    sources.overrides = {"site.ticket_url=https://tickets.example/new", "contacts.support=support@hpc.example"};
    world.config = *Config::load(sources);
    const std::string text = readme_of(world.content());
    INFO(text);
    check_lines(text, 120, 80);
    for (const char* words :
         {"alice on n1 (login node), cluster lab", "2026-11-25 13:03 UTC, in 23 s", "3 secrets", "2  github-token",
          "1 item could not be", "hpcdoc bundle verify FILE", "hpcdoc --from FILE job explain 4204", "tar tf FILE",
          "sha256sum -c SHA256SUMS", "rm FILE", "CHECK BEFORE YOU SEND IT", "https://tickets.example/new",
          "support@hpc.example", "support of the site itself"}) {
        CAPTURE(words);
        CHECK(holds(text, words));
    }
}

TEST_CASE("readme: each audience, incomplete, encrypted, empty, hostile")
{
    worlds::World world;
    CHECK(holds(readme_of(world.content()), "No secret was found"));
    CHECK_FALSE(holds(readme_of(world.content()), "WHERE TO SEND IT"));
    world.manifest.audience = "vendor";
    CHECK(holds(readme_of(world.content()), "Made for a vendor"));
    world.manifest.audience = "public";
    world.manifest.complete = false;
    world.manifest.incomplete = "stopped by Ctrl-C";
    world.manifest.encrypted_to = "age1key";
    const std::string text = readme_of(world.content());
    CHECK(holds(text, "Made for everyone"));
    CHECK(holds(text, "NOT complete: stopped by Ctrl-C"));
    CHECK(holds(text, "encrypted to age1key"));
    check_lines(readme_of(worlds::hostile().content()), 200, 300);
}

} // namespace text_faces_test

// SPDX-License-Identifier: Apache-2.0
// What users can write (names, comments, paths, logs) must never reach the reader as it is.
#include "world.hpp"

namespace hostile_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

bool harmless(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7f;
    });
}

std::string all_formats(const Report& report)
{
    std::string all;
    for (const Format format : {Format::text, Format::json, Format::markdown, Format::html}) {
        all += render(report, format, Style{.color = false, .width = 80, .unicode = false, .verbose = true});
    }
    return all;
}

} // namespace

TEST_CASE("hostile names are shown, but harmless")
{
    const std::vector<std::string> names = {"\x1b[31mred\x1b[0m",
                                            "a\nJobState=COMPLETED",
                                            "a|b|c",
                                            "\xff\xfe\x80",
                                            "a\tb\rc",
                                            "\x1b]0;title\x07",
                                            "<script>alert(1)</script>",
                                            "$(rm -rf ~)",
                                            std::string(5000, 'x'),
                                            "\xe2\x80\xae"
                                            "evil",
                                            "\x9b"
                                            "31m"};
    for (const std::string& name : names) {
        CAPTURE(name);
        World world;
        Row row = job_row("4242", "FAILED", "3:0");
        row["JobName"] = name;
        row["Comment"] = name;
        row["AdminComment"] = name;
        row["WorkDir"] = "/home/alice/" + name;
        world.forgotten("4242").accounting("4242", {row});
        const Report report = world.explain("4242");
        CHECK(verdict_of(report) == "job.failed-in-application");
        const std::string text = all_formats(report);
        CHECK(harmless(text));
        CHECK_FALSE(holds(render(report, Format::html, Style{}), "<script>alert"));
        CHECK_FALSE(holds(text, "\xc2\x9b"));     // C1 control
        CHECK_FALSE(holds(text, "\xe2\x80\xae")); // turns the direction of writing around
    }
}

TEST_CASE("a separator within a name costs the free text, not the verdict")
{
    World world;
    Row row = job_row("4242", "FAILED", "0:11");
    row["JobName"] = "a\x1f"
                     "b\x1f"
                     "c";
    world.forgotten("4242").accounting("4242", {row});
    CHECK(verdict_of(world.explain("4242")) == "job.segfault");
}

TEST_CASE("a job name that forges the controller's record does not change the verdict")
{
    World world;
    Live live;
    live.name = "a\n   JobState=COMPLETED Reason=None Dependency=(null)";
    live.state = "FAILED";
    live.reason = "NonZeroExitCode";
    live.exit_code = "3:0";
    live.end = "2025-11-25T13:10:05";
    world.controller("4242", live.text()).accounting("4242", {job_row("4242", "FAILED", "3:0")});
    CHECK(verdict_of(world.explain("4242")) == "job.failed-in-application");
}

TEST_CASE("a log full of escape codes and bad bytes is quoted without them")
{
    World world;
    Row row = job_row("4242", "FAILED", "1:0");
    row["WorkDir"] = "/home/alice";
    world.forgotten("4242").accounting("4242", {row});
    world.host.file(
        "/home/alice/slurm-4242.out",
        "\x1b[31mloading\x1b[0m \xff\xfe\n\x1b]0;x\x07ModuleNotFoundError: No module named '\x1b[1mtorch\x1b[0m'\n");
    const Report report = world.explain("4242");
    CHECK(holds(verdict_of(report), "python."));
    CHECK(harmless(all_formats(report)));
}

TEST_CASE("output that breaks off is a check that failed, not a crash and not a verdict")
{
    World world;
    const std::string whole = sacct_text({job_row("4242", "FAILED", "3:0")});
    world.forgotten("4242").accounting("4242", printed(whole.substr(0, whole.size() - 40)));
    world.runner.on({"scontrol", "show", "config"}, "PrivateData = none\n");
    const Report report = world.explain("4242");
    CHECK_FALSE(report.complete());
    CHECK(verdict_of(report) != "job.failed-in-application");
}

TEST_CASE("an accounting that prints something else altogether is told as such")
{
    for (const char* text :
         {"", "\n", "Welcome to the cluster!\n", "\x1f\n", "JobID\x1f\n", "JobID\x1f\n4242", "\xff\xff\xff\xff"}) {
        CAPTURE(text);
        World world;
        world.forgotten("4242").accounting("4242", printed(text));
        world.runner.on({"scontrol", "show", "config"}, "PrivateData = none\n");
        CHECK(harmless(all_formats(world.explain("4242"))));
    }
}

} // namespace hostile_test

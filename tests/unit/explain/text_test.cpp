// SPDX-License-Identifier: Apache-2.0
// Whole texts: a traceback, a log with echoes, a file by its name.
#include "world.hpp"

#include "explain/from_text.hpp"

using namespace hpcdoc;
using test::World;

namespace {

constexpr std::string_view k_traceback = "step 12 loss 0.4\n"
                                         "Traceback (most recent call last):\n"
                                         "  File \"train.py\", line 3, in <module>\n"
                                         "    import einops\n"
                                         "ModuleNotFoundError: No module named 'einops'\n"
                                         "srun: error: cn01: task 0: Exited with exit code 1\n";

} // namespace

TEST_CASE("of a log the cause is the verdict, with its line, and the echo comes after it")
{
    World world;
    Report report;
    REQUIRE(world.explain({"-"}, report, std::string(k_traceback)));
    REQUIRE(report.verdict() != nullptr);
    CHECK(report.verdict()->id == "python.module-missing");
    REQUIRE(report.verdict()->origin);
    CHECK(report.verdict()->origin->line == 5);
    CHECK(report.verdict()->evidence.front().source == "standard input:5");
    for (const Finding& finding : report.findings()) {
        CHECK((finding.role == Role::cause) == (&finding == report.verdict()));
    }
}

TEST_CASE("lines of the end of a long text are counted from its beginning")
{
    const std::vector<explain::TextPart> parts{{"all is well\n", 0}, {"more\nModuleNotFoundError: No module named 'einops'\n", 1000}};
    const auto findings = explain::findings_in(test::shipped_rules(), parts, "x.log");
    REQUIRE(findings);
    REQUIRE(findings->size() == 1);
    CHECK(findings->front().evidence.front().source == "x.log:1002");
    CHECK(findings->front().origin->line == 1002);
}

TEST_CASE("a known line that is harmless is told as such, and only when it is alone")
{
    const std::string harmless = "/opt/env/lib/python3.11/site-packages/foo/core.py:88: FutureWarning: bar() is deprecated\n";
    World world;
    Report alone;
    REQUIRE(world.explain({"-"}, alone, harmless));
    CHECK(alone.verdict()->severity == Severity::note);
    CHECK(alone.verdict()->labels.front() == "harmless-warning");
    Report both;
    REQUIRE(world.explain({"-"}, both, harmless + std::string(k_traceback)));
    CHECK(both.verdict()->id == "python.module-missing");
    for (const Finding& finding : both.findings()) {
        CHECK(finding.id != alone.verdict()->id);
    }
}

TEST_CASE("an unknown text shows its last lines, the nearest rules and how to write one")
{
    World world;
    Report report;
    REQUIRE(world.explain({"-"}, report, "begin\n\nfrobnicator: quota of flux capacitors used up\n\n"));
    CHECK(report.verdict()->id == "explain.unknown");
    CHECK(report.verdict()->severity == Severity::note);
    CHECK(report.verdict()->evidence.front().excerpt == "begin\nfrobnicator: quota of flux capacitors used up");
    REQUIRE(report.tables().size() == 1);
    CHECK(report.tables().front().title == "Rules that share words with it");
    CHECK(exit_for(report, Severity::error) == Exit::clean);
}

TEST_CASE("the name of a log is read, a name of nothing is a text")
{
    const std::string path = (std::filesystem::current_path() / "slurm-42.out").string();
    World world;
    world.host.file(path, std::string(k_traceback));
    Report report;
    REQUIRE(world.explain({"slurm-42.out"}, report));
    CHECK(report.verdict()->id == "python.module-missing");
    CHECK(report.subject == path);
    world.host.file(path, "");
    Report empty;
    const auto done = world.explain({"slurm-42.out"}, empty);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::usage);
    CHECK(world.explained("slurm-43.out").verdict()->id == "explain.unknown");
}

TEST_CASE("a code in a log proves nothing, a code in a message is what is asked for")
{
    World world;
    Report log;
    REQUIRE(world.explain({"-"}, log, "GET /a HTTP/1.1 404 took 3 ms\nGET /b took 2 ms\nhandler for SIGTERM is set\n"));
    CHECK(log.verdict()->id == "explain.unknown");
    CHECK(log.tables().front().title == "Codes and names in it, of account or not");
    CHECK(world.explained("registry said: received unexpected HTTP status: 500").verdict()->id == "http.500");
    Report kernel;
    REQUIRE(world.explain({"-"}, kernel, "eth0: link up\nNVRM: Xid (PCI:0000:3b:00): 109, pid=12, Ctxsw timeout\neth0: link down\n"));
    CHECK(kernel.verdict()->id == "gpu.xid-driver");
}

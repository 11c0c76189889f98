// SPDX-License-Identifier: Apache-2.0
// Recordings of real clusters (tests/recordings, made by tests/lab): changed in one place, judged again.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "exec/recording.hpp"
#include "exec/replay_runner.hpp"
#include "host/replay_host.hpp"
#include "util/strings.hpp"
#include "world.hpp"

namespace recorded_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

const std::filesystem::path k_recordings = std::filesystem::path(HPCDOC_SOURCE_DIR) / "tests/recordings";

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

Recording recording_of(const std::string& name)
{
    const std::filesystem::path dir = k_recordings / name;
    auto recording =
        load_recording([&](std::string_view member) -> Result<std::string> { return content_of(dir / member); }, name);
    REQUIRE_MESSAGE(recording, recording.error().message);
    return std::move(*recording);
}

std::string job_of(const std::string& name)
{
    return std::string(util::trim(content_of(k_recordings / name / "job")));
}

Report judge(Recording recording, const std::string& id, const std::vector<std::string>& settings = {})
{
    ReplayRunner runner(std::move(recording.calls));
    const ReplayHost host(std::move(recording.host));
    ConfigSources sources;
    sources.overrides = settings;
    const auto config = Config::load(sources);
    REQUIRE(config);
    SilentTerminal terminal;
    Context ctx{runner, host, *config, shipped_rules(), shipped_redactor(), terminal, k_share, {}};
    Report report;
    const auto done = explain_jobs(ctx, JobQuestion{{id}, "", true}, report);
    REQUIRE_MESSAGE(done, done.error().message);
    return report;
}

// Replaces a text in what was printed by the program.
Recording with(Recording recording, std::string_view program, const std::string& from, const std::string& to)
{
    std::size_t changed = 0;
    for (RecordedCall& call : recording.calls) {
        if (call.argv[0] == program && holds(call.completion.out, from)) {
            call.completion.out = util::replace_all(std::move(call.completion.out), from, to);
            call.completion.out_total = call.completion.out.size();
            ++changed;
        }
    }
    REQUIRE(changed > 0);
    return recording;
}

} // namespace

TEST_CASE("a limit of a parent account is found up the tree, and never is told from not yet")
{
    const std::string name = "22.05/limit-never-parent-account";
    const Report report = judge(recording_of(name), job_of(name));
    CHECK(verdict_of(report) == "job.limit-never");
    CHECK(holds(report.verdict()->title, "parent account 'granted'"));
    CHECK(holds(report.verdict()->title, "4 CPUs"));

    // The same job where the parent allows sixteen: there is room, so Slurm's word is out of date.
    Recording wide = with(recording_of(name), "scontrol", "GrpTRES=cpu=2(", "GrpTRES=cpu=16(");
    CHECK(verdict_of(judge(std::move(wide), job_of(name))) != "job.limit-never");
}

TEST_CASE("who uses a shared limit is named")
{
    const std::string name = "22.05/limit-in-use-account";
    const Report report = judge(recording_of(name), job_of(name));
    CHECK(verdict_of(report) == "job.limit-in-use");
    CHECK(holds(report.verdict()->cause, "bob"));
}

TEST_CASE("a reason from a newer Slurm is shown as it came")
{
    const std::string name = "22.05/waiting-begin-time";
    const Report report =
        judge(with(recording_of(name), "scontrol", "Reason=BeginTime", "Reason=SomethingOfTomorrow"), job_of(name));
    CHECK(verdict_of(report) == "job.reason-unknown");
    CHECK(holds(report.verdict()->title, "SomethingOfTomorrow"));
}

TEST_CASE("a recording of 22.05 read with the fields of no version at all is refused, not misread")
{
    const std::string name = "22.05/completed";
    const Report report = judge(with(recording_of(name), "sacct", "JobIDRaw", "JobIDMedium"), job_of(name));
    CHECK(verdict_of(report) == "job.completed");
}

TEST_CASE("every recording gives the same report twice")
{
    for (const char* name :
         {"22.05/out-of-memory-batch", "22.05/array-mixed", "24.11/prolog-failed", "26.05/node-unavailable-nodelist"}) {
        CAPTURE(name);
        const Report first = judge(recording_of(name), job_of(name));
        const Report second = judge(recording_of(name), job_of(name));
        CHECK(text_of(first) == text_of(second));
        CHECK_FALSE(verdict_of(first).empty());
    }
}

TEST_CASE("a controller that answered nothing leaves the accounting to tell")
{
    const std::string name = "22.05/segfault";
    Recording recording = recording_of(name);
    for (RecordedCall& call : recording.calls) {
        if (call.argv == std::vector<std::string>{"scontrol", "show", "job", job_of(name)}) {
            call.completion.out.clear();
            call.completion.err = "slurm_load_jobs error: Invalid job id specified\n";
            call.completion.status = 1;
        }
    }
    CHECK(verdict_of(judge(std::move(recording), job_of(name))) == "job.segfault");
}

TEST_CASE("a job of 26.05 with OverSubscribe=NO is not taken for one that asked for whole nodes")
{
    const std::string name = "26.05/memory-overrequested";
    Recording recording = recording_of(name);
    const Report report = judge(std::move(recording), job_of(name), {"job.efficiency_min_runtime=10s"});
    CHECK(verdict_of(report) == "job.completed");
    CHECK(finding_of(report, "job.memory-overrequested") != nullptr);
}

} // namespace recorded_test

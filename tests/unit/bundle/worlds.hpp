// SPDX-License-Identifier: Apache-2.0
// Bundles in memory: one made of real recordings, and the worst that one can hold.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>

#include "../job/world.hpp"
#include "../report/samples.hpp"
#include "bundle/content.hpp"
#include "bundle/usage.hpp"
#include "exec/recording.hpp"
#include "exec/replay_runner.hpp"
#include "host/replay_host.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle::worlds {

using archive::Item;
using Status = archive::Item::Status;
using std::chrono::milliseconds;

inline constexpr std::array k_statuses{Status::ok,      Status::nonzero,    Status::missing, Status::denied,
                                       Status::timeout, Status::unkillable, Status::skipped, Status::redact_failed,
                                       Status::budget,  Status::failed};

struct World {
    archive::Manifest manifest{};
    Report report{};
    archive::Members members{};
    Config config = Config::builtin();
    std::string name = "hpcdoc-bundle-lab-20261125T130300Z-1a2b3c4d";

    Content content() const { return {manifest, report, members, config, name}; }
};

inline archive::Manifest manifest_of(std::string user, std::string host)
{
    archive::Manifest manifest;
    manifest.hpcdoc = "0.1.0";
    manifest.user = std::move(user);
    manifest.host = std::move(host);
    manifest.role = "login";
    manifest.cluster = "lab";
    manifest.started = hpcdoc::samples::a_time();
    manifest.took = milliseconds(23'400);
    manifest.deadline = std::chrono::seconds(60);
    manifest.max_size = 10u << 20;
    return manifest;
}

inline Item item(std::string id, Status status, milliseconds after, milliseconds took)
{
    Item one;
    one.id = std::move(id);
    one.topic = one.id.substr(0, one.id.find('.'));
    one.argv = {"echo", one.id};
    one.why = "what " + one.id + " says";
    one.status = status;
    one.start = std::chrono::time_point_cast<milliseconds>(hpcdoc::samples::a_time()) + after;
    one.duration = took;
    return one;
}

// The item's output becomes a member.
inline void put(World& world, Item one, std::string text)
{
    one.out.member = "collect/" + util::replace_all(one.id, ".", "/") + ".out";
    one.out.seen = one.out.kept = text.size();
    world.members[one.out.member] = std::move(text);
    world.manifest.items.push_back(std::move(one));
}

inline std::string content_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

inline Recording recording_named(const std::string& name)
{
    const std::filesystem::path dir = std::filesystem::path(HPCDOC_SOURCE_DIR) / "tests/recordings" / name;
    auto recording =
        load_recording([&](std::string_view member) -> Result<std::string> { return content_of(dir / member); }, name);
    REQUIRE_MESSAGE(recording, recording.error().message);
    return std::move(*recording);
}

inline Report explained(Recording recording, const std::string& id)
{
    ReplayRunner runner(std::move(recording.calls));
    const ReplayHost host(std::move(recording.host));
    ConfigSources sources;
    sources.overrides = {"job.efficiency_min_runtime=10s"};
    const auto config = Config::load(sources);
    REQUIRE(config);
    test::SilentTerminal terminal;
    Context ctx{runner, host, *config, test::shipped_rules(), test::shipped_redactor(), terminal, test::k_share, {}};
    Report report;
    report.command = "job explain";
    report.subject = id;
    const auto done = explain_jobs(ctx, JobQuestion{{id}, "", true}, report);
    REQUIRE_MESSAGE(done, done.error().message);
    return report;
}

inline void add_mounts(HostRecord& host)
{
    host.mounts = std::vector<Mount>{{"/dev/sda1", "/", "ext4", "rw,relatime"},
                                     {"proc", "/proc", "proc", "rw"},
                                     {"storage:/home", "/home", "nfs4", "rw,vers=4.2,hard,proto=tcp"},
                                     {"mds1@o2ib:/scratch", "/scratch", "lustre", "rw,flock"}};
    host.looks.push_back({"space", "/", 0, 0, SpaceInfo{100ull << 30, 40ull << 30, 6'000'000, 5'000'000}});
    host.looks.push_back({"space", "/home", 0, 0, SpaceInfo{10ull << 40, 1ull << 30, 0, 0}});
    host.looks.push_back({"space", "/scratch", 0, 0, Error{Code::timed_out, "no answer within 3 s", "", {}}});
}

// What a bundle about these recorded jobs holds; each recording's calls are the items.
inline World of_recordings(const std::vector<std::string>& names)
{
    World world;
    world.manifest = manifest_of("alice", "n1");
    world.report.command = "bundle";
    Recording all;
    milliseconds after{0};
    for (const std::string& name : names) {
        Recording one = recording_named(name);
        const std::string job(
            util::trim(content_of(std::filesystem::path(HPCDOC_SOURCE_DIR) / "tests/recordings" / name / "job")));
        world.manifest.jobs.push_back(job);
        world.report.add(explained(one, job));
        for (const RecordedCall& call : one.calls) {
            Item asked = item("slurm." + call.argv[0] + "." + std::to_string(all.calls.size() + 1), Status::ok, after,
                              call.completion.elapsed);
            asked.argv = call.argv;
            asked.exit = call.completion.status;
            after += call.completion.elapsed;
            put(world, std::move(asked), call.completion.out);
            all.calls.push_back(call);
        }
        all.host.now = one.host.now;
        all.host.user = one.host.user;
        std::move(one.host.looks.begin(), one.host.looks.end(), std::back_inserter(all.host.looks));
    }
    add_mounts(all.host);
    for (auto& [name, text] : members_of(all)) {
        world.members[name] = std::move(text);
    }
    return world;
}

// One of every status, a reason for each, an answered ticket.
inline World ordinary()
{
    World world = of_recordings({"22.05/out-of-memory-step", "22.05/cpu-underused", "22.05/gpu-idle"});
    world.manifest.note = "It worked last week with the same input.\nI tried --mem=50M and --mem=100M.";
    world.manifest.answers = {{"Since when?", "Monday"}, {"Does it happen every time?", "yes"}, {"Deadline", ""}};
    milliseconds after{2000};
    for (const Status status : k_statuses) {
        Item one = item("fs." + std::string(to_string(status)), status, after,
                        milliseconds(status == Status::timeout ? 10'000 : 350));
        one.note =
            status == Status::timeout ? "no answer within 10 s" : (status == Status::skipped ? "needs root" : "");
        one.exit = status == Status::nonzero ? std::optional(1) : std::nullopt;
        one.start = status == Status::skipped ? decltype(one.start){} : one.start;
        after += milliseconds(700);
        world.manifest.items.push_back(one);
    }
    Item log = item("job.4204.stdout", Status::ok, milliseconds(20'000), milliseconds(12));
    log.kind = Item::Kind::file;
    log.path = "/home/alice/work/slurm-4204.out";
    log.why = "what the job printed";
    log.redactions = {{"github-token", 2}, {"url-password", 1}};
    put(world, std::move(log),
        "\x1b[32mepoch 1\x1b[0m\rtoken [REDACTED:github-token#1] and https://a:[REDACTED:url-password#1]@b\n"
        "slurmstepd: error: Detected 1 oom-kill event(s)\n");
    return world;
}

// Hostile text wherever text can be.
inline World hostile()
{
    const std::string& bad = hpcdoc::samples::poison();
    World world;
    world.name = bad;
    world.manifest = manifest_of(bad, bad);
    world.manifest.hpcdoc = world.manifest.role = world.manifest.cluster = world.manifest.audience = bad;
    world.manifest.note = bad + "\n</blockquote><script>alert(3)</script>\n" + bad;
    world.manifest.complete = false;
    world.manifest.incomplete = world.manifest.encrypted_to = bad;
    world.manifest.jobs = {bad, "", "'; rm -rf ~", "4242"};
    world.manifest.answers = {{bad, bad}, {"", ""}, {"x", bad}};
    world.report.command = world.report.subject = bad;
    world.report.add(hpcdoc::samples::hostile());
    world.report.add(hpcdoc::samples::hostile());
    for (const Status status : k_statuses) {
        Item one = item(bad, status, milliseconds(-5), milliseconds(-7));
        one.topic = one.why = one.note = one.path = bad;
        one.argv = {bad, "", "</pre>"};
        one.redactions = {{bad, 4'000'000'000u}};
        one.exit = -1;
        one.signal = 999;
        one.err.member = bad + "/err";
        one.out.member = "not/there";
        world.manifest.items.push_back(one);
    }
    world.members[bad + "/err"] =
        bad + "\n</pre></details><script>alert(4)</script>\n[REDACTED:<b>] [REDACTED:x" + std::string(100, '\n');
    world.members["recording.json"] = "{ not json";
    world.members[std::string("calls/\0x", 8)] = std::string("\x7f"
                                                             "ELF\0\0\0",
                                                             7);
    world.members["long"] = std::string(1u << 20, '<') + "\xe6\x97";
    world.members["wide"] = util::replace_all(std::string(400'000, 'x'), "x", "\xe6\x97\xa5");
    world.members["no-end"] = "\xff\xfe\x80\x80";
    world.members[""] = "nameless";
    return world;
}

inline World many(std::size_t count)
{
    World world;
    world.manifest = manifest_of("alice", "n1");
    for (std::size_t i = 0; i < count; ++i) {
        const Status status = k_statuses[i % 13 < 9 ? 0 : i % k_statuses.size()];
        const auto after = milliseconds(static_cast<std::int64_t>(i * 37 % 20'000));
        put(world,
            item("topic" + std::to_string(i % 11) + ".item" + std::to_string(i), status, after,
                 milliseconds(static_cast<std::int64_t>(i % 900))),
            std::string(20'000, 'a') + "\nlast line of " + std::to_string(i) + "\n");
    }
    for (std::size_t i = 0; i < count / 10; ++i) {
        world.report.add(hpcdoc::samples::out_of_memory());
        Report other = hpcdoc::samples::waiting();
        Finding finding = hpcdoc::samples::memory_verdict();
        finding.title += " " + std::to_string(i);
        other.add(std::move(finding));
        world.report.add(std::move(other));
    }
    return world;
}

} // namespace hpcdoc::bundle::worlds

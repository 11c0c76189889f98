// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <random>

#include <nlohmann/json.hpp>

#include "exec/recording.hpp"
#include "exec/recording_runner.hpp"
#include "exec/replay_runner.hpp"
#include "scripted_runner.hpp"
#include "util/strings.hpp"

namespace recording_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using How = Completion::How;
using Members = std::map<std::string, std::string>;

namespace {

MemberReader reader(const Members& members)
{
    return [&members](std::string_view name) -> Result<std::string> {
        const auto found = members.find(std::string(name));
        if (found == members.end()) {
            return failure(Code::not_found, "cannot read '/x/" + std::string(name) + "': no such file or directory");
        }
        return found->second;
    };
}

Recording sample()
{
    Recording recording;
    recording.hpcdoc = "0.1.0";
    recording.made = std::chrono::sys_seconds{1'764'079'200s};
    recording.command = {"hpcdoc", "job", "explain", "1"};
    recording.note = "a note";
    Completion good = test::printed("out \xff\n", 0, "warn\n");
    good.elapsed = 12ms;
    Completion cut = test::printed("part");
    cut.out_total = 5'000'000'000;
    recording.calls = {{{"sacct", "-j", "1"}, good},
                       {{"/usr/bin/squeue", "bad\xff"
                                            "arg"},
                        cut},
                       {{"scontrol"}, test::ended(How::timed_out, 15, "")},
                       {{"lfs"}, test::ended(How::not_found, -1, "no program 'lfs'")}};
    HostRecord& host = recording.host;
    host.name = "login1";
    host.now = recording.made;
    host.utc_offset = 3600s;
    host.user = {"alice", 1000, 1000, {"alice", "hpc"}, "/home/alice"};
    host.users = {{"bob", 1001, 1001, {}, "/home/bob"}};
    host.env = {{"HOME", "/home/alice"}, {"SLURM_CONF", std::nullopt}, {"X", "bad\xff"}};
    host.mounts = std::vector<Mount>{{"srv:/home", "/home", "nfs4", "rw,hard"}};
    FileInfo info;
    info.kind = FileKind::regular;
    info.size = 10;
    info.allocated = 4096;
    info.mode = 0640;
    info.mtime = recording.made;
    info.readable = true;
    FileEnds ends{"head", "tail", 100, 104, recording.made};
    host.looks = {{"stat", "/a", 0, 0, info},
                  {"lstat", "/b", 0, 0, Error{Code::timed_out, "'/b' did not answer within 3 s", "", {}}},
                  {"read", "/c\xff", 65536, 0, std::string("content\0\xff", 9)},
                  {"read", "/empty", 10, 0, std::string()},
                  {"read_ends", "/d", 4, 4, ends},
                  {"list", "/e", 0, 0, std::vector<std::string>{"x", "y\xff"}},
                  {"space", "/", 0, 0, SpaceInfo{100, 50, 10, 5}},
                  {"connect", "ctl:6817", 0, 0, 3ms}};
    return recording;
}

std::string message_of(const Members& members)
{
    const Result<Recording> loaded = load_recording(reader(members), "/x");
    if (loaded) {
        return "loaded";
    }
    CHECK(loaded.error().code == Code::config);
    CHECK_FALSE(loaded.error().hint.empty());
    return describe(loaded.error());
}

std::string message_of_changed(const std::string& pointer, const nlohmann::json& value)
{
    Members members = members_of(sample());
    nlohmann::json root = nlohmann::json::parse(members["recording.json"]);
    root[nlohmann::json::json_pointer(pointer)] = value;
    members["recording.json"] = root.dump();
    return message_of(members);
}

} // namespace

TEST_CASE("a recording comes back as it was written")
{
    const Members members = members_of(sample());
    CHECK(members.count("calls/001-sacct.out") == 1);
    CHECK(members.at("calls/001-sacct.out") == "out \xff\n");
    const Result<Recording> loaded = load_recording(reader(members), "/x");
    REQUIRE(loaded);
    CHECK(*loaded == sample());
}

TEST_CASE("a recording of nothing is a recording")
{
    Recording empty;
    empty.host.now = std::chrono::sys_seconds{};
    const Result<Recording> loaded = load_recording(reader(members_of(empty)), "/x");
    REQUIRE(loaded);
    CHECK(*loaded == empty);
}

TEST_CASE("a fixture written by hand needs only what matters")
{
    const Members members{{"recording.json", R"({"schema":"hpcdoc.recording/1","made":"2026-01-01T00:00:00Z",
        "calls":[{"argv":["sacct"],"how":"exited","status":0,"out":"calls/1.out"}],
        "host":{"name":"n","now":"2026-01-01T00:00:00Z","user":{"name":"a","uid":1,"gid":1}}})"},
                          {"calls/1.out", "hello"}};
    const Result<Recording> loaded = load_recording(reader(members), "/x");
    REQUIRE(loaded);
    CHECK(loaded->calls[0].completion.out == "hello");
    CHECK(loaded->calls[0].completion.out_total == 5);
}

TEST_CASE("a wrong recording says what is wrong and where")
{
    CHECK(message_of({}) ==
          "cannot read '/x/recording.json': no such file or directory (while reading the recording '/x')");
    CHECK(message_of({{"recording.json", ""}}) == "'/x/recording.json': empty");
    CHECK(message_of({{"recording.json", " \n"}}) == "'/x/recording.json': empty");
    CHECK(message_of({{"recording.json", "{\"schema\": \"hpc"}}) == "'/x/recording.json': cut at byte 15");
    CHECK(message_of({{"recording.json", "{\n\"a\": ]}"}}) == "'/x/recording.json': not JSON at byte 7 (line 2)");
    CHECK(message_of({{"recording.json", "[]"}}) == "'/x/recording.json': must be an object");
    CHECK(message_of({{"recording.json", "{}"}}) == "'/x/recording.json': schema: is missing");
    CHECK(message_of({{"recording.json", std::string(100'000, '[')}}) == "'/x/recording.json': nested too deeply");
    CHECK(message_of_changed("/schema", "hpcdoc.recording/2") ==
          "'/x/recording.json': its schema is 'hpcdoc.recording/2', this version reads 'hpcdoc.recording/1'");
    CHECK(message_of_changed("/calls/1/argv", "x") == "'/x/recording.json': calls[1].argv: must be a list");
    CHECK(message_of_changed("/calls/1/argv/0", 7) == "'/x/recording.json': calls[1].argv[0]: must be a string");
    CHECK(message_of_changed("/calls/0/how", "slept") ==
          "'/x/recording.json': calls[0].how: 'slept' is not a way to end");
    CHECK(message_of_changed("/calls/0/status", 256) ==
          "'/x/recording.json': calls[0].status: must be a whole number from -1 to 255");
    CHECK(message_of_changed("/calls/0/status", 1e300) ==
          "'/x/recording.json': calls[0].status: must be a whole number from -1 to 255");
    CHECK(message_of_changed("/calls/0/elapsed_ms", -1) ==
          "'/x/recording.json': calls[0].elapsed_ms: must be a whole number from 0 to 31622400000");
    CHECK(message_of_changed("/calls/0/out_total", -1) ==
          "'/x/recording.json': calls[0].out_total: must be a whole number");
    CHECK(message_of_changed("/host/now", "yesterday") ==
          "'/x/recording.json': host.now: must be a time like \"2026-11-25T14:03:00Z\"");
    CHECK(message_of_changed("/host/files/0/op", "format") ==
          "'/x/recording.json': host.files[0].op: 'format' is not a question that this version knows");
    CHECK(message_of_changed("/host/files/0/info/mode", "999") ==
          "'/x/recording.json': host.files[0].info.mode: must be octal digits in quotes");
    CHECK(message_of_changed("/note", {{"base64", "%"}}) == "'/x/recording.json': note: is not base64");
    Members missing = members_of(sample());
    missing.erase("calls/001-sacct.out");
    CHECK(message_of(missing) ==
          "cannot read '/x/calls/001-sacct.out': no such file or directory (while reading the recording '/x')");
}

TEST_CASE("a recording cannot name a file outside of itself")
{
    for (const char* name : {"/etc/passwd", "../x", "calls/../../x", "calls//x", "calls/", "recording.json", "calls/./x",
                             "collect/..", "other/x", "calls/a\nb", "calls/a\\b", ""}) {
        CAPTURE(name);
        CHECK(message_of_changed("/calls/0/out", name) == "'/x/recording.json': calls[0].out: '" +
                                                              util::printable(name) +
                                                              "' is not the name of a file of a recording");
    }
}

TEST_CASE("no damage to a recording does more than an error")
{
    std::mt19937 random(4);
    const Members whole = members_of(sample());
    for (int i = 0; i < 2000; ++i) {
        Members members = whole;
        std::string& text = members["recording.json"];
        if (i % 2 == 0) {
            text.resize(random() % text.size());
        }
        for (unsigned n = random() % 4; n > 0 && !text.empty(); --n) {
            text[random() % text.size()] = static_cast<char>(random());
        }
        const Result<Recording> loaded = load_recording(reader(members), "/x");
        if (!loaded) {
            CHECK(loaded.error().code == Code::config);
        }
    }
}

TEST_CASE("a recording cut anywhere is never taken for a whole one")
{
    const Members whole = members_of(sample());
    for (std::size_t size = 0; size + 2 < whole.at("recording.json").size(); size += 7) {
        Members members = whole;
        members["recording.json"].resize(size);
        CHECK_FALSE(load_recording(reader(members), "/x"));
    }
}

TEST_CASE("a recording runner hands on the truth and remembers it without secrets")
{
    test::ScriptedRunner script;
    script.on({"sacct"}, test::printed("token=hunter2\n", 1, "hunter2"));
    script.on({"env"}, test::printed("poison"));
    RecordingRunner runner(script, [](std::string_view text) -> Result<std::string> {
        if (text == "poison") {
            return failure(Code::internal, "cannot");
        }
        return util::replace_all(std::string(text), "hunter2", "[REDACTED:test]");
    });
    Invocation call;
    call.argv = {"sacct"};
    CHECK(runner.run(call).out == "token=hunter2\n");
    call.argv = {"env"};
    CHECK(runner.run(call).out == "poison");
    const std::vector<RecordedCall> calls = runner.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].completion.out == "token=[REDACTED:test]\n");
    CHECK(calls[0].completion.err == "[REDACTED:test]");
    CHECK(calls[0].completion.status == 1);
    CHECK(calls[1].completion.how == How::not_recorded);
    CHECK(calls[1].completion.out.empty());
    CHECK(runner.withheld() == std::vector<std::string>{"env"});
}

TEST_CASE("what streams past a recording runner is recorded and reaches its sink")
{
    struct Text : Sink {
        std::string all{};
        bool write(std::string_view bytes) override
        {
            all += bytes;
            return true;
        }
    } text;
    test::ScriptedRunner script;
    script.on({"sacct"}, "lines\n");
    RecordingRunner runner(script, [](std::string_view t) { return Result<std::string>(std::string(t)); });
    Invocation call;
    call.argv = {"sacct"};
    call.out = &text;
    CHECK(runner.run(call).out.empty());
    CHECK(text.all == "lines\n");
    CHECK(runner.calls()[0].completion.out == "lines\n");

    text.all.clear();
    ReplayRunner replay(runner.calls());
    CHECK(replay.run(call).out.empty());
    CHECK(text.all == "lines\n");
}

TEST_CASE("a replay answers in order, the last answer again, and never invents one")
{
    ReplayRunner replay({{{"squeue"}, test::printed("first")},
                         {{"squeue"}, test::printed("second")},
                         {{"sinfo", "-N"}, test::printed("x")}});
    Invocation call;
    call.argv = {"squeue"};
    CHECK(replay.run(call).out == "first");
    CHECK(replay.run(call).out == "second");
    CHECK(replay.run(call).out == "second");
    call.argv = {"squeue", "-a"};
    const Completion missing = replay.run(call);
    CHECK(missing.how == How::not_recorded);
    CHECK(missing.err == "'squeue -a' was not recorded");
    replay.run(call);
    CHECK(replay.unmatched() == std::vector<std::string>{"squeue -a"});
    CHECK(replay.unused() == std::vector<std::string>{"sinfo -N"});
}

TEST_CASE("a replay keeps to the caps and refuses to change anything")
{
    ReplayRunner replay({{{"cat"}, test::printed("0123456789", 0, "abcdef")}});
    Invocation call;
    call.argv = {"cat"};
    call.out_cap = 4;
    call.err_cap = 2;
    const Completion done = replay.run(call);
    CHECK(done.out == "0123");
    CHECK(done.err == "ab");
    CHECK(done.out_total == 10);
    CHECK(done.truncated());
    call.effect = Effect::changes_system;
    CHECK(replay.run(call).how == How::not_started);
}

} // namespace recording_test

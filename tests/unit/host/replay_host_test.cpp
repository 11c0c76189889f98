// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "host/directory.hpp"
#include "host/look.hpp"
#include "host/posix_host.hpp"
#include "host/recording_host.hpp"
#include "host/replay_host.hpp"
#include "memory_host.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace replay_host_test {

using namespace hpcdoc;
using namespace std::chrono_literals;

namespace {

Secrecy careful()
{
    return {[](std::string_view text) -> Result<std::string> {
                if (util::contains(text, "poison")) {
                    return failure(Code::internal, "cannot");
                }
                return util::replace_all(std::string(text), "hunter2", "[REDACTED:test]");
            },
            [](const std::filesystem::path& file) { return file.filename() == "id_rsa"; },
            [](std::string_view name) { return name == "TOKEN"; }};
}

struct Asked {
    Result<FileInfo> info, link, missing;
    Result<std::string> text;
    Result<FileEnds> ends;
    Result<std::vector<std::string>> names;
    Result<SpaceInfo> space;
    Result<std::vector<Mount>> mounts;
    std::optional<std::string> home, unset;
    UserInfo me;
    std::optional<UserInfo> root;
    std::string name;
    bool operator==(const Asked&) const = default;
};

Asked ask(const Host& host, const std::filesystem::path& dir)
{
    return {host.stat(dir / "a"),
            host.lstat(dir / "link"),
            host.stat(dir / "none"),
            host.read(dir / "a", 4),
            host.read_ends(dir / "a", 2, 3),
            host.list(dir),
            host.space(dir),
            host.mounts(),
            host.env("HOME"),
            host.env("HPCDOC_TEST_UNSET"),
            host.user(),
            host.user_by_id(0),
            host.name()};
}

} // namespace

TEST_CASE("a replay answers as the live host did, through a directory on disk")
{
    const test::TempDir dir;
    const auto looked_at = dir.write("d/a", "0123456789").parent_path();
    dir.write("d/odd\xffname", "");
    std::filesystem::create_symlink("a", looked_at / "link");
    const auto live = make_posix_host({.deadline = 60s});
    const RecordingHost recorder(*live, careful());
    const Asked said = ask(recorder, looked_at);

    Recording recording;
    recording.host = recorder.record();
    const std::filesystem::path kept = dir.path() / "deep/recording";
    REQUIRE(write_members(kept, members_of(recording)));
    const Result<Recording> loaded = load_recording(directory_reader(*live, kept), kept.native());
    REQUIRE(loaded);
    CHECK(*loaded == recording);

    const ReplayHost replay(loaded->host);
    CHECK(ask(replay, looked_at) == said);
    CHECK(replay.now() == recording.host.now);
    CHECK(replay.unmatched().empty());
    CHECK(replay.unused().empty());
}

TEST_CASE("a recording is not written over anything, and a link cannot lead out of it")
{
    const test::TempDir dir;
    dir.write("full/x", "");
    const Result<void> refused = write_members(dir.path() / "full", members_of({}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "cannot record into '" + (dir.path() / "full").native() + "': it is not empty");
    const auto host = make_posix_host({.deadline = 60s});
    std::filesystem::create_symlink("/etc/passwd", dir.path() / "recording.json");
    const Result<Recording> loaded = load_recording(directory_reader(*host, dir.path()), dir.path().native());
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().message ==
          "cannot read '" + (dir.path() / "recording.json").native() + "': it is not a regular file");
    CHECK(loaded.error().code == Code::config);
    const Result<Recording> none = load_recording(directory_reader(*host, "/nonexistent"), "/nonexistent");
    REQUIRE_FALSE(none);
    CHECK(none.error().message == "cannot look at '/nonexistent/recording.json': no such file or directory");
}

TEST_CASE("secrets are handed on and not recorded")
{
    test::MemoryHost host;
    host.file("/home/alice/.ssh/id_rsa", "KEY")
        .file("/log", "password hunter2")
        .file("/poison", "poison")
        .file("/long", "hunter2-and-more");
    host.variables = {{"TOKEN", "abc"}, {"X", "hunter2"}, {"Y", "poison"}};
    host.mount_table = {{"//srv/x", "/x", "cifs", "password=hunter2"}};
    const RecordingHost recorder(host, careful());
    CHECK(recorder.read("/home/alice/.ssh/id_rsa", 10) == "KEY");
    CHECK(recorder.read("/log", 100) == "password hunter2");
    CHECK(recorder.read("/poison", 100) == "poison");
    CHECK(recorder.read_ends("/log", 100, 100)->whole());
    CHECK(recorder.env("TOKEN") == "abc");
    CHECK(recorder.env("X") == "hunter2");
    CHECK(recorder.env("Y") == "poison");
    CHECK(recorder.mounts()->front().options == "password=hunter2");

    const ReplayHost replay(recorder.record());
    CHECK(replay.read("/home/alice/.ssh/id_rsa", 10).error().code == Code::not_recorded);
    CHECK(replay.read("/log", 100) == "password [REDACTED:test]");
    CHECK(replay.read("/poison", 100).error().code == Code::not_recorded);
    CHECK(replay.read_ends("/log", 100, 100)->whole());
    CHECK(replay.env("TOKEN") == "[REDACTED:variable]");
    CHECK(replay.env("X") == "[REDACTED:test]");
    CHECK(replay.env("Y") == "[REDACTED:variable]");
    CHECK(replay.mounts()->front().options == "password=[REDACTED:test]");
    CHECK(recorder.withheld() == std::vector<std::string>{"/home/alice/.ssh/id_rsa", "/poison"});
    for (const auto& [name, bytes] : members_of({"", {}, {}, "", {}, recorder.record()})) {
        CHECK_FALSE(util::contains(bytes, "hunter2"));
        CHECK_FALSE(util::contains(bytes, "KEY"));
    }
}

TEST_CASE("an answer that changes is replayed in order, one that does not is kept once")
{
    test::MemoryHost host;
    host.file("/log", "one");
    const RecordingHost recorder(host, careful());
    recorder.stat("/log").value();
    recorder.stat("/log").value();
    host.file("/log", "longer");
    recorder.stat("/log").value();
    CHECK(recorder.record().looks.size() == 2);
    const ReplayHost replay(recorder.record());
    CHECK(replay.stat("/log")->size == 3);
    CHECK(replay.stat("/log")->size == 6);
    CHECK(replay.stat("/log")->size == 6);
}

TEST_CASE("what was never looked at is not recorded, and is named")
{
    const ReplayHost replay(HostRecord{});
    const Result<FileInfo> info = replay.stat("/x");
    REQUIRE_FALSE(info);
    CHECK(info.error().code == Code::not_recorded);
    CHECK(info.error().message == "'/x' was not looked at when this was recorded");
    CHECK_FALSE(replay.mounts());
    CHECK_FALSE(replay.env("HOME"));
    CHECK_FALSE(replay.user_by_id(7));
    CHECK_FALSE(replay.connect("ctl", 6817, 1s));
    CHECK(replay.unmatched() == std::vector<std::string>{"stat /x", "mounts", "env HOME", "connect ctl:6817"});
}

TEST_CASE("a replay gives what it has when asked with other caps")
{
    test::MemoryHost host;
    host.file("/a", "0123456789");
    const RecordingHost recorder(host, careful());
    recorder.read("/a", 6).value();
    recorder.read_ends("/a", 20, 20).value();
    const ReplayHost replay(recorder.record());
    CHECK(replay.read("/a", 3) == "012");
    CHECK(replay.read("/a", 100) == "012345");
    const FileEnds ends = replay.read_ends("/a", 2, 3).value();
    CHECK(ends.head == "01");
    CHECK(ends.tail == "789");
    CHECK(ends.tail_offset == 7);
    CHECK(ends.size == 10);

    test::MemoryHost large;
    large.file("/a", std::string(100, 'h') + std::string(100, 't'));
    const RecordingHost parts(large, careful());
    parts.read_ends("/a", 10, 10).value();
    const ReplayHost again(parts.record());
    const FileEnds fewer = again.read_ends("/a", 5, 5).value();
    CHECK(fewer.head.size() == 5);
    CHECK(fewer.tail.size() == 5);
    CHECK(fewer.tail_offset == 195);
}

TEST_CASE("what goes between a worker and us comes out as it went in, and damage is noticed")
{
    const Question question{Question::Op::read_ends, "/x\n\xff", 3, 1ull << 60};
    const std::optional<Question> back = decode_question(encode(question));
    REQUIRE(back);
    CHECK(back->subject == question.subject);
    CHECK(back->b == question.b);
    const std::vector<Answer> answers{
        Error{Code::denied, "m", "h", {}},
        FileInfo{FileKind::fifo, 1, 2, 0644, 3, 4, std::chrono::sys_seconds{-5s}, true, false, true},
        std::string("a\0b", 3),
        FileEnds{"h", "t", 5, 9, std::chrono::sys_seconds{7s}},
        std::vector<std::string>{"", "x"},
        SpaceInfo{1, 2, 3, 4},
        250ms,
        UserInfo{"u", 1, 2, {"g"}, "/home/u"}};
    for (const Answer& answer : answers) {
        const std::string bytes = encode(answer);
        CHECK((decode_answer(bytes) == answer));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CHECK_FALSE(decode_answer(bytes.substr(0, size)));
        }
        CHECK_FALSE(decode_answer(bytes + "x"));
    }
}

} // namespace replay_host_test

// SPDX-License-Identifier: Apache-2.0
// All that was asked of the outside and what it said: a test fixture and a bundle are both one of these. On disk it is
// recording.json, with outputs and file contents as they were under calls/ and files/.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hpcdoc/host.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/runner.hpp>

namespace hpcdoc {

struct RecordedCall {
    std::vector<std::string> argv{};
    Completion completion{};
    std::string member{}; // how its members are to be named, without ".out" and ".err"; empty: calls/<number>-<program>
    bool operator==(const RecordedCall&) const = default;
};

// One question to the Host.
struct RecordedLook {
    using Answer = std::variant<Error, FileInfo, std::string, FileEnds, std::vector<std::string>, SpaceInfo,
                                std::chrono::milliseconds>;
    std::string op{};   // "stat", "lstat", "read", "read_ends", "list", "space", "connect"
    std::string path{}; // connect: "host:port"
    std::uint64_t cap = 0, tail_cap = 0;
    Answer answer{};
    std::string member{}; // how its content is to be named; empty: files/<number>-<file>
    bool operator==(const RecordedLook&) const = default;
};

struct HostRecord {
    std::string name{};
    std::chrono::sys_seconds now{};
    std::chrono::seconds utc_offset{0};
    UserInfo user{};
    std::vector<UserInfo> users{}; // those that were asked for and known
    std::map<std::string, std::optional<std::string>, std::less<>> env{};
    std::optional<std::variant<Error, std::vector<Mount>>> mounts{};
    std::vector<RecordedLook> looks{};
    bool operator==(const HostRecord&) const = default;
};

struct Recording {
    std::string hpcdoc{}; // the version that made it
    std::chrono::sys_seconds made{};
    std::vector<std::string> command{};
    std::string note{};
    std::vector<RecordedCall> calls{};
    HostRecord host{};
    bool operator==(const Recording&) const = default;
};

inline constexpr std::string_view k_recording_schema = "hpcdoc.recording/1";
inline constexpr std::string_view k_recording_member = "recording.json";

// Takes the secrets out of a text (Redactor::clean); an error: the text must not be kept.
using Cleaner = std::function<Result<std::string>(std::string_view text)>;

// Gives a member by its name, from a directory or an archive.
using MemberReader = std::function<Result<std::string>(std::string_view member)>;

// `source` names the recording in messages. Anything wrong with it is Code::config.
Result<Recording> load_recording(const MemberReader& reader, std::string_view source);

// Every member by name, recording.json among them.
std::map<std::string, std::string> members_of(const Recording& recording);

} // namespace hpcdoc

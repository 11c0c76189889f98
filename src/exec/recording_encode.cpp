// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "exec/recording.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using Json = nlohmann::json;

// JSON is UTF-8; names of files and what programs say need not be.
Json text(std::string_view value)
{
    if (util::valid_utf8(value)) {
        return value;
    }
    return Json{{"base64", util::base64_encode(value)}};
}

Json texts(const std::vector<std::string>& values)
{
    Json list = Json::array();
    for (const std::string& value : values) {
        list.push_back(text(value));
    }
    return list;
}

Json error_json(const Error& error)
{
    return {{"code", to_string(error.code)}, {"message", text(error.message)}, {"hint", text(error.hint)}};
}

std::string_view kind_name(FileKind kind)
{
    switch (kind) {
    case FileKind::regular:
        return "regular";
    case FileKind::directory:
        return "directory";
    case FileKind::symlink:
        return "symlink";
    case FileKind::fifo:
        return "fifo";
    case FileKind::socket:
        return "socket";
    case FileKind::device:
        return "device";
    case FileKind::other:
        return "other";
    }
    return "other";
}

// "sacct", "slurm-4242.out": a name that says what is in the file and is safe on every file system.
std::string safe_name(std::string_view path)
{
    std::string name(path.substr(path.rfind('/') + 1).substr(0, 40));
    std::replace_if(
        name.begin(), name.end(),
        [](char c) {
            return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                     c == '.');
        },
        '_');
    return name.empty() || name.front() == '.' ? "file" : name;
}

class Encoder {
public:
    std::map<std::string, std::string> members{};

    Json call(const RecordedCall& call);
    Json host(const HostRecord& host);

private:
    Json look(const RecordedLook& look);
    void content(Json& object, const char* key, std::string name, const std::string& bytes);

    unsigned m_call = 0, m_file = 0;
};

void Encoder::content(Json& object, const char* key, std::string name, const std::string& bytes)
{
    if (!bytes.empty()) {
        object[key] = name;
        members.emplace(std::move(name), bytes);
    }
}

Json Encoder::call(const RecordedCall& call)
{
    const Completion& completion = call.completion;
    Json object{{"argv", texts(call.argv)},          {"how", to_string(completion.how)},
                {"status", completion.status},       {"out_total", completion.out_total},
                {"err_total", completion.err_total}, {"elapsed_ms", completion.elapsed.count()}};
    const std::string made =
        fmt::format("calls/{:03}-{}", ++m_call, safe_name(call.argv.empty() ? "none" : call.argv.front()));
    const std::string& stem = call.member.empty() ? made : call.member;
    content(object, "out", stem + ".out", completion.out);
    content(object, "err", stem + ".err", completion.err);
    return object;
}

Json info_json(const FileInfo& info)
{
    return {{"kind", kind_name(info.kind)},
            {"size", info.size},
            {"allocated", info.allocated},
            {"mode", fmt::format("{:04o}", info.mode)},
            {"uid", info.uid},
            {"gid", info.gid},
            {"mtime", util::rfc3339(info.mtime)},
            {"readable", info.readable},
            {"writable", info.writable},
            {"searchable", info.searchable}};
}

Json Encoder::look(const RecordedLook& look)
{
    Json object{{"op", look.op}, {"path", text(look.path)}};
    const std::string made = fmt::format("files/{:03}-{}", ++m_file, safe_name(look.path));
    const std::string& stem = look.member.empty() ? made : look.member;
    if (look.op == "read" || look.op == "read_ends") {
        object["cap"] = look.cap;
    }
    if (look.op == "read_ends") {
        object["tail_cap"] = look.tail_cap;
    }
    if (const auto* error = std::get_if<Error>(&look.answer)) {
        object["error"] = error_json(*error);
    } else if (const auto* info = std::get_if<FileInfo>(&look.answer)) {
        object["info"] = info_json(*info);
    } else if (const auto* bytes = std::get_if<std::string>(&look.answer)) {
        content(object, "content", stem, *bytes);
    } else if (const auto* ends = std::get_if<FileEnds>(&look.answer)) {
        content(object, "head", stem + ".head", ends->head);
        content(object, "tail", stem + ".tail", ends->tail);
        object["tail_offset"] = ends->tail_offset;
        object["size"] = ends->size;
        object["mtime"] = util::rfc3339(ends->mtime);
    } else if (const auto* names = std::get_if<std::vector<std::string>>(&look.answer)) {
        object["names"] = texts(*names);
    } else if (const auto* space = std::get_if<SpaceInfo>(&look.answer)) {
        object["space"] = {{"total", space->total},
                           {"available", space->available},
                           {"inodes", space->inodes},
                           {"inodes_free", space->inodes_free}};
    } else if (const auto* took = std::get_if<std::chrono::milliseconds>(&look.answer)) {
        object["elapsed_ms"] = took->count();
    }
    return object;
}

Json user_json(const UserInfo& user)
{
    return {{"name", text(user.name)},
            {"uid", user.uid},
            {"gid", user.gid},
            {"groups", texts(user.groups)},
            {"home", text(user.home.native())}};
}

Json Encoder::host(const HostRecord& host)
{
    Json object{
        {"name", text(host.name)},      {"now", util::rfc3339(host.now)}, {"utc_offset", host.utc_offset.count()},
        {"user", user_json(host.user)}, {"users", Json::array()},         {"env", Json::object()},
        {"files", Json::array()}};
    for (const UserInfo& user : host.users) {
        object["users"].push_back(user_json(user));
    }
    for (const auto& [name, value] : host.env) {
        if (util::valid_utf8(name)) {
            object["env"][name] = value ? text(*value) : Json(nullptr);
        }
    }
    if (host.mounts && std::holds_alternative<Error>(*host.mounts)) {
        object["mounts"] = {{"error", error_json(std::get<Error>(*host.mounts))}};
    } else if (host.mounts) {
        object["mounts"] = Json::array();
        for (const Mount& mount : std::get<std::vector<Mount>>(*host.mounts)) {
            object["mounts"].push_back({{"source", text(mount.source)},
                                        {"point", text(mount.point)},
                                        {"type", text(mount.type)},
                                        {"options", text(mount.options)}});
        }
    }
    for (const RecordedLook& one : host.looks) {
        object["files"].push_back(look(one));
    }
    return object;
}

} // namespace

std::map<std::string, std::string> members_of(const Recording& recording)
{
    Encoder encoder;
    Json calls = Json::array();
    for (const RecordedCall& call : recording.calls) {
        calls.push_back(encoder.call(call));
    }
    Json root{{"schema", k_recording_schema},          {"hpcdoc", text(recording.hpcdoc)},
              {"made", util::rfc3339(recording.made)}, {"command", texts(recording.command)},
              {"note", text(recording.note)},          {"calls", std::move(calls)},
              {"host", encoder.host(recording.host)}};
    encoder.members[std::string(k_recording_member)] = root.dump(2) + "\n";
    return std::move(encoder.members);
}

} // namespace hpcdoc

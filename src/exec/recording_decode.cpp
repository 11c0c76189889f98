// SPDX-License-Identifier: Apache-2.0
// A recording comes from anywhere: every word of it is checked.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "exec/json_view.hpp"
#include "exec/recording.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_member_cap = 256u << 20; // one output
constexpr std::size_t k_total_cap = 1024u << 20; // all of them

constexpr std::string_view k_hint =
    "it was damaged, or not made by hpcdoc: copy it again, or record anew with --record";

// Only what members_of() could have named: nothing that leads out of the recording.
bool member_name_ok(std::string_view name)
{
    const bool place = name.starts_with("calls/") || name.starts_with("files/") || name.starts_with("collect/");
    if (!place || name.size() > 1000) {
        return false;
    }
    const std::vector<std::string_view> parts = util::split(name, '/');
    return std::none_of(parts.begin(), parts.end(),
                        [](std::string_view part) { return part.empty() || part == "." || part == ".."; }) &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c != '\\' && c != '\x7f'; });
}

class Decoder {
public:
    explicit Decoder(const MemberReader& reader) : m_reader(reader) {}

    RecordedCall call(const JsonView& view);
    HostRecord host(const JsonView& view);
    std::optional<Error> failed_member{};

private:
    std::string content(const JsonView& view);
    RecordedLook look(const JsonView& view);
    RecordedLook::Answer answer(const JsonView& view, const std::string& op);

    const MemberReader& m_reader;
    std::size_t m_total = 0;
};

std::string Decoder::content(const JsonView& view)
{
    if (!view.present() || view.failed() || failed_member) {
        return {};
    }
    const std::string name = view.text();
    if (!member_name_ok(name)) {
        view.fail(fmt::format("'{}' is not the name of a file of a recording", util::printable(name)));
        return {};
    }
    Result<std::string> bytes = m_reader(name);
    if (!bytes) {
        failed_member = std::move(bytes).error();
        return {};
    }
    m_total += bytes->size();
    if (bytes->size() > k_member_cap || m_total > k_total_cap) {
        view.fail(fmt::format("'{}' is too large for a recording", name));
        return {};
    }
    return std::move(*bytes);
}

RecordedCall Decoder::call(const JsonView& view)
{
    RecordedCall call;
    call.argv = view.member("argv").texts();
    Completion& completion = call.completion;
    const std::string how = view.member("how").text();
    if (const std::optional<Completion::How> known = how_from(how)) {
        completion.how = *known;
    } else {
        view.member("how").fail(fmt::format("'{}' is not a way to end", util::printable(how)));
    }
    completion.status = static_cast<int>(view.optional("status").number(-1, -1, 255));
    completion.out = content(view.optional("out"));
    completion.err = content(view.optional("err"));
    completion.out_total = std::max<std::uint64_t>(completion.out.size(), view.optional("out_total").whole(0));
    completion.err_total = std::max<std::uint64_t>(completion.err.size(), view.optional("err_total").whole(0));
    completion.elapsed = view.optional("elapsed_ms").milliseconds();
    return call;
}

Error error_of(const JsonView& view)
{
    Error error;
    const std::string code = view.member("code").text();
    constexpr std::array k_codes{Code::usage,        Code::config,      Code::not_found, Code::denied,
                                 Code::timed_out,    Code::parse,       Code::io,        Code::unsupported,
                                 Code::not_recorded, Code::interrupted, Code::internal};
    const auto known = std::find_if(k_codes.begin(), k_codes.end(), [&](Code c) { return to_string(c) == code; });
    error.code = known == k_codes.end() ? Code::io : *known; // a code of a later version is still an error
    error.message = view.member("message").text();
    error.hint = view.optional("hint").text();
    return error;
}

FileKind kind_of(const JsonView& view)
{
    constexpr std::array<std::pair<std::string_view, FileKind>, 7> k_kinds{{{"regular", FileKind::regular},
                                                                            {"directory", FileKind::directory},
                                                                            {"symlink", FileKind::symlink},
                                                                            {"fifo", FileKind::fifo},
                                                                            {"socket", FileKind::socket},
                                                                            {"device", FileKind::device},
                                                                            {"other", FileKind::other}}};
    const std::string name = view.text();
    const auto known =
        std::find_if(k_kinds.begin(), k_kinds.end(), [&](const auto& kind) { return kind.first == name; });
    if (known == k_kinds.end()) {
        view.fail(fmt::format("'{}' is not a kind of file", util::printable(name)));
        return FileKind::other;
    }
    return known->second;
}

FileInfo info_of(const JsonView& view)
{
    FileInfo info;
    info.kind = kind_of(view.member("kind"));
    info.size = view.member("size").whole(0);
    info.allocated = view.optional("allocated").whole(info.size);
    info.mode = view.member("mode").octal();
    info.uid = view.member("uid").id();
    info.gid = view.member("gid").id();
    info.mtime = view.member("mtime").time();
    info.readable = view.member("readable").flag();
    info.writable = view.member("writable").flag();
    info.searchable = view.member("searchable").flag();
    return info;
}

SpaceInfo space_of(const JsonView& view)
{
    return {view.member("total").whole(0), view.member("available").whole(0), view.optional("inodes").whole(0),
            view.optional("inodes_free").whole(0)};
}

RecordedLook::Answer Decoder::answer(const JsonView& view, const std::string& op)
{
    if (view.optional("error").present()) {
        return error_of(view.member("error"));
    }
    if (op == "stat" || op == "lstat") {
        return info_of(view.member("info"));
    }
    if (op == "read") {
        return content(view.optional("content"));
    }
    if (op == "read_ends") {
        FileEnds ends{content(view.optional("head")), content(view.optional("tail")),
                      view.optional("tail_offset").whole(0), view.member("size").whole(0), view.member("mtime").time()};
        return ends;
    }
    if (op == "list") {
        return view.member("names").texts();
    }
    if (op == "space") {
        return space_of(view.member("space"));
    }
    if (op == "connect") {
        return view.member("elapsed_ms").milliseconds();
    }
    view.member("op").fail(fmt::format("'{}' is not a question that this version knows", util::printable(op)));
    return Error{};
}

RecordedLook Decoder::look(const JsonView& view)
{
    RecordedLook look;
    look.op = view.member("op").text();
    look.path = view.member("path").text();
    look.cap = view.optional("cap").whole(0);
    look.tail_cap = view.optional("tail_cap").whole(0);
    look.answer = answer(view, look.op);
    return look;
}

UserInfo user_of(const JsonView& view)
{
    UserInfo user;
    user.name = view.member("name").text();
    user.uid = view.member("uid").id();
    user.gid = view.member("gid").id();
    user.groups = view.optional("groups").texts();
    user.home = view.optional("home").text();
    return user;
}

std::optional<std::variant<Error, std::vector<Mount>>> mounts_of(const JsonView& view)
{
    if (!view.present()) {
        return std::nullopt;
    }
    if (view.is_object()) {
        return error_of(view.member("error"));
    }
    std::vector<Mount> mounts;
    view.each([&](const JsonView& one) {
        mounts.push_back({one.member("source").text(), one.member("point").text(), one.member("type").text(),
                          one.optional("options").text()});
    });
    return mounts;
}

HostRecord Decoder::host(const JsonView& view)
{
    HostRecord host;
    host.name = view.member("name").text();
    host.now = view.member("now").time();
    host.utc_offset = std::chrono::seconds{view.optional("utc_offset").number(0, -86'400, 86'400)};
    host.user = user_of(view.member("user"));
    view.optional("users").each([&](const JsonView& one) { host.users.push_back(user_of(one)); });
    view.optional("env").each_member([&](const std::string& name, const JsonView& one) {
        host.env[name] = one.null() ? std::nullopt : std::optional(one.text());
    });
    host.mounts = mounts_of(view.optional("mounts"));
    view.optional("files").each([&](const JsonView& one) { host.looks.push_back(look(one)); });
    return host;
}

tl::unexpected<Error> wrong(std::string_view source, std::string_view what, std::string_view hint = k_hint)
{
    return failure(Code::config, fmt::format("'{}/{}': {}", source, k_recording_member, what), std::string(hint));
}

} // namespace

Result<Recording> load_recording(const MemberReader& reader, std::string_view source)
{
    Result<std::string> text = reader(k_recording_member);
    if (!text) {
        Error error = std::move(text).error();
        error.code = Code::config;
        error.hint = "name a directory that --record made, or a bundle";
        return tl::unexpected(std::move(error).in(fmt::format("reading the recording '{}'", source)));
    }
    std::string problem;
    const nlohmann::json root = parse_json(*text, problem);
    const JsonView view(root, problem);
    const std::string schema = problem.empty() ? view.member("schema").text() : "";
    if (problem.empty() && schema != k_recording_schema) {
        const bool later = schema.starts_with("hpcdoc.recording/");
        return wrong(
            source,
            fmt::format("its schema is '{}', this version reads '{}'", util::printable(schema), k_recording_schema),
            later ? "it was made by another version of hpcdoc: read it with that one or a later one" : k_hint);
    }
    Decoder decoder(reader);
    Recording recording;
    if (problem.empty()) {
        recording.hpcdoc = view.optional("hpcdoc").text();
        recording.made = view.member("made").time();
        recording.command = view.optional("command").texts();
        recording.note = view.optional("note").text();
        view.member("calls").each([&](const JsonView& one) { recording.calls.push_back(decoder.call(one)); });
        recording.host = decoder.host(view.member("host"));
    }
    if (!problem.empty()) {
        return wrong(source, problem);
    }
    if (decoder.failed_member) {
        decoder.failed_member->code = Code::config;
        decoder.failed_member->hint = k_hint;
        return tl::unexpected(std::move(*decoder.failed_member).in(fmt::format("reading the recording '{}'", source)));
    }
    return recording;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "bundle/opened.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "archive/inspect.hpp"
#include "exec/json_view.hpp"
#include "exec/recording.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

void add_origins(const archive::Manifest& manifest, std::map<std::string, std::string>& origins)
{
    for (const archive::Item& item : manifest.items) {
        const std::string asked = item.kind == archive::Item::Kind::file ? item.path : command_line(item.argv);
        const std::string what = asked.empty() ? item.why : asked;
        if (!item.out.member.empty()) {
            origins.emplace(item.out.member, what);
        }
        if (!item.err.member.empty()) {
            origins.emplace(item.err.member, what + " (stderr)");
        }
    }
}

// As far as it can be read: a recording that is wrong is told elsewhere.
void add_origins(std::string_view recording, std::map<std::string, std::string>& origins)
{
    std::string problem;
    const nlohmann::json root = parse_json(recording, problem);
    const JsonView view(root, problem);
    const auto add = [&](const JsonView& member, const std::string& what) {
        if (member.present() && !member.is_object()) {
            origins.emplace(member.text(), what);
        }
    };
    if (problem.empty()) {
        view.optional("calls").each([&](const JsonView& call) {
            const std::string what = command_line(call.member("argv").texts());
            add(call.optional("out"), what);
            add(call.optional("err"), what + " (stderr)");
        });
        view.optional("host").optional("files").each([&](const JsonView& look) {
            const std::string path = look.optional("path").text();
            add(look.optional("content"), path);
            add(look.optional("head"), path);
            add(look.optional("tail"), path + " (its end)");
        });
    }
}

} // namespace

std::string Opened::name() const
{
    const std::filesystem::path path(source);
    const std::filesystem::path last = path.has_filename() ? path.filename() : path.parent_path().filename();
    return top.empty() ? last.native() : top;
}

const std::string* Opened::find(std::string_view member) const
{
    const auto found = members.find(member);
    return found == members.end() ? nullptr : &found->second;
}

std::map<std::string, std::string> Opened::origins() const
{
    std::map<std::string, std::string> origins;
    if (manifest) {
        add_origins(*manifest, origins);
    }
    if (const std::string* recording = find(k_recording_member)) {
        add_origins(*recording, origins);
    }
    return origins;
}

Result<Opened> open(const std::string& file)
{
    HPCDOC_TRY_ASSIGN(std::vector<archive::Entry> entries, archive::inspect(file));
    Opened opened;
    opened.source = file;
    opened.top = archive::top_directory(entries);
    for (const archive::Entry& entry : entries) {
        if (!entry.problem.empty()) {
            opened.hostile.push_back({entry.name, entry.problem});
        }
    }
    opened.members = archive::harmless_members(std::move(entries));
    const std::string* manifest = opened.find(archive::k_manifest_member);
    Result<archive::Manifest> read =
        manifest == nullptr ? failure(Code::config, "it holds no '" + std::string(archive::k_manifest_member) + "'")
                            : archive::manifest_from(*manifest, archive::k_manifest_member);
    if (read) {
        opened.manifest = std::move(*read);
    } else {
        opened.manifest_error = std::move(read).error();
    }
    return opened;
}

std::string command_line(const std::vector<std::string>& argv)
{
    std::string line;
    for (const std::string& word : argv) {
        line += (line.empty() ? "" : " ") + util::shell_quote(util::printable(word));
    }
    return line;
}

std::string status_text(const archive::Item& item)
{
    using Status = archive::Item::Status;
    std::string text(to_string(item.status));
    switch (item.status) {
    case Status::nonzero:
        text = item.signal ? fmt::format("ended by signal {}", *item.signal)
                           : fmt::format("exit {}", item.exit.value_or(1));
        break;
    case Status::timeout:
        text = fmt::format("no answer in {:.0f} s", static_cast<double>(item.duration.count()) / 1000);
        break;
    case Status::unkillable: text = "hangs, and could not be ended"; break;
    case Status::redact_failed: text = "dropped: not cleaned of secrets"; break;
    case Status::budget: text = "dropped: no room left"; break;
    default: break;
    }
    return item.note.empty() ? text : text + ": " + item.note;
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#include "bundle/assemble.hpp"

#include <algorithm>

#include "archive/pack.hpp"
#include "bundle/content.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;

std::string sums_of(const archive::Members& members)
{
    std::string sums;
    for (const auto& [name, bytes] : members) {
        sums += archive::sha256(bytes) + "  " + name + "\n";
    }
    return sums;
}

// hpcdoc's own log: what was asked, when, and how it went.
std::string log_of(const archive::Manifest& manifest)
{
    std::string log;
    for (const Item& item : manifest.items) {
        const std::string what = !item.argv.empty() ? command_line(item.argv) : item.path;
        const auto second = std::chrono::floor<std::chrono::seconds>(item.start);
        log += util::rfc3339(second) + "  " + std::string(to_string(item.status)) + "  " + item.id + "  " +
               std::to_string(item.duration.count()) + " ms  " + util::printable(what) +
               (item.note.empty() ? "" : "  (" + util::printable(item.note) + ")") + "\n";
    }
    return log;
}

bool has_stream(const Item& item, const std::string& member)
{
    return item.out.member == member || item.err.member == member;
}

} // namespace

archive::Members members_of(const Draft& draft, const Config& config)
{
    archive::Members members;
    for (auto& [name, bytes] : hpcdoc::members_of(draft.recording)) {
        members.emplace(name, bytes);
    }
    for (const auto& [name, text] : draft.texts) {
        members.emplace(name, text);
    }
    members.emplace("log/hpcdoc.log", log_of(draft.manifest));
    const Content content{draft.manifest, draft.report, members, config, draft.name};
    archive::Members faces{{std::string(archive::k_readme_member), readme_of(content)},
                           {std::string(archive::k_summary_member), summary_of(content)},
                           {std::string(archive::k_page_member), page_of(content)},
                           {std::string(archive::k_findings_member), render(draft.report, Format::json, {})},
                           {std::string(archive::k_manifest_member), archive::manifest_json(draft.manifest)}};
    members.merge(std::move(faces));
    members.emplace(archive::k_sums_member, sums_of(members));
    return members;
}

void drop(Draft& draft, const std::string& member, Item::Status status, const std::string& note)
{
    draft.texts.erase(member);
    std::string named = member; // as the manifest knows it: of a file in two parts, the first
    for (RecordedCall& call : draft.recording.calls) {
        if (call.member + ".out" == member) {
            call.completion.out.clear();
        } else if (call.member + ".err" == member) {
            call.completion.err.clear();
        }
    }
    for (RecordedLook& look : draft.recording.host.looks) {
        if (!look.member.empty() && (look.member == member || look.member + ".head" == member || look.member + ".tail" == member)) {
            named = look.member == member ? member : look.member + ".head";
            look.answer = Error{Code::not_recorded, "'" + util::printable(look.path) + "' was left out of the bundle: " + note, "", {}};
        }
    }
    for (Item& item : draft.manifest.items) {
        if (has_stream(item, named)) {
            (item.out.member == named ? item.out : item.err) = {};
            item.status = status;
            item.note = note;
        }
    }
}

} // namespace hpcdoc::bundle

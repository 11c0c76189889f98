// SPDX-License-Identifier: Apache-2.0
// The sections that are lists and tables.
#include "bundle/page.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "host/mounts.hpp"
#include "report/html_parts.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle::page {

namespace {

namespace html = report::html;

constexpr std::size_t k_mounts = 200;

std::string pair(std::string_view label, std::string_view value)
{
    return value.empty() ? ""
                         : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", html::text(label), html::text(value));
}

const std::string& fact(const Report& report, std::string_view name)
{
    static const std::string k_none;
    for (const Fact& fact : report.facts()) {
        if (fact.name == name) {
            return fact.value;
        }
    }
    return k_none;
}

void add_jobs(const Report& report, Table& table)
{
    if (report.command == "job explain" && !fact(report, "job.state").empty()) {
        const Finding* verdict = report.verdict();
        table.rows.push_back({report.subject, fact(report, "job.state"), fact(report, "job.elapsed"),
                              fact(report, "job.size"), fact(report, "job.nodes"),
                              verdict == nullptr ? std::string() : verdict->title});
    }
    for (const Report& part : report.reports()) {
        add_jobs(part, table);
    }
}

// Kernel interfaces: nobody keeps files there.
bool pseudo(const Mount& mount)
{
    constexpr std::array<std::string_view, 24> k_types{
        "autofs",   "binfmt_misc", "bpf",     "cgroup",     "cgroup2",     "configfs",  "debugfs", "devpts",
        "devtmpfs", "efivarfs",    "fusectl", "fuse.lxcfs", "fuse.portal", "hugetlbfs", "mqueue",  "nsfs",
        "proc",     "pstore",      "ramfs",   "rpc_pipefs", "securityfs",  "selinuxfs", "sysfs",   "tracefs"};
    return std::find(k_types.begin(), k_types.end(), mount.type) != k_types.end();
}

std::vector<Mount> mounts_of(const Content& content, const Recording& recording)
{
    if (recording.host.mounts) {
        if (const auto* known = std::get_if<std::vector<Mount>>(&*recording.host.mounts)) {
            return *known;
        }
    }
    for (const archive::Item& item : content.manifest.items) {
        if (item.path == "/proc/self/mountinfo") {
            const auto member = content.members.find(item.out.member);
            return member == content.members.end() ? std::vector<Mount>{} : parse_mountinfo(member->second);
        }
    }
    return {};
}

std::string share(std::uint64_t used, std::uint64_t total)
{
    return total == 0 ? "" : fmt::format(" ({:.0f} %)", 100.0 * static_cast<double>(used) / static_cast<double>(total));
}

// Space used and free, inodes used; or why it is not known.
std::array<std::string, 2> room_of(const Mount& mount, const Recording& recording)
{
    for (const RecordedLook& look : recording.host.looks) {
        if (look.op != "space" || look.path != mount.point) {
            continue;
        }
        if (const auto* space = std::get_if<SpaceInfo>(&look.answer)) {
            const std::uint64_t used = space->total - std::min(space->available, space->total);
            const std::uint64_t inodes = space->inodes - std::min(space->inodes_free, space->inodes);
            return {fmt::format("{} of {}{}", util::human_size(used), util::human_size(space->total),
                                share(used, space->total)),
                    space->inodes == 0
                        ? ""
                        : fmt::format("{} of {}{}", inodes, space->inodes, share(inodes, space->inodes))};
        }
        if (const auto* error = std::get_if<Error>(&look.answer)) {
            return {error->message, ""};
        }
    }
    return {};
}

std::string grave_list(const std::vector<Lost>& lost)
{
    std::string rows;
    for (const Lost& group : lost) {
        rows += fmt::format("<li><strong><svg class=\"key\" aria-hidden=\"true\"><rect class=\"{}\" width=\"10\" "
                            "height=\"10\"/></svg> {} ({})</strong>{}{}<div class=\"muted\">{}</div></li>\n",
                            class_of(group.status), html::text(meaning_of(group.status)), group.items.size(),
                            group.reason.empty() ? "" : ": ", html::text(group.reason), html::text(lost_names(group)));
    }
    return rows;
}

} // namespace

std::string ticket(const Content& content)
{
    const archive::Manifest& manifest = content.manifest;
    std::string answers;
    for (const auto& [question, answer] : manifest.answers) {
        answers += pair(question, answer.empty() ? "not answered" : answer);
    }
    std::string facts = pair("User", manifest.user) + pair("Host", manifest.host) + pair("Role", manifest.role) +
                        pair("Cluster", manifest.cluster) + pair("Jobs", util::join(manifest.jobs, ", ")) +
                        pair("Collected", when_text(manifest)) + pair("Audience", manifest.audience) +
                        pair("Encrypted to", manifest.encrypted_to) + pair("Site", content.config.text("site.name"));
    const std::string note = html::block(manifest.note);
    std::string text = note.empty() ? "" : fmt::format("<blockquote>{}</blockquote>\n", note);
    text += answers.empty() ? "" : fmt::format("<dl class=\"answers\">\n{}</dl>\n", answers);
    return fmt::format("<div class=\"card\">\n{}<dl class=\"facts\">\n{}</dl>\n</div>\n", text, facts);
}

std::string jobs(const Content& content)
{
    Table table{"jobs", "", {"Job", "State", "Ran", "Size", "Nodes", "Verdict"}, {}};
    add_jobs(content.report, table);
    return table.rows.empty() ? "" : html::table(table, 3);
}

std::string mounts(const Content& content, const Recording& recording)
{
    const std::vector<Mount> all = mounts_of(content, recording);
    Table table{"mounts", "", {"Mounted at", "Type", "Used", "Inodes used", "From", "Options"}, {}};
    for (const Mount& mount : all) {
        if (!pseudo(mount) && table.rows.size() < k_mounts) {
            const auto [space, inodes] = room_of(mount, recording);
            table.rows.push_back({mount.point, mount.type + (mount.network() ? " (network)" : ""), space, inodes,
                                  mount.source, mount.options});
        }
    }
    if (table.rows.empty()) {
        return {};
    }
    const std::size_t hidden = all.size() - table.rows.size();
    return html::table(table, 3) +
           (hidden == 0 ? ""
                        : html::paragraph("muted",
                                          fmt::format("Not shown: {} more, mostly interfaces of the kernel.", hidden)));
}

std::string lost(const Content& content)
{
    const std::string items = grave_list(lost_of(content.manifest));
    std::string blind;
    for (const std::string& spot : blind_spots(content.report)) {
        blind += fmt::format("<li>{}</li>\n", html::text(spot));
    }
    std::string text =
        items.empty() ? "" : fmt::format("<div class=\"card\"><ul class=\"lost\">\n{}</ul></div>\n", items);
    return text + (blind.empty() ? ""
                                 : fmt::format("<div class=\"card\">{}<ul>\n{}</ul></div>\n",
                                               html::heading(3, "The diagnoses could not look at"), blind));
}

std::string redactions(const archive::Manifest& manifest)
{
    Table table{"redactions", "", {"Kind of secret", "Times", "In"}, {}};
    for (const auto& [rule, count] : redactions_of(manifest)) {
        std::vector<std::string> where;
        for (const archive::Item& item : manifest.items) {
            if (item.redactions.contains(rule)) {
                where.push_back(item.id);
            }
        }
        table.rows.push_back({rule, fmt::format("{}", count), util::join(where, ", ")});
    }
    const std::string text = table.rows.empty() ? html::paragraph("card", "No secret was found, so none was removed.")
                                                : html::table(table, 3);
    return text + html::paragraph("muted", audience_text(manifest));
}

} // namespace hpcdoc::bundle::page

// SPDX-License-Identifier: Apache-2.0
// hpcdoc bundle show: what a bundle says of itself, or one of its members.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/rules.hpp>

#include "bundle/opened.hpp"
#include "bundle/read_report.hpp"
#include "bundle/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using archive::Item;
using archive::Manifest;
using bundle::Opened;

constexpr std::size_t k_summary_lines = 12;

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_known{{
    {archive::k_readme_member, "what this is, and how to look, verify and delete"},
    {archive::k_summary_member, "the case on one page"},
    {archive::k_manifest_member, "what was asked for, and how that went"},
    {archive::k_page_member, "all of it for a browser"},
    {archive::k_findings_member, "what hpcdoc found"},
    {archive::k_sums_member, "checksums of all other members"},
    {"recording.json", "for hpcdoc --from"},
}};

// 0: the faces, in their order; everything else follows by name.
std::size_t place_of(std::string_view member)
{
    const auto known =
        std::find_if(k_known.begin(), k_known.end(), [&](const auto& one) { return one.first == member; });
    return static_cast<std::size_t>(known - k_known.begin());
}

void add_fact(Report& report, std::string name, std::string label, std::string value)
{
    if (!value.empty()) {
        report.fact(
            {"bundle." + std::move(name), std::move(label), std::move(value), std::string(archive::k_manifest_member)});
    }
}

std::string joined(std::string first, std::string_view second)
{
    return first.empty() || second.empty() ? first + std::string(second) : first + ", " + std::string(second);
}

void add_facts(const Manifest& manifest, std::chrono::seconds utc_offset, Report& report)
{
    add_fact(report, "host", "Host", joined(manifest.host, manifest.role));
    add_fact(report, "user", "User", manifest.user);
    add_fact(report, "started", "Made", util::local_stamp(manifest.started, utc_offset));
    add_fact(report, "items", "Collected", fmt::format("{} of {}", bundle::answered_in(manifest), manifest.items.size()));
    add_fact(report, "jobs", "Jobs", util::join(manifest.jobs, ", "));
    add_fact(report, "note", "Note", manifest.note);
    add_fact(report, "cluster", "Cluster", manifest.cluster);
    for (const auto& [question, answer] : manifest.answers) {
        add_fact(report, "answer", question, answer);
    }
    const auto took = std::chrono::round<std::chrono::seconds>(manifest.took);
    const bool timed = manifest.deadline.count() > 0; // not when it was made of a recording
    add_fact(report, "took", "Took", timed ? util::human_time(took) + " of " + util::human_time(manifest.deadline) : "");
    add_fact(report, "hpcdoc", "Made by", manifest.hpcdoc.empty() ? "" : "hpcdoc " + manifest.hpcdoc);
    add_fact(report, "audience", "For", manifest.audience);
    add_fact(report, "encrypted-to", "Encrypted to", manifest.encrypted_to);
}

// What the bundle lacks is said where a reader looks for it, and not as our failure to look.
void add_gaps(const Manifest& manifest, Report& report)
{
    if (!manifest.complete) {
        report.skipped("bundle", "", "the bundle is incomplete: " + manifest.incomplete);
    }
    for (Item item : manifest.items) {
        if (item.status != Item::Status::ok && item.status != Item::Status::nonzero) {
            item.note = bundle::reason_of(item); // alike for all that are not there, so that they are told together
            report.skipped(item.id, "", bundle::status_text(item));
        }
    }
}

void collect(const Report& found, bool several, Report& report)
{
    for (Finding finding : found.findings()) {
        if (several && !found.subject.empty()) {
            finding.title += " (" + found.subject + ")";
        }
        report.add(std::move(finding));
    }
    for (const Report& part : found.reports()) {
        collect(part, several, report);
    }
}

std::string subject_of_parts(const Report& found)
{
    std::vector<std::string> headlines;
    for (const Report& part : found.reports()) {
        if (!part.headline.empty()) {
            headlines.push_back(part.headline);
        }
    }
    return headlines.size() == 1 ? headlines.front() : "";
}

void add_findings(const Opened& opened, Report& report)
{
    const std::string* json = opened.find(archive::k_findings_member);
    if (json == nullptr) {
        return;
    }
    const Result<Report> found = bundle::report_from(*json, archive::k_findings_member);
    if (!found) {
        report.failed("bundle.findings", "", found.error());
        return;
    }
    collect(*found, found->reports().size() > 1, report);
    if (const std::string about = subject_of_parts(*found); !about.empty()) {
        report.headline = about;
    }
}

void add_summary(const Opened& opened, Report& report)
{
    const std::string* text = opened.find(archive::k_summary_member);
    if (text == nullptr) {
        return;
    }
    Table table{"summary", "", {std::string(archive::k_summary_member)}, {}};
    for (const std::string_view line : util::lines(*text)) {
        if (table.rows.size() == k_summary_lines) {
            table.rows.push_back({"…"});
            break;
        }
        table.rows.push_back({std::string(line)});
    }
    report.add(std::move(table));
}

std::map<std::string, const Item*> items_by_member(const Opened& opened)
{
    std::map<std::string, const Item*> items;
    if (opened.manifest) {
        for (const Item& item : opened.manifest->items) {
            items.emplace(item.out.member, &item);
            items.emplace(item.err.member, &item);
        }
    }
    items.erase("");
    return items;
}

Table members_of(const Opened& opened)
{
    const std::map<std::string, const Item*> items = items_by_member(opened);
    const std::map<std::string, std::string> origins = opened.origins();
    std::vector<std::pair<std::size_t, std::string_view>> order;
    for (const auto& [name, content] : opened.members) {
        order.emplace_back(place_of(name), name);
    }
    std::sort(order.begin(), order.end());
    Table table{"members", "Members", {"Member", "Size", "What it is", "Status", "Why"}, {}, 1};
    for (const auto& [place, name] : order) {
        const auto item = items.find(std::string(name));
        const auto origin = origins.find(std::string(name));
        table.rows.push_back({std::string(name), util::human_size(opened.find(name)->size()),
                              place < k_known.size()    ? std::string(k_known[place].second)
                              : origin != origins.end() ? origin->second
                              : name == "log/hpcdoc.log" ? "hpcdoc's own log"
                                                        : "",
                              item == items.end() ? "" : bundle::status_text(*item->second),
                              item == items.end() ? "" : item->second->why});
    }
    for (const bundle::Hostile& hostile : opened.hostile) {
        table.rows.push_back({hostile.name, "", "not read: " + hostile.problem, "", ""});
    }
    return table;
}

Result<void> judge_no_bundle(Context& ctx, const Opened& opened, Report& report)
{
    if (opened.manifest) {
        return {};
    }
    Facts facts;
    facts.set("bundle.file", opened.source);
    facts.set("shown", true);
    facts.set("manifest", std::string("not readable"), {opened.source, describe(*opened.manifest_error)});
    HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, ctx.rules.diagnose("bundle", facts));
    for (Finding& finding : findings) {
        report.add(std::move(finding));
    }
    return {};
}

// The names by which a member can be asked for.
std::vector<std::string> names_of(const Opened& opened)
{
    std::vector<std::string> names;
    for (const auto& [name, content] : opened.members) {
        names.push_back(name);
    }
    if (opened.manifest) {
        for (const Item& item : opened.manifest->items) {
            names.push_back(item.id);
        }
    }
    return names;
}

const std::string& member_of(const Item& item)
{
    return item.out.member.empty() ? item.err.member : item.out.member;
}

// The members that a name can mean: exactly that one, or those that end so.
std::vector<std::string> members_meant(const Opened& opened, std::string_view wanted)
{
    if (wanted.starts_with(opened.top + "/")) {
        wanted.remove_prefix(opened.top.size() + 1);
    }
    if (opened.find(wanted) != nullptr) {
        return {std::string(wanted)};
    }
    std::vector<std::string> ending;
    for (const auto& [name, content] : opened.members) {
        if (name.ends_with("/" + std::string(wanted))) {
            ending.push_back(name);
        }
    }
    const std::vector<Item> items = opened.manifest ? opened.manifest->items : std::vector<Item>{};
    for (const Item& item : items) {
        const bool there = opened.find(member_of(item)) != nullptr;
        if (there && item.id == wanted) {
            return {member_of(item)};
        }
        if (there && item.id.ends_with("." + std::string(wanted))) {
            ending.push_back(member_of(item));
        }
    }
    return ending;
}

Result<std::string> find_member(const Opened& opened, std::string_view wanted)
{
    const std::vector<std::string> meant = members_meant(opened, wanted);
    if (meant.size() == 1) {
        return meant.front();
    }
    const std::string what =
        "there is no member '" + util::printable(wanted) + "' in '" + util::printable(opened.source) + "'";
    if (!meant.empty()) {
        return failure(Code::usage, what + ", but several end so", util::printable(util::join(meant, ", ")));
    }
    const auto near = util::nearest(wanted, names_of(opened));
    return failure(Code::usage, what,
                   near ? "did you mean '" + util::printable(*near) + "'?"
                        : "'hpcdoc bundle show " + util::shell_quote(util::printable(opened.source)) + "' lists them");
}

} // namespace

Result<void> show_bundle(Context& ctx, const std::string& file, Report& report)
{
    HPCDOC_TRY_ASSIGN(const Opened opened, bundle::open(file));
    report.subject = file;
    report.headline = opened.name();
    if (opened.manifest) {
        add_facts(*opened.manifest, ctx.host.utc_offset(), report);
        add_gaps(*opened.manifest, report);
    }
    HPCDOC_TRY(judge_no_bundle(ctx, opened, report));
    add_findings(opened, report);
    add_summary(opened, report);
    report.add(members_of(opened));
    return {};
}

Result<void> show_bundle_member(Context& /*ctx*/, const std::string& file, const std::string& member, Report& report)
{
    HPCDOC_TRY_ASSIGN(const Opened opened, bundle::open(file));
    HPCDOC_TRY_ASSIGN(const std::string name, find_member(opened, member));
    const std::map<std::string, std::string> origins = opened.origins();
    const auto origin = origins.find(name);
    report.subject = file + " " + name;
    report.headline = origin == origins.end() ? name : name + ": " + origin->second;
    report.body = *opened.find(name);
    return {};
}

} // namespace hpcdoc

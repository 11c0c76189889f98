// SPDX-License-Identifier: Apache-2.0
#include "bundle/view.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>
#include <hpcdoc/runner.hpp>

#include "report/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using archive::Manifest;
using Status = archive::Item::Status;

// What a reader must know first: what was lost for ever, then what hangs, then what is not there at all.
constexpr std::array k_gravest_first{Status::redact_failed, Status::unkillable, Status::timeout,
                                     Status::budget,        Status::failed,     Status::denied,
                                     Status::nonzero,       Status::missing,    Status::skipped};

void collect(const Report& report, std::vector<Verdict>& into)
{
    const report::Story story = report::story_of(report);
    if (story.verdict != nullptr) {
        const bool known = std::any_of(into.begin(), into.end(), [&](const Verdict& other) {
            return other.finding->id == story.verdict->id && other.finding->title == story.verdict->title;
        });
        if (!known) {
            into.push_back({&report, story.verdict});
        }
    }
    for (const Report& part : report.reports()) {
        collect(part, into);
    }
}

std::string_view role_text(std::string_view role)
{
    if (role == "login") {
        return "login node";
    }
    if (role == "compute") {
        return "compute node";
    }
    return role == "in-job" ? "inside a job" : role;
}

} // namespace

std::vector<Verdict> verdicts_of(const Report& report)
{
    std::vector<Verdict> all;
    collect(report, all);
    std::stable_sort(all.begin(), all.end(), [](const Verdict& a, const Verdict& b) {
        return std::tuple(a.finding->severity, a.finding->certainty) >
               std::tuple(b.finding->severity, b.finding->certainty);
    });
    return all;
}

std::string name_of(const Report& diagnosis)
{
    return diagnosis.subject.empty() ? diagnosis.command : fmt::format("{} {}", diagnosis.command, diagnosis.subject);
}

std::string reason_of(const Item& item)
{
    if (item.status == Status::nonzero) {
        return {}; // its status tells
    }
    constexpr std::string_view k_cannot = "cannot read '", k_because = "': ";
    const std::size_t because = item.note.starts_with(k_cannot) ? item.note.find(k_because) : std::string::npos;
    return because == std::string::npos ? item.note : item.note.substr(because + k_because.size());
}

std::size_t answered_in(const Manifest& manifest)
{
    return static_cast<std::size_t>(std::count_if(manifest.items.begin(), manifest.items.end(), [](const Item& item) {
        return item.status == Status::ok || item.status == Status::nonzero;
    }));
}

std::vector<Lost> lost_of(const Manifest& manifest)
{
    std::vector<Lost> all;
    for (const Status status : k_gravest_first) {
        std::map<std::string, std::size_t> place; // of a reason in `all`
        for (const Item& item : manifest.items) {
            if (item.status != status) {
                continue;
            }
            const auto [at, fresh] = place.emplace(reason_of(item), all.size());
            if (fresh) {
                all.push_back({status, at->first, {}});
            }
            all[at->second].items.push_back(&item);
        }
    }
    return all;
}

std::string lost_names(const Lost& lost)
{
    std::vector<std::string> names;
    for (const Item* item : lost.items) {
        if (item->status == Status::nonzero && item->signal) {
            names.push_back(fmt::format("{} (signal {})", item->id, *item->signal));
        } else if (item->status == Status::nonzero && item->exit) {
            names.push_back(fmt::format("{} (exit {})", item->id, *item->exit));
        } else {
            names.push_back(item->id);
        }
    }
    return util::join(names, ", ");
}

std::vector<std::string> blind_spots(const Report& report)
{
    std::vector<std::string> all;
    for (const report::Unseen& unseen : report::unseen_of(report)) {
        if (unseen.outcome == Check::Outcome::failed) {
            all.push_back(fmt::format("{}: {}{}{}", name_of(report), unseen.what, unseen.reason.empty() ? "" : ": ",
                                      unseen.reason));
        }
    }
    for (const Report& part : report.reports()) {
        const std::vector<std::string> more = blind_spots(part);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

std::map<std::string, std::uint64_t> redactions_of(const Manifest& manifest)
{
    std::map<std::string, std::uint64_t> counts;
    for (const Item& item : manifest.items) {
        for (const auto& [rule, count] : item.redactions) {
            counts[rule] += count;
        }
    }
    return counts;
}

std::uint64_t total_of(const std::map<std::string, std::uint64_t>& counts)
{
    std::uint64_t total = 0;
    for (const auto& [rule, count] : counts) {
        total += count;
    }
    return total;
}

std::string_view meaning_of(Status status)
{
    switch (status) {
    case Status::ok: return "collected";
    case Status::nonzero: return "ended with an error";
    case Status::missing: return "not there";
    case Status::denied: return "no permission";
    case Status::timeout: return "no answer in time";
    case Status::unkillable: return "hangs and could not be ended";
    case Status::skipped: return "skipped";
    case Status::redact_failed: return "dropped: could not be cleaned of secrets";
    case Status::budget: return "dropped: the bundle would have become too large";
    case Status::failed: return "failed";
    }
    return "failed";
}

std::string source_of(const Item& item)
{
    return item.kind == Item::Kind::file ? item.path : command_line(item.argv);
}

std::string who_text(const Manifest& manifest)
{
    std::string text = manifest.user.empty() ? "somebody" : manifest.user;
    text += " on " + (manifest.host.empty() ? std::string("an unknown machine") : manifest.host);
    if (!manifest.role.empty()) {
        text += fmt::format(" ({})", role_text(manifest.role));
    }
    return manifest.cluster.empty() ? text : text + ", cluster " + manifest.cluster;
}

std::string jobs_text(const Manifest& manifest)
{
    if (manifest.jobs.empty()) {
        return {};
    }
    return (manifest.jobs.size() == 1 ? "job " : "jobs ") + util::join(manifest.jobs, ", ");
}

std::string when_text(const Manifest& manifest)
{
    const std::string stamp = util::local_stamp(manifest.started, std::chrono::seconds{0}) + " UTC";
    return manifest.deadline.count() > 0 ? fmt::format("{}, in {}", stamp, took_text(manifest.took)) : stamp + ", from a recording";
}

std::string took_text(std::chrono::milliseconds duration)
{
    using namespace std::chrono;
    const auto count = std::max<milliseconds::rep>(duration.count(), 0);
    if (count < 1000) {
        return fmt::format("{} ms", count);
    }
    if (count < 10'000) {
        return fmt::format("{:.1f} s", static_cast<double>(count) / 1000.0);
    }
    return util::human_time(seconds(count / 1000));
}

std::string audience_text(const Manifest& manifest)
{
    constexpr std::string_view k_same = "have other names here, such as user-1 and host-2, the same everywhere in this "
                                        "bundle.";
    if (manifest.audience == "vendor") {
        return fmt::format("Made for a vendor: users, groups, hosts, domains and addresses {}", k_same);
    }
    if (manifest.audience == "public") {
        return fmt::format(
            "Made for everyone: users, groups, hosts, domains, addresses, home and project directories {}", k_same);
    }
    return "Made for the support of the site itself: names of users, hosts and paths are as they are. Do not pass it "
           "on; for others make a new one with --audience vendor or --audience public.";
}

} // namespace hpcdoc::bundle

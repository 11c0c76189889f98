// SPDX-License-Identifier: Apache-2.0
#include "bundle/tell.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/config.hpp>
#include <hpcdoc/terminal.hpp>

#include "archive/pack.hpp"
#include "bundle/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using Status = Item::Status;

std::string what_of(const Item& item)
{
    return util::printable(!item.argv.empty() ? command_line(item.argv) : item.path.empty() ? item.out.member : item.path);
}

unsigned redactions(const archive::Manifest& manifest)
{
    unsigned count = 0;
    for (const Item& item : manifest.items) {
        for (const auto& [rule, times] : item.redactions) {
            count += times;
        }
    }
    return count;
}

// A program that is not installed is no gap; what hung, was refused or could not be cleaned is.
void note_gaps(const archive::Manifest& manifest, Report& report)
{
    for (const Item& item : manifest.items) {
        switch (item.status) {
        case Status::timeout:
        case Status::unkillable:
        case Status::failed:
            report.failed(item.id, what_of(item), Error{Code::timed_out, item.note.empty() ? std::string(to_string(item.status)) : item.note, {}, {}});
            break;
        case Status::redact_failed:
        case Status::budget:
        case Status::denied:
            report.skipped(item.id, what_of(item), item.note.empty() ? std::string(to_string(item.status)) : item.note);
            break;
        case Status::missing:
        case Status::skipped:
            if (item.topic == "path") { // the user named it
                report.skipped(item.id, what_of(item), item.note);
            }
            break;
        default:
            break;
        }
    }
    if (!manifest.complete) {
        report.failed("bundle.complete", "", Error{Code::timed_out, "the bundle is not complete: " + manifest.incomplete, {}, {}});
    }
}

void add_collected(const Draft& draft, Report& report)
{
    report.fact({"bundle.items", "Collected", fmt::format("{} of {} things asked for", answered_in(draft.manifest), draft.manifest.items.size()), "manifest.json"});
    report.fact({"bundle.redactions", "Secrets", fmt::format("{} places blacked out", redactions(draft.manifest)), "manifest.json"});
    report.fact({"bundle.audience", "Made for", draft.manifest.audience, "--audience"});
}

// The verdicts of what ran inside.
void add_verdicts(const Draft& draft, Report& report)
{
    Table table{"verdicts", "What hpcdoc makes of it", {"Diagnosis", "Verdict", "Finding"}, {}, 0};
    for (const Report& part : draft.report.reports()) {
        if (const Finding* verdict = part.verdict()) {
            table.rows.push_back({part.command + (part.subject.empty() ? "" : " " + part.subject), verdict->title, verdict->id});
        }
    }
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
}

} // namespace

std::string name_of(const Draft& draft)
{
    std::string stamp = util::rfc3339(draft.manifest.started);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    std::string id = draft.manifest.host + stamp;
    for (const Item& item : draft.manifest.items) {
        id += item.id + item.out.sha256 + item.err.sha256;
    }
    std::string where = draft.manifest.cluster.empty() ? draft.manifest.host : draft.manifest.cluster;
    std::erase_if(where, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'); });
    return fmt::format("hpcdoc-bundle-{}-{}-{}", where.empty() ? "host" : where.substr(0, 40), stamp, archive::sha256(id).substr(0, 8));
}

void tell_written(const Draft& draft, const Written& written, const Config& config, Report& report)
{
    report.subject = written.file.filename().native();
    report.headline = fmt::format("Bundle written: {} ({})", util::printable(written.file.native()), util::human_size(written.size));
    report.fact({"bundle.path", "File", util::printable(written.file.native()), ""});
    report.fact({"bundle.sha256", "SHA-256", written.sha256, ""});
    const std::string& ticket = config.text("site.ticket_url");
    const std::string& support = config.text("contacts.support");
    const std::string to = !ticket.empty() ? ticket : support;
    report.fact({"bundle.next", "Next", to.empty() ? "attach it to your ticket; look into it first: hpcdoc bundle show FILE" : "attach it to a ticket: " + to, "site file"});
    report.fact({"bundle.size", "Size", util::human_size(written.size), ""});
    add_collected(draft, report);
    if (!written.note.empty()) {
        report.fact({"bundle.note", "Note", written.note, ""});
    }
    add_verdicts(draft, report);
    note_gaps(draft.manifest, report);
}

void tell_preview(const Draft& draft, std::uint64_t size, const Config& config, Report& report)
{
    report.headline = fmt::format("A bundle of {} would be written; nothing was", util::human_size(size));
    report.fact({"bundle.size", "Size", util::human_size(size), ""});
    add_collected(draft, report);
    add_verdicts(draft, report);
    Table table{"members", "What would be in it", {"Member", "Bytes", "Blacked out", "What it is"}, {}, 0};
    for (const auto& member : members_of(draft, config)) {
        const std::string& name = member.first;
        const std::string& bytes = member.second;
        const auto item = std::find_if(draft.manifest.items.begin(), draft.manifest.items.end(), [&](const Item& one) { return one.out.member == name; });
        unsigned count = 0;
        if (item != draft.manifest.items.end()) {
            for (const auto& [rule, times] : item->redactions) {
                count += times;
            }
        }
        table.rows.push_back({name, std::to_string(bytes.size()), count == 0 ? "" : std::to_string(count), item == draft.manifest.items.end() ? "" : item->why});
    }
    report.add(std::move(table));
    note_gaps(draft.manifest, report);
}

void tell_probes(const ProbeBook& book, const Scope& scope, Report& report)
{
    report.headline = "What a bundle would ask here; nothing was run";
    report.fact({"bundle.role", "Machine", scope.role.empty() ? scope.host : scope.host + ", " + scope.role, ""});
    Table table{"probes", "Probes", {"Id", "Asks", "Not run", "Why", "Limits"}, {}, 2};
    for (const Diagnosis& diagnosis : diagnoses_for(book, scope)) {
        table.rows.push_back({"diagnosis", "hpcdoc " + util::join(diagnosis.command, " "), "", diagnosis.why, ""});
    }
    for (const Probe& probe : probes_for(book, scope)) {
        const std::string not_run = not_here(probe, scope);
        const std::string limits = fmt::format("{}, {}", util::human_time(std::chrono::duration_cast<std::chrono::seconds>(probe.deadline)), util::human_size(probe.head + probe.tail));
        table.rows.push_back({probe.id, probe.command.empty() ? probe.file : command_line(probe.command), not_run, probe.why, limits});
    }
    report.add(std::move(table));
}

void ask_questions(Terminal& terminal, std::span<const Question> questions, std::map<std::string, std::string>& answers)
{
    for (const Question& question : questions) {
        if (answers.contains(question.key)) {
            continue;
        }
        const std::optional<std::string> answer = terminal.ask(question.ask + " (Enter: leave it blank) ");
        if (!answer) {
            return; // no more input
        }
        if (!answer->empty()) {
            answers.emplace(question.key, *answer);
        }
    }
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
// summary.txt: one screen for a tired support engineer. The likely cause stands in the first ten lines.
#include "bundle/content.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "report/text_writer.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using report::Paint;
using report::TextWriter;

constexpr std::size_t k_lines = 60, k_width = 80;
constexpr std::size_t k_answers = 5, k_lost = 7, k_blind = 3, k_others = 2, k_job_members = 4;

TextWriter writer()
{
    return TextWriter(Style{.color = false, .width = k_width, .unicode = false, .verbose = false});
}

std::vector<std::string> lines_of(TextWriter& out)
{
    const std::string text = out.take();
    std::vector<std::string> lines;
    for (const std::string_view line : util::lines(text)) {
        lines.push_back(util::shorten(line, k_width, false));
    }
    return lines;
}

// At most `most` lines of a text, the last one cut where there is more.
void bounded(TextWriter& out, std::string_view first, std::string_view text, std::size_t most)
{
    const std::string indent(first.size(), ' ');
    const std::string wrapped = util::wrap(report::one_line(text.substr(0, 4000)), k_width - first.size() - 1);
    const std::vector<std::string_view> lines = util::lines(wrapped);
    for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) {
        const bool cut = i + 1 == most && lines.size() > most;
        out.cut(i == 0 ? std::string(first) : indent, cut ? std::string(lines[i]) + " ..." : std::string(lines[i]));
    }
}

std::vector<std::string> header(const Content& content)
{
    const archive::Manifest& manifest = content.manifest;
    TextWriter out = writer();
    const std::string jobs = jobs_text(manifest);
    out.cut("", report::one_line(fmt::format("{}{}{}", jobs, jobs.empty() ? "" : ": ", who_text(manifest))));
    out.cut("", report::one_line(fmt::format("{}, by hpcdoc {}", when_text(manifest), manifest.hpcdoc)));
    if (!manifest.note.empty()) {
        bounded(out, "Note: ", manifest.note, 1);
    }
    if (!manifest.complete) {
        bounded(out, "NOT COMPLETE: ", manifest.incomplete.empty() ? "collecting ended early" : manifest.incomplete, 1);
    }
    return lines_of(out);
}

void write_proof(TextWriter& out, const std::string& indent, const Finding& finding)
{
    if (finding.evidence.empty()) {
        return;
    }
    const Evidence& proof = finding.evidence.front();
    const std::vector<std::string> lines = report::safe_lines(proof.excerpt);
    out.cut(indent, report::one_line(proof.source) + (lines.empty() ? "" : ":"));
    if (!lines.empty()) {
        out.cut(indent + "| ", lines.front());
    }
}

void write_way_out(TextWriter& out, const std::string& indent, const Finding& finding)
{
    if (!finding.fixes.empty()) {
        const Fix& fix = finding.fixes.front();
        bounded(out, indent + "-> ", fix.text.empty() ? "Run this" : fix.text, 1);
        if (!fix.commands.empty()) {
            out.cut(indent + "   ", report::one_line(fix.commands.front()));
        }
    } else if (finding.escalate) {
        const Escalation& ask = *finding.escalate;
        bounded(
            out, indent + "-> ",
            fmt::format("Ask {}{}{}", ask.contact.empty() ? ask.to : ask.contact, ask.why.empty() ? "" : ": ", ask.why),
            1);
    }
}

// What the same diagnosis warns of besides: the job that ended well may have wasted all it had.
void write_others(TextWriter& out, const std::string& indent, const Verdict& verdict)
{
    std::size_t shown = 0;
    for (const Finding& other : verdict.diagnosis->findings()) {
        if (&other != verdict.finding && other.severity >= Severity::warning && ++shown <= k_others) {
            bounded(
                out, indent + "+ ",
                fmt::format("{}  {} ({})", report::word_of(report::standing_of(other.severity)), other.title, other.id),
                1);
        }
    }
}

// What is only noted needs no proof.
std::vector<std::string> finding_lines(const Verdict& verdict, bool first)
{
    const Finding& finding = *verdict.finding;
    TextWriter out = writer();
    const std::string word(report::word_of(report::standing_of(finding.severity)));
    bounded(out, word + "  ", finding.title, first ? 2 : 1);
    const std::string indent(word.size() + 2, ' ');
    out.cut(indent, fmt::format("{} - {} - {}", report::one_line(finding.id), to_string(finding.certainty),
                                report::one_line(name_of(*verdict.diagnosis))));
    if (finding.severity == Severity::note && !first) {
        write_others(out, indent, verdict);
        return lines_of(out);
    }
    bounded(out, indent, verdict.diagnosis->headline, 1);
    bounded(out, indent, finding.cause, first ? 2 : 1);
    write_proof(out, indent, finding);
    write_way_out(out, indent, finding);
    write_others(out, indent, verdict);
    return lines_of(out);
}

std::vector<std::string> no_verdict(const Report& report)
{
    const bool none = report.reports().empty() && report.checks().empty();
    return {none ? "NO DIAGNOSIS RAN: here is only what was collected."
                 : "NO CAUSE FOUND: the diagnoses that ran have nothing to tell."};
}

// Whole findings as far as there is room for them.
std::vector<std::string> findings(const Report& report, std::size_t room)
{
    const std::vector<Verdict> verdicts = verdicts_of(report);
    if (verdicts.empty()) {
        return no_verdict(report);
    }
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const std::vector<std::string> more = finding_lines(verdicts[i], i == 0);
        const std::size_t blank = lines.empty() ? 0 : 1;
        const std::size_t kept_free = i + 1 < verdicts.size() ? 1 : 0; // for the line that tells of the rest
        if (i > 0 && lines.size() + blank + more.size() + kept_free > room) {
            lines.push_back(fmt::format("... and {} more, in report.html", verdicts.size() - i));
            break;
        }
        lines.insert(lines.end(), blank, "");
        lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
}

std::vector<std::string> ticket(const archive::Manifest& manifest)
{
    TextWriter out = writer();
    const std::size_t blank = static_cast<std::size_t>(std::count_if(manifest.answers.begin(), manifest.answers.end(),
                                                                     [](const auto& a) { return a.second.empty(); }));
    const std::size_t answered = manifest.answers.size() - blank;
    if (answered == 0 && report::one_line(manifest.note).size() < k_width - 8) {
        return {}; // the header says it all
    }
    out.heading("What the user says");
    bounded(out, "  ", manifest.note, 3);
    std::size_t shown = 0;
    for (const auto& [question, answer] : manifest.answers) {
        if (!answer.empty() && ++shown <= k_answers) {
            const std::string asked = util::shorten(report::one_line(question), 30, false);
            bounded(out, fmt::format("  {}{} ", asked, asked.ends_with('?') ? "" : ":"), answer, 1);
        }
    }
    if (answered > k_answers) {
        out.cut("  ", fmt::format("... and {} more, in report.html", answered - k_answers));
    }
    return lines_of(out);
}

// "no answer in time (2), no answer within 10 s: fs.space, fs.quota"
std::string lost_line(const Lost& lost)
{
    const std::string reason = report::one_line(lost.reason);
    const std::string what = fmt::format("{} ({}){}", meaning_of(lost.status), lost.items.size(), reason.empty() ? "" : ", " + reason);
    return util::shorten(what, k_width * 5 / 4, false) + ": " + report::one_line(lost_names(lost));
}

std::vector<std::string> not_seen(const Content& content)
{
    TextWriter out = writer();
    const std::vector<Lost> lost = lost_of(content.manifest);
    const std::vector<std::string> blind = blind_spots(content.report);
    if (lost.empty() && blind.empty()) {
        return {};
    }
    out.heading("Not seen");
    for (std::size_t i = 0; i < std::min(k_lost, lost.size()); ++i) {
        bounded(out, "  ", lost_line(lost[i]), 2);
    }
    for (std::size_t i = 0; i < std::min(k_blind, blind.size()); ++i) {
        bounded(out, "  ", blind[i], 1);
    }
    const std::size_t rest =
        lost.size() - std::min(k_lost, lost.size()) + blind.size() - std::min(k_blind, blind.size());
    if (rest > 0) {
        out.cut("  ", fmt::format("... and {} more, in report.html", rest));
    }
    return lines_of(out);
}

void member_line(TextWriter& out, std::string_view member, std::string_view about)
{
    const std::string name = util::shorten(report::one_line(member), 44, false);
    out.cut("  ",
            fmt::format("{}{}  {}", name, std::string(44 - util::display_width(name), ' '), report::one_line(about)));
}

std::vector<std::string> where_to_look(const Content& content)
{
    TextWriter out = writer();
    out.heading("Where to look (hpcdoc bundle show FILE MEMBER)");
    member_line(out, archive::k_page_member, "all of it, for a browser");
    member_line(out, archive::k_findings_member, "the diagnoses, for programs");
    std::size_t shown = 0;
    for (const archive::Item& item : content.manifest.items) {
        if (!item.out.member.empty() && item.topic == "job" && ++shown <= k_job_members) {
            member_line(out, item.out.member, item.why);
        }
    }
    const std::uint64_t removed = total_of(redactions_of(content.manifest));
    out.cut("  ",
            fmt::format("and the rest of {} (tar tf FILE); {} removed",
                        report::count_text(content.members.size(), "member"), report::count_text(removed, "secret")));
    return lines_of(out);
}

} // namespace

std::string summary_of(const Content& content)
{
    std::vector<std::vector<std::string>> below{ticket(content.manifest), not_seen(content), where_to_look(content)};
    const std::vector<std::string> top = header(content);
    std::size_t taken = top.size() + 1;
    for (const auto& section : below) {
        taken += section.empty() ? 0 : section.size() + 1;
    }
    std::vector<std::vector<std::string>> all{top, findings(content.report, k_lines - std::min(taken, k_lines))};
    all.insert(all.end(), below.begin(), below.end());
    std::string text;
    for (const auto& section : all) {
        text += text.empty() || section.empty() ? "" : "\n";
        for (const std::string& line : section) {
            text += line + "\n";
        }
    }
    return text;
}

} // namespace hpcdoc::bundle

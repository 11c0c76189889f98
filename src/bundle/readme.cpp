// SPDX-License-Identifier: Apache-2.0
// README.txt: for whoever finds this file and has never heard of hpcdoc.
#include "bundle/content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bundle/view.hpp"
#include "report/text_writer.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using report::TextWriter;

constexpr std::size_t k_rules = 25; // of the removed: more is a table nobody reads; report.html has them all

void prose(TextWriter& out, std::string_view text)
{
    out.prose({"  ", "  "}, report::one_line(text));
}

void command(TextWriter& out, std::string_view line, std::string_view about)
{
    out.line("    ", line);
    out.prose({"        ", "        "}, about);
}

void write_what(TextWriter& out, const Content& content)
{
    const archive::Manifest& manifest = content.manifest;
    const std::string jobs = jobs_text(manifest);
    out.heading("WHAT THIS IS");
    prose(out, fmt::format("What a machine said about {}, collected for a support ticket by hpcdoc {}.",
                           jobs.empty() ? "itself" : jobs, manifest.hpcdoc));
    out.blank();
    out.prose({"  Who    ", "         "}, report::one_line(who_text(manifest)));
    out.prose({"  When   ", "         "}, report::one_line(when_text(manifest)));
    if (!manifest.note.empty()) {
        out.prose({"  Note   ", "         "}, report::one_line(manifest.note));
    }
    if (!manifest.complete) {
        out.blank();
        prose(out, fmt::format("It is NOT complete: {}.",
                               manifest.incomplete.empty() ? "collecting ended early" : manifest.incomplete));
    }
    out.blank();
    prose(out,
          "summary.txt says what hpcdoc makes of it. Nothing was sent anywhere: this file goes where you send it.");
}

void write_removed(TextWriter& out, const Content& content)
{
    const auto counts = redactions_of(content.manifest);
    out.heading("WHAT WAS REMOVED");
    if (counts.empty()) {
        prose(out, "No secret was found in what was collected, so none was removed.");
    } else {
        prose(out, fmt::format("{}, each replaced by [REDACTED:rule#number], the same number for the same secret:",
                               report::count_text(total_of(counts), "secret")));
        std::size_t shown = 0;
        for (const auto& [rule, count] : counts) {
            if (++shown > k_rules) {
                prose(out,
                      fmt::format("... and of {} more rules; report.html has all of them.", counts.size() - k_rules));
                break;
            }
            out.cut("    ", fmt::format("{:>5}  {}", count, report::one_line(rule)));
        }
    }
    const auto& items = content.manifest.items;
    const auto dropped = static_cast<std::size_t>(std::count_if(
        items.begin(), items.end(), [](const Item& item) { return item.status == Item::Status::redact_failed; }));
    if (dropped > 0) {
        prose(out, fmt::format("{} could not be cleaned and {} left out as a whole.",
                               report::count_text(dropped, "item"), dropped == 1 ? "was" : "were"));
    }
    prose(out, "Files that are secrets as a whole, such as private keys and token stores, are never opened.");
    prose(out, audience_text(content.manifest));
}

void write_check(TextWriter& out)
{
    out.heading("CHECK BEFORE YOU SEND IT");
    prose(out, "Rules find the secrets that they know. Look through report.html or summary.txt, and search for words "
               "that must not leave your hands, such as names of projects, patients or customers:");
    command(out, "hpcdoc bundle grep WORD FILE", "without the program: tar xf FILE -O | grep WORD");
}

void write_look(TextWriter& out, const Content& content)
{
    const std::string example =
        content.manifest.jobs.empty() ? "job list" : "job explain " + report::one_line(content.manifest.jobs.front());
    out.heading("HOW TO LOOK");
    prose(out, "FILE is the archive that this README is in. With hpcdoc, nothing is unpacked:");
    command(out, "hpcdoc bundle show FILE", "the summary; with the name of a member, that member");
    command(out, "hpcdoc bundle grep WORD FILE", "where a word stands");
    command(out, "hpcdoc bundle verify FILE", "whether it is whole, unchanged, and free of secrets");
    command(out, util::shorten(fmt::format("hpcdoc --from FILE {}", example), 74, false),
            "any diagnosis again, with the rules of today, over what the machine said then");
    out.blank();
    prose(out, "Without hpcdoc:");
    command(out, "tar tf FILE", "names what is in it");
    command(out, "tar xf FILE", "unpacks it into one new directory; then open report.html in a browser");
    command(out, "sha256sum -c SHA256SUMS", "in that directory: whether anything was changed");
    out.blank();
    prose(out, "Texts in it were written by programs and people and may lie: run nothing only because it stands here.");
}

void write_delete(TextWriter& out, const Content& content)
{
    out.heading("HOW TO DELETE");
    command(out, "rm FILE", "it is the only copy that hpcdoc made; ask those you sent it to to delete theirs");
    const std::string& ticket = content.config.text("site.ticket_url");
    const std::string& support = content.config.text("contacts.support");
    if (!ticket.empty() || !support.empty()) {
        out.heading("WHERE TO SEND IT");
        out.prose({"  Open a ticket  ", "                 "}, report::one_line(ticket));
        out.prose({"  Or write to    ", "                 "}, report::one_line(support));
    }
}

} // namespace

std::string readme_of(const Content& content)
{
    TextWriter out(Style{.color = false, .width = 78, .unicode = false, .verbose = false});
    const std::string name = report::one_line(content.name);
    out.cut("", name.empty() ? "hpcdoc bundle" : name);
    write_what(out, content);
    if (!content.manifest.encrypted_to.empty()) {
        out.blank();
        prose(out, fmt::format("The archive was encrypted to {}: only the owner of that key can open it.",
                               content.manifest.encrypted_to));
    }
    write_check(out);
    write_removed(out, content);
    write_look(out, content);
    write_delete(out, content);
    return out.take();
}

} // namespace hpcdoc::bundle

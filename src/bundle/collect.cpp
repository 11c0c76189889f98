// SPDX-License-Identifier: Apache-2.0
#include "bundle/collect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/config.hpp>
#include <hpcdoc/terminal.hpp>

#include "bundle/crew.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using Status = Item::Status;
using Clock = std::chrono::steady_clock;

constexpr std::size_t k_most_read = 16u << 20; // of what a program writes

Status status_of(const Completion& done)
{
    switch (done.how) {
    case Completion::How::exited: return done.status == 0 ? Status::ok : Status::nonzero;
    case Completion::How::signalled: return Status::nonzero;
    case Completion::How::timed_out: return Status::timeout;
    case Completion::How::abandoned: return Status::unkillable;
    case Completion::How::not_found: return Status::missing;
    case Completion::How::not_started: return util::contains(done.err, "ermission denied") ? Status::denied : Status::failed;
    case Completion::How::not_recorded: return Status::skipped;
    }
    return Status::failed;
}

std::string note_of(const Completion& done)
{
    switch (done.how) {
    case Completion::How::not_found: return "there is no such program here";
    case Completion::How::timed_out: return fmt::format("ended after {:.1f} s", static_cast<double>(done.elapsed.count()) / 1000);
    case Completion::How::abandoned: return "does not end, not even by SIGKILL: it waits for a device or a file system";
    case Completion::How::not_started: return done.err;
    case Completion::How::not_recorded: return "was not recorded";
    default: return {};
    }
}

} // namespace

Status status_of(const Error& error)
{
    switch (error.code) {
    case Code::not_found: return Status::missing;
    case Code::denied: return Status::denied;
    case Code::timed_out: return Status::timeout;
    case Code::not_recorded: return Status::skipped;
    default: return Status::failed;
    }
}

Collector::Collector(Context& outer, RecordedDoors& doors, const Redactor& redactor, const Scope& scope,
                     Clock::time_point until)
    : m_outer(outer), m_redactor(redactor), m_ctx(doors.context()), m_scope(scope), m_until(until), m_begun(Clock::now()), m_now(outer.host.now())
{
}

bool Collector::time_is_over() const
{
    return m_outer.stop.stop_requested() || Clock::now() >= m_until;
}

std::chrono::milliseconds Collector::since(Clock::time_point begun) const
{
    return m_outer.replays() ? std::chrono::milliseconds(0) : std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
}

std::size_t Collector::workers() const
{
    return m_outer.replays() ? 1 : k_workers;
}

Item Collector::item(std::string id, Item::Kind kind, std::string why) const
{
    Item made;
    made.topic = id.substr(0, id.find('.'));
    made.id = std::move(id);
    made.kind = kind;
    made.why = std::move(why);
    made.start = m_now + since(m_begun);
    return made;
}

void Collector::diagnose(const std::vector<Diagnosis>& diagnoses, const RunInside& run_inside)
{
    for (const Diagnosis& diagnosis : diagnoses) {
        const std::string name = util::join(diagnosis.command, " ");
        Item made = item("diagnosis." + util::join(diagnosis.command, "-"), Item::Kind::diagnosis, diagnosis.why);
        made.argv = diagnosis.command;
        if (time_is_over()) {
            made.note = "there was no time left";
            m_collected.items.push_back(std::move(made));
            continue;
        }
        m_outer.terminal.progress("hpcdoc " + name);
        const Clock::time_point begun = Clock::now();
        Report report;
        const Result<void> done = run_inside(m_ctx, diagnosis.command, report);
        made.duration = since(begun);
        made.status = done ? Status::ok : status_of(done.error());
        made.note = done ? "" : describe(done.error());
        m_collected.diagnoses.push_back(diagnosis.command);
        m_reports.push_back(std::move(report));
        m_collected.items.push_back(std::move(made));
    }
}

Item Collector::ask_program(const Probe& probe)
{
    Item made = item(probe.id, Item::Kind::command, probe.why);
    Invocation call;
    call.argv = probe.command;
    call.deadline = probe.deadline;
    call.lane = probe.lane;
    call.out_cap = k_most_read; // cut to what is kept once it is clean
    const Completion done = m_ctx.runner.run(call);
    made.argv = probe.command;
    made.duration = done.elapsed;
    made.status = status_of(done);
    made.note = note_of(done);
    if (done.how == Completion::How::exited) {
        made.exit = done.status;
    } else if (done.how == Completion::How::signalled) {
        made.signal = done.status;
    }
    made.out.seen = done.out_total;
    made.err.seen = done.err_total;
    return made;
}

Item Collector::read_file(const Probe& probe)
{
    Item made = item(probe.id, Item::Kind::file, probe.why);
    made.path = probe.file;
    const Clock::time_point begun = Clock::now();
    if (Redactor::never_open(probe.file)) {
        made.note = "such a file holds secrets: never opened";
        return made;
    }
    const Result<FileEnds> ends = m_ctx.host.read_ends(probe.file, probe.head, probe.tail);
    made.duration = since(begun);
    made.status = ends ? Status::ok : status_of(ends.error());
    made.note = ends ? "" : ends.error().message;
    made.out.seen = ends ? ends->size : 0;
    return made;
}

Item Collector::one(const Probe& probe)
{
    if (std::string why = not_here(probe, m_scope); !why.empty()) {
        Item made = item(probe.id, probe.command.empty() ? Item::Kind::file : Item::Kind::command, probe.why);
        made.argv = probe.command;
        made.path = probe.file;
        made.note = std::move(why);
        return made;
    }
    return probe.command.empty() ? read_file(probe) : ask_program(probe);
}

void Collector::ask(const std::vector<Probe>& probes)
{
    std::vector<std::string> names;
    for (const Probe& probe : probes) {
        names.push_back(probe.command.empty() ? probe.file : command_line(probe.command));
    }
    for (const Probe& probe : probes) {
        m_collected.kept.emplace(probe.id, Kept{probe.head, probe.tail});
    }
    std::vector<Item> items(probes.size());
    const std::vector<std::size_t> left = work_through(
        names, m_until, m_outer.stop, m_outer.terminal, workers(), [&](std::size_t index) { items[index] = one(probes[index]); });
    for (const std::size_t index : left) {
        items[index] = item(probes[index].id, Item::Kind::command, probes[index].why);
        items[index].argv = probes[index].command;
        items[index].path = probes[index].file;
        items[index].note = "there was no time left";
    }
    m_collected.items.insert(m_collected.items.end(), std::make_move_iterator(items.begin()),
                             std::make_move_iterator(items.end()));
}

void Collector::add_text(std::string id, std::string member, std::string text, std::string why)
{
    Item made = item(std::move(id), Item::Kind::file, std::move(why));
    made.status = Status::ok;
    made.out.member = member;
    made.out.seen = text.size();
    m_collected.items.push_back(std::move(made));
    m_collected.texts.emplace(std::move(member), std::move(text));
}

// The value, for a variable that may be shown; else only that it is there.
std::string Collector::told_of(const std::string& name, const ProbeBook& book)
{
    const bool shown = std::find(book.shown.begin(), book.shown.end(), name) != book.shown.end() ||
                       std::any_of(book.shown_prefixes.begin(), book.shown_prefixes.end(),
                                   [&](const std::string& prefix) { return name.starts_with(prefix); });
    if (!shown || Redactor::secret_name(name)) {
        return name + "  (set; its value is not taken)";
    }
    return name + "=" + m_ctx.host.env(name).value_or("");
}

void Collector::look_at_environment(const ProbeBook& book)
{
    std::string text;
    for (const std::string& name : m_outer.host.env_names()) {
        text += util::printable(told_of(name, book)) + "\n";
    }
    add_text("env.variables", "collect/env/variables.txt", std::move(text), "the environment decides which programs and libraries are found");
}

} // namespace hpcdoc::bundle

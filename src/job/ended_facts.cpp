// SPDX-License-Identifier: Apache-2.0
// How a job ended: exit codes, signals, steps, memory, time, and who ended it.
#include <algorithm>
#include <array>

#include <hpcdoc/host.hpp>

#include "job/case.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

constexpr int k_signal_oom = 125;  // SIG_OOM 253 & 0x7f (slurm_protocol_defs.h)
constexpr int k_first_slurmd = 33; // 4001 & 127
constexpr int k_last_slurmd = 67;  // 4035 & 127
constexpr int k_slurmd_base = 4000 - 32;

std::string code_text(const slurm::ExitCode& code)
{
    return fmt::format("{}:{}", code.status, code.signal);
}

std::string step_text(const slurm::Job& job, const slurm::Step& step)
{
    return fmt::format("{}.{}", job.id, step.id);
}

Evidence step_proof(const Case& c, const slurm::Step& step)
{
    std::string excerpt = fmt::format("{} State={}", step_text(c.job, step), step.state);
    if (step.exit_code) {
        excerpt += " ExitCode=" + code_text(*step.exit_code);
    }
    if (step.max_rss) {
        excerpt += " MaxRSS=" + util::human_size(*step.max_rss);
    }
    return c.accounting(std::move(excerpt));
}

void set_signal(Case& c, int signal, const std::string& where, const Evidence& proof)
{
    c.facts.set("exit.signal", static_cast<std::int64_t>(signal), proof);
    c.facts.set("exit.signal_in", where, proof);
    if (const ExitMeaning* meaning = c.knowledge.exit_codes.signal(signal); meaning != nullptr) {
        c.facts.set("exit.signal_name", meaning->name, proof);
        c.facts.set("exit.meaning", meaning->meaning);
        c.facts.set("exit.verdict", meaning->verdict, proof);
    } else {
        c.facts.set("exit.signal_name", fmt::format("signal {}", signal), proof);
    }
}

void set_slurmd(Case& c, int shown, const Evidence& proof)
{
    const int number = shown + k_slurmd_base;
    c.facts.set("exit.slurmd", static_cast<std::int64_t>(number), proof);
    if (const ExitMeaning* meaning = c.knowledge.exit_codes.slurmd(number); meaning != nullptr) {
        c.facts.set("exit.slurmd_name", meaning->name.empty() ? fmt::format("{}", number) : meaning->name);
        c.facts.set("exit.meaning", meaning->meaning);
        c.facts.set("exit.verdict", meaning->verdict, proof);
    }
}

const slurm::Step* signalled_step(const slurm::Job& job)
{
    // A step killed by a signal is CANCELLED in the accounting, a segfault too (as_mysql_job.c): the exit code tells.
    const auto found = std::find_if(job.steps.begin(), job.steps.end(), [](const slurm::Step& step) {
        return step.id != "extern" && step.exit_code && step.exit_code->signal > 0 &&
               step.exit_code->signal < k_first_slurmd;
    });
    return found == job.steps.end() ? nullptr : &*found;
}

// The srun whose end the script passed on as its exit status.
const slurm::Step* step_ended_by(const slurm::Job& job, int signal)
{
    const auto found = std::find_if(job.steps.begin(), job.steps.end(), [&](const slurm::Step& step) {
        return step.id != "extern" && step.id != "batch" && step.exit_code && step.exit_code->signal == signal;
    });
    return found == job.steps.end() ? nullptr : &*found;
}

// sacct of some versions shows 11:0 for exit status 139: only the record of the controller, or the log, can tell.
void note_folded_status(Case& c, int status)
{
    if (c.from_controller || status <= 0) {
        return;
    }
    constexpr std::array k_fatal = {4, 6, 7, 8, 9, 11, 15};
    if (std::find(k_fatal.begin(), k_fatal.end(), status) != k_fatal.end()) {
        const ExitMeaning* meaning = c.knowledge.exit_codes.signal(status);
        c.facts.set("exit.folded", true);
        c.facts.set("exit.folded_signal", meaning == nullptr ? std::string() : meaning->name);
        c.facts.set("exit.folded_verdict", meaning == nullptr ? std::string() : meaning->verdict);
    }
}

void add_exit_code(Case& c)
{
    if (!c.job.exit_code) {
        return;
    }
    const slurm::ExitCode code = *c.job.exit_code;
    const Evidence proof = c.record(fmt::format("State={} ExitCode={}", c.job.state, code_text(code)));
    c.facts.set("exit.text", code_text(code), proof);
    c.facts.set("exit.status", static_cast<std::int64_t>(code.status), proof);
    if (code.signal == k_signal_oom) {
        c.facts.set("exit.oom", true, proof);
        return;
    }
    if (code.signal >= k_first_slurmd && code.signal <= k_last_slurmd) {
        set_slurmd(c, code.signal, proof);
        return;
    }
    if (code.signal > 0) {
        set_signal(c, code.signal, "the batch script", proof);
        return;
    }
    if (code.status > 128 && code.status < 128 + k_first_slurmd) {
        const slurm::Step* step = step_ended_by(c.job, code.status - 128);
        set_signal(c, code.status - 128,
                   step == nullptr ? std::string("a program of the batch script") : "step " + step_text(c.job, *step),
                   proof);
        return;
    }
    if (code.status == 0) {
        return;
    }
    if (const ExitMeaning* meaning = c.knowledge.exit_codes.status(code.status); meaning != nullptr) {
        c.facts.set("exit.meaning", meaning->meaning);
        if (!meaning->verdict.empty()) {
            c.facts.set("exit.verdict", meaning->verdict, proof);
        }
    }
    note_folded_status(c, code.status);
}

void add_step_signal(Case& c)
{
    const slurm::Step* step = signalled_step(c.job);
    if (step == nullptr || c.facts.has("exit.signal") || c.facts.has("exit.slurmd") || c.facts.has("exit.verdict")) {
        return;
    }
    // SIGTERM and SIGKILL of a step are what Slurm itself sends when a job ends: no cause of anything.
    if (step->exit_code->signal == 15 || (step->exit_code->signal == 9 && c.job.state != "FAILED")) {
        return;
    }
    if (c.job.state == "FAILED") {
        set_signal(c, step->exit_code->signal, "step " + step_text(c.job, *step), step_proof(c, *step));
    }
}

bool step_failed(const slurm::Step& step)
{
    return step.id != "extern" && step.id != "batch" && step.id != "interactive" &&
           (step.state == "FAILED" || step.state == "OUT_OF_MEMORY" || step.state == "NODE_FAIL" ||
            (step.exit_code &&
             (step.exit_code->status != 0 || (step.exit_code->signal != 0 && step.exit_code->signal != 15))));
}

void add_failed_steps(Case& c)
{
    std::int64_t failed = 0;
    std::int64_t all = 0;
    const slurm::Step* first = nullptr;
    for (const slurm::Step& step : c.job.steps) {
        all += step.id != "extern" && step.id != "batch" ? 1 : 0;
        if (step_failed(step)) {
            failed += 1;
            first = first == nullptr ? &step : first;
        }
    }
    c.facts.set("steps.count", all);
    c.facts.set("steps.failed", failed);
    if (first != nullptr) {
        const Evidence proof = step_proof(c, *first);
        c.facts.set("step.id", step_text(c.job, *first), proof);
        c.facts.set("step.state", first->state, proof);
        if (!first->name.empty()) {
            c.facts.set("step.name", util::printable(first->name));
        }
        if (first->exit_code) {
            c.facts.set("step.exit", code_text(*first->exit_code), proof);
            if (const ExitMeaning* meaning = c.knowledge.exit_codes.signal(first->exit_code->signal);
                meaning != nullptr) {
                c.facts.set("step.signal_name", meaning->name, proof);
            }
        }
    }
    if (c.job.derived_exit_code && (c.job.derived_exit_code->status != 0 || c.job.derived_exit_code->signal != 0)) {
        c.facts.set("exit.derived", code_text(*c.job.derived_exit_code),
                    c.accounting("DerivedExitCode=" + code_text(*c.job.derived_exit_code)));
    }
}

// A round number that a person would write: 100 MiB steps below 1 GiB, whole GiB above.
std::uint64_t round_memory(std::uint64_t bytes)
{
    const std::uint64_t unit = bytes < (1ull << 30) ? 100ull << 20 : 1ull << 30;
    return (bytes + unit - 1) / unit * unit;
}

const slurm::Step* oom_step(const slurm::Job& job)
{
    const auto found = std::find_if(job.steps.begin(), job.steps.end(), [](const slurm::Step& step) {
        return step.state == "OUT_OF_MEMORY" || (step.exit_code && step.exit_code->signal == k_signal_oom);
    });
    return found == job.steps.end() ? nullptr : &*found;
}

void suggest_memory(Case& c, std::uint64_t limit, std::optional<std::uint64_t> peak)
{
    // A peak that was measured close to the limit says little of what was really wanted; one far below it was missed by
    // the sampling. Both ways: a clear step up, then measure.
    const bool seen = peak && *peak >= limit / 10 * 9;
    const std::uint64_t next = round_memory(seen ? limit / 2 * 3 : limit * 2);
    c.facts.set("memory.suggest", Bytes{next});
    if (c.job.memory_per_cpu && !c.job.memory_per_node) {
        const std::uint64_t per_cpu = round_memory(*c.job.memory_per_cpu * (seen ? 3 : 4) / 2);
        c.facts.set("memory.option", "--mem-per-cpu=" + util::slurm_size(per_cpu));
    } else {
        c.facts.set("memory.option", "--mem=" + util::slurm_size(next));
    }
}

void add_memory(Case& c)
{
    const slurm::Step* step = oom_step(c.job);
    const bool told = c.job.state == "OUT_OF_MEMORY" || c.facts.has("exit.oom") || step != nullptr;
    if (told) {
        const Evidence proof = step != nullptr ? step_proof(c, *step) : c.record("State=" + c.job.state);
        c.facts.set("oom", true, proof);
        if (step != nullptr) {
            c.facts.set("oom.step", step_text(c.job, *step), proof);
            c.facts.set("oom.in_batch", step->id == "batch");
        }
    }
    const auto total = c.job.allocated.find("mem");
    if (total == c.job.allocated.end() || total->second == 0) {
        return;
    }
    const std::uint64_t nodes = std::max<std::uint64_t>(1, c.job.nodes.value_or(1));
    const std::uint64_t limit = total->second / nodes;
    c.facts.set("memory.limit", Bytes{limit},
                c.record(fmt::format("AllocTRES mem={} on {} node(s)", util::human_size(total->second), nodes)));
    std::optional<std::uint64_t> peak;
    for (const slurm::Step& each : c.job.steps) {
        if (each.max_rss && each.id != "extern" && *each.max_rss > 0 && (!peak || *each.max_rss > *peak)) {
            peak = each.max_rss;
            c.facts.set("memory.peak", Bytes{*peak}, step_proof(c, each));
        }
    }
    if (peak) {
        c.facts.set("memory.peak_missed", told && *peak < limit / 2);
    }
    suggest_memory(c, limit, peak);
}

void add_time(Case& c)
{
    if (!c.job.elapsed || !c.job.time_limit || c.job.time_limit->unlimited || c.job.time_limit->value.count() == 0) {
        return;
    }
    const std::chrono::seconds limit = c.job.time_limit->value;
    const std::chrono::seconds elapsed = *c.job.elapsed - c.job.suspended.value_or(std::chrono::seconds(0));
    const Evidence proof =
        c.record(fmt::format("Elapsed={} Timelimit={}", util::slurm_time(elapsed), util::slurm_time(limit)));
    // slurmctld looks at limits about twice a minute: a real time limit is never reached early.
    c.facts.set("time.limit_reached", elapsed + std::chrono::seconds(1) >= limit, proof);
    c.facts.set("time.used_percent", 100.0 * static_cast<double>(elapsed.count()) / static_cast<double>(limit.count()),
                proof);
    c.facts.set("time.suggest", std::chrono::seconds((limit.count() * 3 / 2 + 599) / 600 * 600));
}

// A job that may not be requeued is cancelled by Slurm itself when its launch fails: on nodes, in no time, its batch
// step without an exit code (seen with 22.05). Somebody's scancel leaves a signal there, or comes before any node was
// given.
bool launch_cancelled(const slurm::Job& job)
{
    const bool by_slurm = !job.cancelled_by || *job.cancelled_by == 0;
    // With a batch step that has no exit code the launch itself was tried, which a loaded node is slow at.
    const std::chrono::seconds patience(job.steps.empty() ? 1 : 30);
    const bool no_time = job.start && job.end && *job.end - *job.start <= patience;
    const bool batch_silent =
        std::all_of(job.steps.begin(), job.steps.end(), [](const slurm::Step& step) { return !step.exit_code; });
    return by_slurm && no_time && batch_silent && !job.node_list.empty() &&
           (!job.exit_code || (job.exit_code->status == 0 && job.exit_code->signal == 0));
}

void add_canceller(Case& c)
{
    if (c.job.state != "CANCELLED") {
        return;
    }
    if (launch_cancelled(c.job)) {
        c.facts.set("launch.cancelled", true,
                    c.record(fmt::format("State=CANCELLED, on {}, for {} s, no exit code",
                                         util::printable(c.job.node_list), (*c.job.end - *c.job.start).count())));
        if (!c.brief) {
            add_node_facts(c, c.job.node_list);
        }
    }
    if (never_started(c.job)) {
        c.facts.set("cancel.when", std::string("before it started"));
    } else if (c.job.elapsed) {
        c.facts.set("cancel.when", "after " + util::human_time(*c.job.elapsed));
    }
    if (!c.job.cancelled_by) {
        const bool dependency =
            util::contains(c.job.reason, "DependencyNeverSatisfied") || util::contains(c.job.reason, "Dependency");
        c.facts.set("cancel.who", std::string(dependency ? "dependency" : "unknown"),
                    c.record(fmt::format("State=CANCELLED Reason={}", util::printable(c.job.reason))));
        return;
    }
    const unsigned uid = *c.job.cancelled_by;
    const Evidence proof = c.accounting(fmt::format("State=CANCELLED by {}", uid));
    const auto by = c.ctx.host.user_by_id(uid);
    c.facts.set("cancel.uid", static_cast<std::int64_t>(uid), proof);
    c.facts.set("cancel.name", by ? by->name : fmt::format("uid {}", uid), proof);
    const bool own = c.job.uid ? *c.job.uid == uid : by && by->name == c.job.user;
    const bool admin = uid == 0 || (by && by->name == "slurm");
    c.facts.set("cancel.who", std::string(own ? "owner" : admin ? "admin" : "other"), proof);
}

void add_failed_node(Case& c)
{
    if (c.job.state != "NODE_FAIL" && c.job.state != "BOOT_FAIL" && c.job.failed_node.empty()) {
        return;
    }
    const std::string node = c.job.failed_node.empty() ? c.job.node_list : c.job.failed_node;
    if (!node.empty()) {
        c.facts.set("node.failed", node, c.record("FailedNode=" + node));
        if (!c.brief) {
            add_node_facts(c, node);
        }
    }
}

} // namespace

void add_ended_facts(Case& c)
{
    add_exit_code(c);
    add_step_signal(c);
    add_failed_steps(c);
    add_memory(c);
    add_time(c);
    add_canceller(c);
    add_failed_node(c);
    // Nothing of the job ran: no step at all, or a batch step of no length.
    const bool started = !c.job.steps.empty() || c.job.elapsed.value_or(std::chrono::seconds(0)).count() > 0;
    c.facts.set("job.ran", started);
    if (!c.job.reason.empty() && c.job.reason != "None") {
        const slurm::ReasonMatch match = c.reason();
        if (match.known && !match.reasons.empty()) {
            c.facts.set("reason.name", match.reasons.front().name, c.record("Reason=" + util::printable(match.text)));
            c.facts.set("reason.text", util::printable(match.text));
        }
    }
}

} // namespace hpcdoc::job

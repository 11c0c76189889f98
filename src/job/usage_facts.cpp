// SPDX-License-Identifier: Apache-2.0
// What a job used of what it asked for. Unknown stays unknown: no number is made up.
#include <algorithm>
#include <filesystem>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/tools/slurm/jobstats.hpp>

#include "job/case.hpp"
#include "job/script.hpp"
#include "job/step_usage.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

using std::chrono::milliseconds;

// The largest sum of steps that ran at the same time: parallel steps add up, one after the other do not.
std::optional<std::uint64_t> peak_memory(const slurm::Job& job)
{
    std::optional<std::uint64_t> peak;
    for (const slurm::Step& at : job.steps) {
        if (!counts(at) || !memory_of(at)) {
            continue;
        }
        std::uint64_t sum = 0;
        for (const slurm::Step& other : job.steps) {
            const bool together = &other == &at || (other.start && at.start && *other.start <= *at.start &&
                                                    (!other.end || *other.end > *at.start));
            sum += counts(other) && together ? memory_of(other).value_or(0) : 0;
        }
        peak = std::max(peak.value_or(0), sum);
    }
    return peak;
}

void add_cpu(Case& c, const std::vector<slurm::Step>& steps, std::chrono::seconds elapsed, const std::string& source)
{
    milliseconds used{0};
    bool known = false;
    for (const slurm::Step& step : steps) {
        if (const auto cpu = counts(step) ? cpu_of(step) : std::nullopt; cpu) {
            used += *cpu;
            known = true;
        }
    }
    const std::uint64_t cpus = c.job.cpus.value_or(0);
    if (!known || cpus == 0 || elapsed.count() <= 0) {
        return;
    }
    const double seconds = static_cast<double>(used.count()) / 1000.0;
    const double efficiency = 100.0 * seconds / (static_cast<double>(elapsed.count()) * static_cast<double>(cpus));
    const Evidence proof{source, fmt::format("{} of CPU time in {} on {} CPUs",
                                             util::slurm_time(std::chrono::duration_cast<std::chrono::seconds>(used)),
                                             util::slurm_time(elapsed), cpus)};
    if (efficiency > 110) {
        c.report.skipped("job.cpu-efficiency", c.job.id,
                         fmt::format("the record says {:.0f} %, which cannot be", efficiency));
        return;
    }
    c.facts.set("cpu.efficiency", std::min(efficiency, 100.0), proof);
    c.facts.set("cpu.used", seconds / static_cast<double>(elapsed.count()), proof);
    const auto needed = static_cast<std::int64_t>(seconds / static_cast<double>(elapsed.count()) + 0.9);
    c.facts.set("cpu.needed", std::max<std::int64_t>(1, needed), proof);
    const std::uint64_t nodes = std::max<std::uint64_t>(1, c.job.nodes.value_or(1));
    const double per_node = static_cast<double>(cpus) / static_cast<double>(nodes);
    c.facts.set("cpu.one_node", nodes > 1 && seconds / static_cast<double>(elapsed.count()) <= per_node * 1.05, proof);
    c.facts.set("cpu.wasted_hours", (1 - std::min(efficiency, 100.0) / 100) * static_cast<double>(cpus) *
                                        static_cast<double>(elapsed.count()) / 3600);
}

void add_memory_use(Case& c)
{
    const auto total = c.job.allocated.find("mem");
    const auto peak = peak_memory(c.job);
    if (total == c.job.allocated.end() || total->second == 0 || !peak) {
        return;
    }
    const Evidence proof =
        c.accounting(fmt::format("at most {} used of {}", util::human_size(*peak), util::human_size(total->second)));
    c.facts.set("memory.used", Bytes{*peak}, proof);
    c.facts.set("memory.used_percent", 100.0 * static_cast<double>(*peak) / static_cast<double>(total->second), proof);
    const std::uint64_t cpus = std::max<std::uint64_t>(1, c.job.cpus.value_or(1));
    c.facts.set("memory.unused_per_cpu", Bytes{*peak >= total->second ? 0 : (total->second - *peak) / cpus}, proof);
    const std::uint64_t nodes = std::max<std::uint64_t>(1, c.job.nodes.value_or(1));
    const std::uint64_t enough = std::max<std::uint64_t>(*peak / nodes * 5 / 4, 100ull << 20);
    const std::uint64_t unit = enough < (1ull << 30) ? 100ull << 20 : 1ull << 30;
    const std::uint64_t rounded = (enough + unit - 1) / unit * unit;
    if (c.job.memory_per_cpu && !c.job.memory_per_node) {
        c.facts.set("memory.less_option",
                    "--mem-per-cpu=" + util::slurm_size((rounded * nodes / cpus + (1 << 20) - 1) >> 20 << 20));
    } else {
        c.facts.set("memory.less_option", "--mem=" + util::slurm_size(rounded));
    }
}

void add_gpu(Case& c, const std::vector<slurm::Step>& steps, const std::string& source)
{
    std::optional<double> best;
    for (const slurm::Step& step : steps) {
        const auto average = step.usage_average.find("gres/gpuutil");
        if (average != step.usage_average.end()) {
            best = std::max(best.value_or(0.0), static_cast<double>(average->second));
        }
    }
    if (best) {
        c.facts.set("gpu.utilisation", *best, {source, fmt::format("gres/gpuutil={:.0f} (average)", *best)});
    }
}

// Where the site runs jobstats, its own numbers are better than any sampling of Slurm's.
void add_jobstats(Case& c)
{
    const auto stats = slurm::parse_jobstats(c.job.admin_comment);
    if (!stats) {
        c.report.failed("job.jobstats", c.job.id, stats.error());
        return;
    }
    if (!stats->has_value()) {
        return;
    }
    const Evidence proof = c.record("AdminComment: jobstats of " + fmt::format("{} node(s)", (*stats)->nodes.size()));
    if (const auto mean = (*stats)->gpu_mean(); mean) {
        c.facts.set("gpu.utilisation", *mean, proof);
    }
    std::uint64_t used = 0;
    for (const slurm::NodeUsage& node : (*stats)->nodes) {
        used += node.memory_used.value_or(0);
    }
    const auto* asked = c.facts.get<Bytes>("job.memory");
    if (used > 0 && asked != nullptr && asked->count > 0) {
        c.facts.set("memory.used", Bytes{used}, proof);
        c.facts.set("memory.used_percent", 100.0 * static_cast<double>(used) / static_cast<double>(asked->count),
                    proof);
    }
}

void add_meaning(Case& c)
{
    const auto config = c.slurm.configuration();
    if (!config.ok()) {
        return; // only makes the text less exact
    }
    const auto value = [&](const char* key) {
        const auto found = config.value.find(key);
        return found == config.value.end() ? std::string() : found->second;
    };
    const std::string version = value("SLURM_VERSION");
    const MemoryMeaning* meaning = c.knowledge.memory.find(value("JobAcctGatherType"), value("CgroupPlugin"), version);
    if (!version.empty()) {
        c.facts.set("slurm.version", version, {config.source, "SLURM_VERSION = " + version});
    }
    if (meaning != nullptr) {
        c.facts.set("memory.meaning", meaning->text,
                    {config.source, "JobAcctGatherType = " + value("JobAcctGatherType")});
        c.facts.set("memory.cached", meaning->cached);
    }
}

// The script as it was submitted: of a live job from the controller, of an ended one the file, if it has not changed
// since.
std::optional<std::pair<std::string, std::string>> script_of(Case& c)
{
    const bool live = c.from_controller && !slurm::ended(c.job);
    if (live && (c.caller_owns() || c.ctx.host.user().uid == 0)) {
        const auto script = c.slurm.script(c.job.raw_id != 0 ? fmt::format("{}", c.job.raw_id) : c.job.id);
        return script.ok() && !script.value.empty() ? std::optional(std::pair(std::string("job script"), script.value))
                                                    : std::nullopt;
    }
    const std::filesystem::path file = c.job.command;
    if (!file.is_absolute()) {
        return std::nullopt;
    }
    const auto info = c.ctx.host.stat(file);
    if (!info || info->kind != FileKind::regular || (c.job.submit && info->mtime > *c.job.submit)) {
        return std::nullopt;
    }
    auto text = c.ctx.host.read(file, 256u << 10);
    return text ? std::optional(std::pair(util::printable(file.string()), std::move(*text))) : std::nullopt;
}

} // namespace

void add_script_facts(Case& c)
{
    const auto script = script_of(c);
    if (!script) {
        return;
    }
    const ScriptFacts found = read_script(script->second);
    const auto proof = [&](const ScriptLine& line) {
        return Evidence{fmt::format("{}:{}", script->first, line.line), util::printable(line.text.substr(0, 300))};
    };
    c.facts.set("script.launches", found.launches);
    if (found.buffered_python) {
        c.facts.set("script.buffered_python", true, proof(*found.buffered_python));
        c.facts.set("script.buffered_line", util::printable(found.buffered_python->text.substr(0, 60)));
    }
    if (found.redirect) {
        c.facts.set("script.redirect", util::printable(found.redirect_target), proof(*found.redirect));
    }
    if (found.threads && c.job.cpus_per_task.value_or(c.job.cpus.value_or(0)) > 0) {
        const std::uint64_t each = c.job.cpus_per_task.value_or(c.job.cpus.value_or(1));
        c.facts.set("script.threads", static_cast<std::int64_t>(found.thread_count), proof(*found.threads));
        c.facts.set("script.cpus", static_cast<std::int64_t>(each), c.record(fmt::format("CPUs/Task={}", each)));
    }
    for (const char* option : {"--mem", "--mem-per-cpu", "--time", "--cpus-per-task", "--ntasks", "--output"}) {
        if (const ScriptLine* line = found.directive(option); line != nullptr) {
            c.facts.set(fmt::format("script.directive{}", std::string_view(option).substr(1)),
                        util::printable(line->text), proof(*line));
        }
    }
}

void add_usage_facts(Case& c)
{
    const std::chrono::seconds elapsed =
        c.job.elapsed.value_or(std::chrono::seconds(0)) - c.job.suspended.value_or(std::chrono::seconds(0));
    const bool long_enough = elapsed >= c.ctx.config.duration("job.efficiency_min_runtime");
    c.facts.set("usage.long_enough", long_enough);
    std::vector<slurm::Step> steps = c.job.steps;
    std::string source = c.accounting_source;
    if (slurm::running(c.job) && !c.brief && (c.caller_owns() || c.ctx.host.user().uid == 0)) {
        // sacct knows only steps that have ended; sstat those that run.
        if (const auto live = c.slurm.usage(c.job.id); live.ok() && !live.value.empty()) {
            steps = live.value;
            source = live.source;
        } else {
            if (live.error) {
                c.report.failed("job.usage", c.job.id, *live.error);
            }
            steps.clear(); // what is not known yet is not nothing
        }
    } else if (slurm::running(c.job)) {
        return;
    }
    add_cpu(c, steps, elapsed, source);
    add_gpu(c, steps, source);
    if (slurm::ended(c.job)) {
        add_memory_use(c);
    }
    add_jobstats(c);
    if (c.brief) {
        return;
    }
    const bool out_of_memory = c.facts.has("oom") || c.facts.has("log.proof.job.out-of-memory");
    if (out_of_memory || (long_enough && c.facts.has("memory.used"))) {
        add_meaning(c);
    }
    if (long_enough || out_of_memory || c.job.state == "TIMEOUT") {
        add_script_facts(c);
    }
}

} // namespace hpcdoc::job

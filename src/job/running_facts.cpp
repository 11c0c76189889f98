// SPDX-License-Identifier: Apache-2.0
// A running job: does it say anything, and does it compute.
#include <algorithm>
#include <filesystem>
#include <iterator>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>

#include "job/case.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

// Where the script sends its output, if the name says it without a shell: "$SLURM_JOB_ID" is all that is replaced.
std::optional<std::filesystem::path> redirect_target(const Case& c)
{
    const auto* target = c.facts.get<std::string>("script.redirect");
    if (target == nullptr) {
        return std::nullopt;
    }
    std::string name;
    std::copy_if(target->begin(), target->end(), std::back_inserter(name),
                 [](char ch) { return ch != '"' && ch != '\''; });
    const std::string id = c.job.raw_id != 0 ? fmt::format("{}", c.job.raw_id) : c.job.id;
    for (const char* variable : {"${SLURM_JOB_ID}", "$SLURM_JOB_ID", "${SLURM_JOBID}", "$SLURM_JOBID"}) {
        name = util::replace_all(std::move(name), variable, id);
    }
    if (name.empty() || name.find_first_of("$`*?~\\") != std::string::npos || c.job.work_dir.empty()) {
        return std::nullopt;
    }
    return (std::filesystem::path(c.job.work_dir) / name).lexically_normal();
}

// A file that grows in the place of the log shows that all is well.
void add_elsewhere(Case& c, std::chrono::seconds patience)
{
    const auto target = redirect_target(c);
    if (!target || !target->is_absolute()) {
        return;
    }
    const auto info = c.ctx.host.stat(*target);
    if (!info || info->kind != FileKind::regular) {
        return; // the script's line is told all the same
    }
    const std::string shown = util::printable(target->string());
    const std::chrono::seconds age = std::max(c.now() - info->mtime, std::chrono::seconds(0));
    const Evidence proof{"stat " + shown, fmt::format("{} bytes, last written {}", info->size,
                                                      util::local_stamp(info->mtime, c.ctx.host.utc_offset()))};
    c.facts.set("elsewhere.path", shown, proof);
    c.facts.set("elsewhere.age", age, proof);
    c.facts.set("elsewhere.active", age < patience && info->size > 0, proof);
}

} // namespace

void add_running_facts(Case& c)
{
    const std::chrono::seconds elapsed = c.job.elapsed.value_or(std::chrono::seconds(0));
    const std::chrono::seconds patience = c.ctx.config.duration("job.silent_after");
    if (c.job.time_limit && !c.job.time_limit->unlimited && c.job.time_limit->value > elapsed) {
        c.facts.set("time.left", c.job.time_limit->value - elapsed);
    }
    const auto* age = c.facts.get<std::chrono::seconds>("log.age");
    const bool* missing = c.facts.get<bool>("output.missing");
    if (elapsed < patience) {
        return;
    }
    // A log that is older than the job itself has not been written by it at all.
    const std::chrono::seconds quiet = age != nullptr ? std::min(*age, elapsed) : elapsed;
    const bool silent = age != nullptr ? quiet >= patience : missing != nullptr && *missing;
    if (!silent || c.facts.has("output.discarded")) {
        return;
    }
    const auto proofs = c.facts.proof("log.age");
    c.facts.set("silent.for", quiet, proofs.empty() ? c.record("State=RUNNING, no output file") : proofs.front());
    add_script_facts(c);
    add_elsewhere(c, patience);
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
// A running job: does it say anything, and does it compute.
#include <hpcdoc/config.hpp>

#include "job/case.hpp"

namespace hpcdoc::job {

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
}

} // namespace hpcdoc::job

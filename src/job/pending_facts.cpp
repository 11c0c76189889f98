// SPDX-License-Identifier: Apache-2.0
// Why a job waits: Slurm's reason, and the arithmetic behind it.
#include <algorithm>

#include <hpcdoc/host.hpp>

#include "job/case.hpp"
#include "util/strings.hpp"

namespace hpcdoc::job {

namespace {

void add_captures(Case& c, const slurm::ReasonMatch& match)
{
    for (const auto& [name, value] : match.captures) {
        if (!value.empty()) {
            c.facts.set("reason." + name, util::printable(value));
        }
    }
}

// The reason that tells most: of a merged list the one with the sharpest class.
const slurm::Reason& most_telling(const std::vector<slurm::Reason>& reasons)
{
    const auto rank = [](const slurm::Reason& reason) {
        switch (reason.kind) {
        case slurm::ReasonClass::never: return 0;
        case slurm::ReasonClass::admin: return 1;
        case slurm::ReasonClass::budget: return 2;
        case slurm::ReasonClass::yours: return 3;
        case slurm::ReasonClass::final: return 4;
        case slurm::ReasonClass::waits: return reason.name == "Priority" || reason.name == "None" ? 6 : 5;
        case slurm::ReasonClass::internal: break;
        }
        return 7;
    };
    return *std::min_element(reasons.begin(), reasons.end(),
                             [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

// Questions worth asking for this verdict; a limit that is not known is worked out by add_limit_facts.
void ask_more(Case& c, const slurm::Reason& reason, const slurm::ReasonMatch& match)
{
    const std::string& verdict = reason.verdict;
    if (!reason.limit.empty()) {
        add_limit_facts(c, reason);
    }
    if (verdict == "job.waiting-dependency" || verdict == "job.dependency-never-satisfied" ||
        !c.job.dependency.empty()) {
        add_dependency_facts(c);
    }
    if (verdict == "job.waiting-license") {
        add_license_facts(c);
    }
    if (verdict.rfind("job.partition-", 0) == 0 || verdict == "job.invalid-qos" || verdict == "job.invalid-account" ||
        verdict == "job.constraint-impossible") {
        add_partition_facts(c);
    }
    if (verdict == "job.reserved-for-maintenance" || verdict == "job.waiting-reservation" ||
        verdict == "job.waiting-resources" || verdict == "job.node-unavailable") {
        add_reservation_facts(c, match);
    }
    if (verdict == "job.node-unavailable" || verdict == "job.waiting-resources" || verdict == "job.requeue-held" ||
        verdict == "job.launch-failed" || verdict == "job.partition-limit" || verdict == "job.constraint-impossible") {
        const auto named = match.captures.find("nodes");
        add_node_facts(c, named != match.captures.end()    ? named->second
                          : !c.job.requested_nodes.empty() ? c.job.requested_nodes
                          : verdict == "job.waiting-resources" || verdict == "job.constraint-impossible"
                              ? ""
                              : c.job.node_list);
    }
    if (verdict == "job.waiting-priority" || verdict == "job.waiting-resources") {
        add_queue_facts(c);
    }
}

} // namespace

void add_pending_facts(Case& c)
{
    const slurm::ReasonMatch match = c.reason();
    const Evidence proof = c.record(fmt::format("State={} Reason={}", c.job.state, util::printable(match.text)));
    c.facts.set("reason.text", util::printable(match.text), proof);
    c.facts.set("reason.known", match.known && !match.reasons.empty(), proof);
    if (c.job.exit_code && (c.job.exit_code->status != 0 || c.job.exit_code->signal != 0)) { // of the run before
        c.facts.set("exit.text", fmt::format("{}:{}", c.job.exit_code->status, c.job.exit_code->signal), proof);
    }
    if (c.job.priority) {
        c.facts.set("job.priority", static_cast<std::int64_t>(*c.job.priority));
    }
    if (!match.known || match.reasons.empty()) {
        return;
    }
    const slurm::Reason& reason = most_telling(match.reasons);
    c.facts.set("reason.name", reason.name, proof);
    c.facts.set("reason.class", std::string(slurm::to_string(reason.kind)), proof);
    if (!reason.meaning.empty()) {
        c.facts.set("reason.meaning", reason.meaning);
    }
    if (!reason.verdict.empty()) {
        c.facts.set("reason.verdict", reason.verdict, proof);
    }
    if (!reason.limit.empty()) {
        c.facts.set("limit.field", reason.limit);
        c.facts.set("limit.class", std::string(slurm::to_string(reason.kind)), proof);
    }
    add_captures(c, match);
    if (c.job.array_throttle && *c.job.array_throttle > 0) {
        c.facts.set("array.throttle", static_cast<std::int64_t>(*c.job.array_throttle));
    }
    if (!c.brief) {
        ask_more(c, reason, match);
    }
}

} // namespace hpcdoc::job

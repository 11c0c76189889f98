// SPDX-License-Identifier: Apache-2.0
#include "job/trouble.hpp"

#include <fmt/format.h>
#include <hpcdoc/host.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/rules.hpp>

#include "util/strings.hpp"

namespace hpcdoc::job {

namespace {

std::string_view name_of(slurm::Trouble trouble)
{
    switch (trouble) {
    case slurm::Trouble::none: return "none";
    case slurm::Trouble::unknown_job: return "unknown job";
    case slurm::Trouble::controller_unreachable: return "controller unreachable";
    case slurm::Trouble::database_unreachable: return "database unreachable";
    case slurm::Trouble::accounting_off: return "accounting off";
    case slurm::Trouble::auth_failed: return "authentication failed";
    case slurm::Trouble::denied: return "denied";
    case slurm::Trouble::not_configured: return "not configured";
    case slurm::Trouble::invalid_field: return "invalid field";
    case slurm::Trouble::other: break;
    }
    return "other";
}

// What one of the two said, in the words the rules compare: its trouble, or how it failed to run.
template<class T> void describe(Facts& facts, const std::string& name, const Answer<std::vector<T>>& answer)
{
    std::string state = "answered";
    std::string said = answer.ok() && answer.value.empty() ? "no record" : "";
    if (answer.trouble != slurm::Trouble::none) {
        state = name_of(answer.trouble);
    } else if (answer.error) {
        state = answer.error->code == Code::not_found      ? "not installed"
                : answer.error->code == Code::timed_out    ? "no answer"
                : answer.error->code == Code::not_recorded ? "not recorded"
                : answer.error->code == Code::parse        ? "not understood"
                                                           : "other";
    }
    if (answer.error) {
        said = answer.error->message;
    }
    facts.set(name, state,
              {answer.source, util::printable(!said.empty()          ? said
                                              : answer.value.empty() ? "no record"
                                                                     : state)});
}

bool usable(const SlurmSource::Records& records)
{
    return records.controller.ok() || records.accounting.ok();
}

// PrivateData=jobs hides other people's jobs without a word (slurm.conf(5)).
void add_private_data(SlurmSource& slurm, Facts& facts)
{
    const auto config = slurm.configuration();
    if (!config.ok()) {
        return;
    }
    const auto found = config.value.find("PrivateData");
    const bool hidden = found != config.value.end() && util::contains(found->second, "jobs");
    facts.set("private.jobs", hidden,
              {config.source, "PrivateData = " + (found == config.value.end() ? std::string("none") : found->second)});
    if (const auto cluster = config.value.find("ClusterName"); cluster != config.value.end()) {
        facts.set("cluster", cluster->second);
    }
}

} // namespace

Result<void> judge_trouble(SlurmSource& slurm, const slurm::JobId& id, const SlurmSource::Records& records, bool found,
                           Report& report)
{
    Context& ctx = slurm.context();
    Facts facts;
    facts.utc_offset = ctx.host.utc_offset();
    if (id.job != 0) { // 0: no job was asked for
        facts.set("job.id", id.text());
    }
    facts.set("caller.name", ctx.host.user().name);
    facts.set("host.name", ctx.host.name());
    facts.set("job.found", found);
    describe(facts, "controller", records.controller);
    describe(facts, "accounting", records.accounting);
    const bool controller_silent =
        records.controller.error && records.controller.trouble != slurm::Trouble::unknown_job;
    if (controller_silent && records.controller.error->code != Code::not_found &&
        records.controller.error->code != Code::not_recorded) {
        const auto ping = slurm.ping();
        const std::string said = ping.value.empty() && ping.error ? ping.error->message : ping.value;
        facts.set("ping", util::printable(said, true), {ping.source, util::printable(said, true)});
    }
    if (!found && usable(records)) {
        add_private_data(slurm, facts);
    }
    HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, ctx.rules.diagnose("slurm", facts));
    for (Finding& finding : findings) {
        finding.role = found ? Role::context : finding.role;
        if (found) {
            // The job is explained all the same: what was not seen is a remark, not an error.
            finding.severity = std::min(finding.severity, Severity::warning);
        }
        report.add(std::move(finding));
    }
    return {};
}

} // namespace hpcdoc::job

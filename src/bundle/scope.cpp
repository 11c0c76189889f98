// SPDX-License-Identifier: Apache-2.0
#include "bundle/scope.hpp"

#include <algorithm>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/runner.hpp>
#include <hpcdoc/tools/slurm/job_id.hpp>

#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

// Whether this is a node of Slurm; and whether there is a Slurm at all: its commands look for a configuration first, and
// say so when they find none ("Could not establish a configuration source", src/common/read_config.c).
bool node_of_slurm(Context& ctx, const std::string& host, bool& slurm)
{
    Invocation call;
    call.argv = {"scontrol", "show", "node", host};
    call.lane = "slurmctld";
    const Completion done = ctx.runner.run(call);
    slurm = done.how != Completion::How::not_found && !util::contains(done.err, "stablish a configuration source");
    return done.ok() && done.out.starts_with("NodeName=");
}

Words words_of(const Scope& scope, const std::string& job)
{
    return {scope.user.name, std::to_string(scope.user.uid), scope.user.home.native(), scope.host, job};
}

// "4242_[3-7%2]" asks for a record, and is no name of a file.
std::string plain_id(const std::string& job)
{
    return job.substr(0, job.find_first_not_of("0123456789_+"));
}

template<class T> void add_filled(const T& one, const Scope& scope, std::vector<T>& into)
{
    if (one.each == Each::job) {
        for (const std::string& job : scope.jobs) {
            into.push_back(filled(one, words_of(scope, plain_id(job))));
        }
    } else if (one.each == Each::once || scope.jobs.empty()) {
        into.push_back(filled(one, words_of(scope, "")));
    }
}

} // namespace

Result<Scope> scope_of(Context& ctx, const BundleRequest& request)
{
    Scope scope;
    scope.user = ctx.host.user();
    if (const auto home = ctx.host.env("HOME"); home && home->starts_with('/')) {
        scope.user.home = *home;
    }
    scope.host = ctx.host.name();
    scope.full = request.full;
    scope.cluster = ctx.host.env("SLURM_CLUSTER_NAME").value_or(ctx.config.text("slurm.cluster"));
    std::vector<std::string> typed = request.jobs;
    const auto own = ctx.host.env("SLURM_JOB_ID");
    if (typed.empty() && own) {
        typed.push_back(*own);
    }
    for (const std::string& job : typed) {
        HPCDOC_TRY_ASSIGN(const slurm::JobId id, slurm::parse_job_id(job));
        scope.jobs.push_back(id.text());
    }
    scope.role = own ? "in-job" : "";
    return scope;
}

void find_role(Context& ctx, Scope& scope)
{
    const bool node = node_of_slurm(ctx, scope.host, scope.slurm);
    if (scope.role.empty()) {
        scope.role = node ? "compute" : "login";
    }
}

std::vector<Probe> probes_for(const ProbeBook& book, const Scope& scope)
{
    std::vector<Probe> probes;
    for (const Probe& probe : book.probes) {
        add_filled(probe, scope, probes);
    }
    return probes;
}

std::vector<Diagnosis> diagnoses_for(const ProbeBook& book, const Scope& scope)
{
    std::vector<Diagnosis> diagnoses;
    for (const Diagnosis& diagnosis : book.diagnoses) {
        if (scope.slurm || !diagnosis.slurm || !scope.jobs.empty()) { // a job that was named is asked about
            add_filled(diagnosis, scope, diagnoses);
        }
    }
    return diagnoses;
}

std::string not_here(const Probe& probe, const Scope& scope)
{
    if (probe.root && scope.user.uid != 0) {
        return "needs root";
    }
    if (!scope.slurm && (probe.lane == "slurmctld" || probe.lane == "slurmdbd")) {
        return "there is no Slurm here";
    }
    if (probe.full && !scope.full) {
        return "only with --full";
    }
    if (!probe.roles.empty() && !scope.role.empty() && std::find(probe.roles.begin(), probe.roles.end(), scope.role) == probe.roles.end()) {
        return "not for this kind of machine (" + scope.role + ")";
    }
    return {};
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
// Where and for whom a bundle is made.
#pragma once

#include <string>
#include <vector>

#include <hpcdoc/bundle.hpp>
#include <hpcdoc/host.hpp>

#include "bundle/probes.hpp"

namespace hpcdoc::bundle {

struct Scope {
    UserInfo user{};
    std::string host{}, role{}; // "login", "compute", "in-job"; empty: nobody was asked yet
    std::string cluster{};      // by SLURM_CLUSTER_NAME or ClusterName; may be empty
    std::vector<std::string> jobs{};
    bool slurm = true; // its commands are here and know a cluster
    bool full = false;
};

// A job id that is no word of options or paths is refused: it becomes part of commands and of names of members.
// Runs nothing.
Result<Scope> scope_of(Context& ctx, const BundleRequest& request);
// The rest: whether there is a Slurm here, and whether this is one of its nodes.
void find_role(Context& ctx, Scope& scope);

// What is asked, in order: probes and diagnoses with their words filled in, once a job where they want it.
std::vector<Probe> probes_for(const ProbeBook& book, const Scope& scope);
std::vector<Diagnosis> diagnoses_for(const ProbeBook& book, const Scope& scope);
// Why a probe is not run here; empty: it is.
std::string not_here(const Probe& probe, const Scope& scope);

} // namespace hpcdoc::bundle

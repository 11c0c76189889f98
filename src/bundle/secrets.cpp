// SPDX-License-Identifier: Apache-2.0
#include "bundle/secrets.hpp"

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/runner.hpp>

#include "host/learn_secrets.hpp"
#include "util/hostlist.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

std::vector<std::string> lines_of(Context& ctx, std::vector<std::string> argv, bool& answered)
{
    Invocation call;
    call.argv = std::move(argv);
    call.lane = "slurmctld";
    const Completion done = ctx.runner.run(call);
    answered = done.ok();
    std::vector<std::string> lines;
    for (const std::string_view line : util::lines(done.ok() ? std::string_view(done.out) : std::string_view())) {
        lines.emplace_back(util::trim(line));
    }
    return lines;
}

// Other people's names stand in the queue, and nodes' names everywhere. False: the nodes are not known.
bool learn_cluster(Context& ctx, const std::string& user, Redactor& redactor)
{
    bool nodes_known = false, ignored = false;
    // As the probe slurm.nodes asks: a bundle that is made of another bundle finds the answer there.
    for (const std::string& nodes : lines_of(ctx, {"sinfo", "--all", "--noheader", "--format=%N"}, nodes_known)) {
        constexpr std::size_t k_most_nodes = 50'000;
        for (const std::string& node : util::expand_hostlist(nodes, k_most_nodes).value_or(std::vector{nodes})) {
            redactor.know_name(NameKind::host, node);
        }
    }
    for (const std::string& line : lines_of(ctx, {"squeue", "--noheader", "--format=%u|%a"}, ignored)) {
        const std::vector<std::string_view> parts = util::split(line, '|');
        redactor.know_name(NameKind::user, std::string(parts.front()));
        if (parts.size() > 1) {
            redactor.know_name(NameKind::group, std::string(parts[1]));
        }
    }
    // Accounts are named after projects and groups of people.
    for (const std::string& account : lines_of(ctx, {"sacctmgr", "--noheader", "--parsable2", "show", "associations", "user=" + user, "format=Account"}, ignored)) {
        redactor.know_name(NameKind::group, account);
    }
    return nodes_known;
}

} // namespace

bool learn(Context& ctx, const Scope& scope, Readers readers, Redactor& redactor)
{
    [[maybe_unused]] const Result<void> learned = learn_secrets(ctx.host, redactor); // best effort
    if (readers == Readers::site) {
        return true;
    }
    redactor.disguise(readers);
    redactor.know_name(NameKind::user, scope.user.name);
    redactor.know_name(NameKind::host, scope.host);
    redactor.know_name(NameKind::directory, scope.user.home.native());
    for (const std::string& group : scope.user.groups) {
        redactor.know_name(NameKind::group, group);
    }
    return !scope.slurm || learn_cluster(ctx, scope.user.name, redactor);
}

} // namespace hpcdoc::bundle

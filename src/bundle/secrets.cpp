// SPDX-License-Identifier: Apache-2.0
#include "bundle/secrets.hpp"

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/runner.hpp>

#include "host/learn_secrets.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

std::vector<std::string> lines_of(Context& ctx, std::vector<std::string> argv)
{
    Invocation call;
    call.argv = std::move(argv);
    call.lane = "slurmctld";
    const Completion done = ctx.runner.run(call);
    std::vector<std::string> lines;
    for (const std::string_view line : util::lines(done.ok() ? std::string_view(done.out) : std::string_view())) {
        lines.emplace_back(util::trim(line));
    }
    return lines;
}

// Other people's names stand in the queue, and nodes' names everywhere.
void learn_cluster(Context& ctx, Redactor& redactor)
{
    for (const std::string& node : lines_of(ctx, {"sinfo", "--Node", "--noheader", "--format=%N"})) {
        redactor.know_name(NameKind::host, node);
    }
    for (const std::string& line : lines_of(ctx, {"squeue", "--noheader", "--format=%u|%a"})) {
        const std::vector<std::string_view> parts = util::split(line, '|');
        redactor.know_name(NameKind::user, std::string(parts.front()));
        if (parts.size() > 1) {
            redactor.know_name(NameKind::group, std::string(parts[1]));
        }
    }
}

} // namespace

void learn(Context& ctx, const Scope& scope, Readers readers, Redactor& redactor)
{
    [[maybe_unused]] const Result<void> learned = learn_secrets(ctx.host, redactor); // best effort
    if (readers == Readers::site) {
        return;
    }
    redactor.disguise(readers);
    redactor.know_name(NameKind::user, scope.user.name);
    redactor.know_name(NameKind::host, scope.host);
    redactor.know_name(NameKind::directory, scope.user.home.native());
    for (const std::string& group : scope.user.groups) {
        redactor.know_name(NameKind::group, group);
    }
    learn_cluster(ctx, redactor);
}

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#include "bundle/judge_mounts.hpp"

#include <fmt/format.h>

#include <hpcdoc/redact.hpp>
#include <hpcdoc/rules.hpp>

#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

Result<Facts> facts_of(const DeadMount& dead, const Redactor& redactor)
{
    HPCDOC_TRY_ASSIGN(const std::string point, redactor.clean(util::printable(dead.mount.point)));
    HPCDOC_TRY_ASSIGN(const std::string source, redactor.clean(util::printable(dead.mount.source)));
    // A recording tells that there was no answer, not how long it was waited for.
    const bool timed = dead.asked.count() > 0;
    const std::string waited = timed ? fmt::format("{:.1f} s", static_cast<double>(dead.asked.count()) / 1000) : "recorded";
    Facts facts;
    facts.set("mount.point", point);
    facts.set("mount.source", source);
    facts.set("mount.type", util::printable(dead.mount.type));
    facts.set("mount.silent", waited, {"statvfs " + point, timed ? "no answer within " + waited : std::string("no answer")});
    if (dead.holds_home) {
        facts.set("mount.holds", std::string("home"));
    }
    return facts;
}

} // namespace

Result<Report> judge_mounts(Context& ctx, std::span<const DeadMount> dead, const Redactor& redactor)
{
    Report report;
    report.command = "mounts";
    report.generated = ctx.host.now();
    for (const DeadMount& one : dead) {
        HPCDOC_TRY_ASSIGN(const Facts facts, facts_of(one, redactor));
        HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, ctx.rules.diagnose("fs", facts));
        for (Finding& finding : findings) {
            report.add(std::move(finding));
        }
    }
    return report;
}

} // namespace hpcdoc::bundle

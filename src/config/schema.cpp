// SPDX-License-Identifier: Apache-2.0
#include "config/schema.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace hpcdoc::config {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Type = SettingType;

constexpr std::array<std::string_view, 4> k_formats{"text", "json", "markdown", "html"};
constexpr std::array<std::string_view, 3> k_colors{"auto", "always", "never"};
constexpr std::array<std::string_view, 4> k_severities{"note", "warning", "error", "critical"};

SchemaKey contact(std::string_view name, std::string_view about)
{
    return {name, Type::text, MaySet::site_only, std::string(), about, {}, 0, INT64_MAX, false};
}

SchemaKey text(std::string_view name, std::string_view about, MaySet may_set)
{
    return {name, Type::text, may_set, std::string(), about, {}, 0, INT64_MAX, false};
}

SchemaKey choice(std::string_view name, std::string_view builtin, std::span<const std::string_view> choices, std::string_view about)
{
    return {name, Type::text, MaySet::anyone, std::string(builtin), about, choices, 0, INT64_MAX, false};
}

SchemaKey duration(std::string_view name, seconds builtin, seconds most, std::string_view about)
{
    return {name, Type::duration, MaySet::anyone, builtin, about, {}, 1, most.count(), false};
}

SchemaKey number(std::string_view name, Type type, std::int64_t builtin, std::int64_t least, std::int64_t most, std::string_view about)
{
    return {name, type, MaySet::anyone, builtin, about, {}, least, most, false};
}

SchemaKey paths(std::string_view name, std::string_view about)
{
    return {name, Type::list, MaySet::site_only, std::vector<std::string>(), about, {}, 0, INT64_MAX, true};
}

std::vector<SchemaKey> table()
{
    std::vector<SchemaKey> keys{
        paths("tools.path", "directories in which programs are looked for, before the usual ones"),
        paths("rules.path", "more directories with rules; later ones win"),

        text("slurm.cluster", "the cluster to ask when -M is not given; empty: the local one", MaySet::anyone),

        text("site.name", "how the site calls itself", MaySet::site_only),
        text("site.ticket_url", "where a ticket is opened", MaySet::site_only),

        contact("contacts.support", "whom users ask first"),
        contact("contacts.scheduler", "who runs the batch system"),
        contact("contacts.storage", "who runs the file systems"),
        contact("contacts.security", "who handles leaked secrets and blocked accounts"),
        contact("contacts.network", "who runs the networks"),
        contact("contacts.software", "who installs software and modules"),
        contact("contacts.hardware", "who repairs nodes"),
        contact("contacts.allocation", "who grants computing time and quotas"),

        paths("bundle.probes", "more directories with probes for hpcdoc bundle; later ones win"),
        paths("explain.cards", "more directories with cards for hpcdoc explain; later ones win"),
        text("bundle.encrypt_to", "the age recipient or gpg key that bundles are encrypted to; empty: not encrypted", MaySet::site_only),

        choice("output.format", "text", k_formats, "how a report is written"),
        choice("output.color", "auto", k_colors, "colour; auto: on a terminal only"),
        choice("output.fail_on", "error", k_severities, "the least severity that makes the exit status 1"),
        number("output.width", Type::number, 0, 0, 1000, "columns of text output; 0: as wide as the terminal"),
        text("output.pager", "the program that shows long output; empty: PAGER, else less", MaySet::anyone),

        duration("run.deadline", seconds(30), hours(24), "how long a whole run may take"),
        duration("run.call_deadline", seconds(10), hours(1), "how long one program may take"),
        duration("run.host_deadline", seconds(3), hours(1), "how long one look at a file or a server may take"),

        number("job.log_head", Type::size, 64 << 10, 0, 64 << 20, "how much is read of the beginning of a job's log"),
        number("job.log_tail", Type::size, 256 << 10, 0, 64 << 20, "how much is read of the end of a job's log"),
        duration("job.silent_after", minutes(10), hours(24 * 30), "how long a running job may write nothing before it counts as silent"),
        duration("job.efficiency_min_runtime", minutes(3), hours(24 * 30), "how long a job must have run before its efficiency is judged"),
        number("job.recent_days", Type::number, 7, 1, 3650, "how far back ended jobs are looked for"),
    };
    std::sort(keys.begin(), keys.end(), [](const SchemaKey& a, const SchemaKey& b) { return a.name < b.name; });
    return keys;
}

} // namespace

std::span<const SchemaKey> schema()
{
    static const std::vector<SchemaKey> k_keys = table();
    return k_keys;
}

const SchemaKey* find_key(std::string_view name)
{
    const std::span<const SchemaKey> keys = schema();
    const auto found = std::lower_bound(keys.begin(), keys.end(), name, [](const SchemaKey& key, std::string_view wanted) { return key.name < wanted; });
    return found != keys.end() && found->name == name ? &*found : nullptr;
}

std::string_view to_string(SettingType type)
{
    switch (type) {
    case Type::flag: return "true or false";
    case Type::number: return "number";
    case Type::size: return "size";
    case Type::real: return "number";
    case Type::text: return "text";
    case Type::list: return "list";
    case Type::duration: return "duration";
    }
    return "text";
}

std::string_view to_string(MaySet may_set)
{
    return may_set == MaySet::anyone ? "anyone" : "site";
}

} // namespace hpcdoc::config

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/settings.hpp>

#include <hpcdoc/config.hpp>

#include "config/schema.hpp"
#include "config/suggest.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using config::SchemaKey;

// "job.log_tail" by its name, or by that of its table.
bool is_meant(const SchemaKey& key, const std::string& name)
{
    return key.name == name || key.name.starts_with(name + ".");
}

Result<void> check_name(const std::string& name)
{
    std::vector<std::string_view> known;
    for (const SchemaKey& key : config::schema()) {
        if (is_meant(key, name)) {
            return {};
        }
        known.push_back(key.name);
    }
    const std::string near = config::suggest(name, known);
    return failure(Code::usage, "there is no setting '" + util::printable(name) + "'",
                   near.starts_with("did") ? near : "'hpcdoc config show' lists all settings");
}

bool any_meant(const SchemaKey& key, const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        if (is_meant(key, name)) {
            return true;
        }
    }
    return names.empty();
}

std::string origin(const Setting& setting)
{
    return setting.layer == Layer::builtin ? std::string("built in") : setting.where;
}

} // namespace

Result<void> show_settings(Context& ctx, const std::vector<std::string>& names, Report& report)
{
    for (const std::string& name : names) {
        HPCDOC_TRY(check_name(name));
    }
    Table table{"settings", "Settings", {"Setting", "Value", "Set by", "Who may set it"}, {}};
    std::string about;
    for (const SchemaKey& key : config::schema()) {
        if (any_meant(key, names)) {
            const Setting& setting = ctx.config.setting(key.name);
            table.rows.push_back({std::string(key.name), to_string(setting.value), origin(setting),
                                  key.may_set == MaySet::anyone ? "anyone" : "site"});
            about = std::string(key.name) + ": " + std::string(key.about);
        }
    }
    report.subject = util::join(names, " ");
    report.headline = table.rows.size() == 1 ? about : std::to_string(table.rows.size()) + " settings";
    report.add(std::move(table));
    return {};
}

std::vector<Candidate> setting_candidates()
{
    std::vector<Candidate> found;
    for (const SchemaKey& key : config::schema()) {
        found.push_back({std::string(key.name), std::string(key.about)});
    }
    return found;
}

} // namespace hpcdoc

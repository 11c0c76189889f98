// SPDX-License-Identifier: Apache-2.0
// The layers of the configuration, low to high.
#include <hpcdoc/config.hpp>

#include <algorithm>

#include "config/file_settings.hpp"
#include "config/own_files.hpp"
#include "config/setting_value.hpp"
#include "config/suggest.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using config::SchemaKey;

std::string hint_for_unknown(std::string_view name)
{
    std::vector<std::string_view> known;
    for (const SchemaKey& key : config::schema()) {
        known.push_back(key.name);
    }
    const std::string hint = config::suggest(name, known);
    return hint.starts_with("did") ? hint : "'hpcdoc config show' lists all settings";
}

tl::unexpected<Error> wrong(std::string_view where, std::string what, std::string hint = {})
{
    return failure(Code::config, util::printable(where) + ": " + what, std::move(hint));
}

// "HPCDOC_JOB_LOG_TAIL" -> "job.log_tail": the first underscore after the prefix ends the table's name.
std::string key_of_variable(std::string_view variable)
{
    std::string name = util::to_lower(variable.substr(std::string_view("HPCDOC_").size()));
    if (const std::size_t end = name.find('_'); end != std::string::npos) {
        name[end] = '.';
    }
    return name;
}

bool has_known_table(std::string_view name)
{
    const std::size_t dot = name.find('.');
    const std::span<const SchemaKey> keys = config::schema();
    return dot != std::string_view::npos && std::any_of(keys.begin(), keys.end(), [&](const SchemaKey& key) { return key.name.starts_with(name.substr(0, dot + 1)); });
}

Result<Setting> setting_from_text(const SchemaKey& key, std::string_view text, Layer layer, std::string_view where)
{
    auto value = config::value_from_text(key, text);
    if (!value) {
        return wrong(where, "'" + std::string(key.name) + "' " + value.error());
    }
    if (const std::string reason = config::out_of_bounds(key, *value); !reason.empty()) {
        return wrong(where, "'" + std::string(key.name) + "' " + reason);
    }
    return Setting{std::move(*value), layer, std::string(where)};
}

using Settings = std::map<std::string, Setting, std::less<>>;

Result<void> add_files(Settings& settings, const std::vector<std::filesystem::path>& files, Layer layer)
{
    for (const std::filesystem::path& file : files) {
        Result<std::string> text = config::read_own_file(file);
        if (!text && text.error().code == Code::not_found) {
            continue;
        }
        HPCDOC_TRY(text);
        HPCDOC_TRY_ASSIGN(auto read, config::settings_from_file(file.string(), std::move(*text), layer));
        for (auto& [name, setting] : read) {
            settings[name] = std::move(setting);
        }
    }
    return {};
}

Result<void> add_environment(Settings& settings, const std::map<std::string, std::string>& environment)
{
    for (const auto& [variable, value] : environment) {
        if (!variable.starts_with("HPCDOC_")) {
            continue;
        }
        const std::string name = key_of_variable(variable);
        const SchemaKey* key = config::find_key(name);
        if (key == nullptr && !has_known_table(name)) {
            continue; // a module file's HPCDOC_ROOT or HPCDOC_HOME is nobody's mistake
        }
        if (key == nullptr) {
            return wrong(variable, "there is no setting '" + util::printable(name) + "'", hint_for_unknown(name));
        }
        if (key->may_set == MaySet::site_only) {
            return wrong(variable, "'" + name + "' cannot be set by a variable", "it belongs into the site's file, /etc/hpcdoc/hpcdoc.toml; for one run: -c " + name + "=...");
        }
        HPCDOC_TRY_ASSIGN(settings[name], setting_from_text(*key, value, Layer::environment, variable));
    }
    return {};
}

Result<void> add_overrides(Settings& settings, const std::vector<std::string>& overrides)
{
    for (const std::string& override : overrides) {
        const std::string where = "-c " + override;
        const std::size_t equals = override.find('=');
        if (equals == std::string::npos || equals == 0) {
            return wrong(where, "this is not of the form key=value", "for example: -c output.color=never");
        }
        const std::string name(util::trim(std::string_view(override).substr(0, equals)));
        const SchemaKey* key = config::find_key(name);
        if (key == nullptr) {
            return wrong(where, "there is no setting '" + util::printable(name) + "'", hint_for_unknown(name));
        }
        HPCDOC_TRY_ASSIGN(settings[name], setting_from_text(*key, std::string_view(override).substr(equals + 1), Layer::command_line, where));
    }
    return {};
}

} // namespace

Result<Config> Config::load(const ConfigSources& sources)
{
    Config made = builtin();
    HPCDOC_TRY(add_files(made.m_settings, sources.site, Layer::site));
    HPCDOC_TRY(add_files(made.m_settings, sources.user, Layer::user));
    HPCDOC_TRY(add_environment(made.m_settings, sources.environment));
    HPCDOC_TRY(add_overrides(made.m_settings, sources.overrides));
    return made;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "app/command_line.hpp"
#include "app/hidden.hpp"
#include "app/version.hpp"

namespace hpcdoc::app {

namespace {

using nlohmann::json;

std::string_view name_of(Audience audience)
{
    switch (audience) {
    case Audience::user: return "user";
    case Audience::support: return "support";
    case Audience::admin: return "admin";
    }
    return "user";
}

std::string_view name_of(Effect effect)
{
    switch (effect) {
    case Effect::reads: return "reads";
    case Effect::writes_own_files: return "writes own files";
    case Effect::changes_system: return "changes the system";
    }
    return "reads";
}

json describe(const OptionInfo& option)
{
    json object{{"about", option.about},   {"choices", option.choices}, {"default", option.preset},
                {"hidden", option.hidden}, {"many", option.many},       {"required", option.required},
                {"value", option.value}};
    if (option.is_positional()) {
        object["name"] = option.positional;
    } else {
        object["names"] = option.names;
    }
    return object;
}

json describe(std::span<const OptionInfo> options, bool positionals)
{
    json list = json::array();
    for (const OptionInfo& option : options) {
        if (option.is_positional() == positionals) {
            list.push_back(describe(option));
        }
    }
    return list;
}

} // namespace

std::string describe_cli(CommandTable table)
{
    json commands = json::array();
    for (const CommandEntry& entry : table) {
        const std::vector<OptionInfo> options = command_options(entry);
        commands.push_back({{"path", entry.info.path},
                            {"summary", entry.info.summary},
                            {"help", entry.info.help},
                            {"audience", name_of(entry.info.audience)},
                            {"effect", name_of(entry.info.effect)},
                            {"options", describe(options, false)},
                            {"positionals", describe(options, true)}});
    }
    const json root{{"schema", "hpcdoc.cli/1"},
                    {"hpcdoc", version()},
                    {"global_options", describe(global_options(), false)},
                    {"commands", commands}};
    return root.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace hpcdoc::app

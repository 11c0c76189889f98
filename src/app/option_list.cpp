// SPDX-License-Identifier: Apache-2.0
#include "app/option_list.hpp"

#include <algorithm>
#include <cctype>

#include <CLI/CLI.hpp>

#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

// CLI11 2.1 writes the words of an IsMember check into the type name: "TEXT:{a,b,c}".
std::vector<std::string> choices_in(const std::string& type)
{
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}', open);
    std::vector<std::string> words;
    if (open == std::string::npos || close == std::string::npos) {
        return words;
    }
    for (const std::string_view word : util::split(std::string_view(type).substr(open + 1, close - open - 1), ',')) {
        words.emplace_back(word.substr(0, word.find("->")));
    }
    return words;
}

std::string value_name(const CLI::Option& option, const std::vector<std::string>& choices)
{
    if (option.get_expected_max() == 0 || option.get_type_size_max() == 0) {
        return {};
    }
    if (!choices.empty()) {
        return util::join(choices, "|");
    }
    std::string type = option.get_type_name();
    type = type.substr(0, type.find_first_of(" :["));
    return type.empty() || type == "TEXT" ? "VALUE" : type == "UINT" || type == "INT" ? "N" : type;
}

OptionInfo describe(const CLI::Option& option)
{
    OptionInfo info;
    for (const std::string& name : option.get_snames()) {
        info.names.push_back("-" + name);
    }
    for (const std::string& name : option.get_lnames()) {
        info.names.push_back("--" + name);
    }
    if (option.get_positional()) {
        info.positional = option.get_name(true, false);
    }
    info.choices = choices_in(option.get_type_name());
    info.value = value_name(option, info.choices);
    info.preset = option.get_default_str();
    info.about = option.get_description();
    info.required = option.get_required();
    info.many = option.get_expected_max() > 1 || (info.takes_value() && option.get_items_expected_max() > 1);
    info.hidden = option.get_group().empty();
    return info;
}

} // namespace

bool OptionInfo::has_name(std::string_view name) const
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

const std::string& OptionInfo::longest_name() const
{
    static const std::string k_none;
    return names.empty() ? k_none : names.back();
}

std::vector<OptionInfo> options_of(const CLI::App& app)
{
    std::vector<OptionInfo> options;
    for (const CLI::Option* option : app.get_options()) {
        options.push_back(describe(*option));
    }
    return options;
}

const OptionInfo* find_option(std::span<const OptionInfo> options, std::string_view name)
{
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const OptionInfo& option) { return option.has_name(name); });
    return found == options.end() ? nullptr : &*found;
}

std::string spelling(const OptionInfo& option)
{
    if (option.is_positional()) {
        return option.positional;
    }
    std::string text = option.names.size() == 1 && util::contains(option.names.front(), "--") ? "    " : "";
    text += util::join(option.names, ", ");
    return option.takes_value() ? text + " " + option.value : text;
}

std::string usage_line(std::string_view path, std::span<const OptionInfo> options, bool unicode)
{
    const std::string more = unicode ? "…" : "...";
    std::string line = "hpcdoc " + std::string(path) + " [OPTION" + more + "]";
    for (const OptionInfo& option : options) {
        if (option.is_positional()) {
            const std::string name = option.positional + (option.many ? more : "");
            line += option.required ? " " + name : " [" + name + "]";
        }
    }
    return line;
}

} // namespace hpcdoc::app

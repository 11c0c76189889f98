// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/config.hpp>

#include <cassert>
#include <type_traits>

#include <fmt/format.h>

#include "config/schema.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\n': out += "\\n"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
            } else {
                out += c;
            }
        }
    }
    return out + "\"";
}

std::string text_of(bool value) { return value ? "true" : "false"; }
std::string text_of(std::int64_t value) { return fmt::format("{}", value); }
std::string text_of(const std::string& value) { return quoted(value); }

std::string text_of(double value)
{
    const std::string text = fmt::format("{}", value);
    return text.find_first_of(".eni") == std::string::npos ? text + ".0" : text;
}

std::string text_of(const std::vector<std::string>& value)
{
    std::vector<std::string> entries;
    for (const std::string& entry : value) {
        entries.push_back(quoted(entry));
    }
    return "[" + util::join(entries, ", ") + "]";
}

std::string text_of(std::chrono::seconds value)
{
    std::int64_t rest = value.count();
    std::string text;
    for (const auto& [unit, name] : {std::pair<std::int64_t, char>{86400, 'd'}, {3600, 'h'}, {60, 'm'}}) {
        if (rest >= unit) {
            text += fmt::format("{}{}", rest / unit, name);
            rest %= unit;
        }
    }
    return "\"" + text + (rest != 0 || text.empty() ? fmt::format("{}s", rest) : std::string()) + "\"";
}

template<class T> const T& value_of(const Setting& setting)
{
    const T* value = std::get_if<T>(&setting.value);
    assert(value != nullptr && "a setting was asked for as another type than the schema's");
    static const T k_none{};
    return value != nullptr ? *value : k_none;
}

} // namespace

Config Config::builtin()
{
    Config made;
    for (const config::SchemaKey& key : config::schema()) {
        made.m_settings.emplace(key.name, Setting{key.builtin, Layer::builtin, {}});
    }
    return made;
}

bool Config::flag(std::string_view key) const { return value_of<bool>(setting(key)); }
std::int64_t Config::number(std::string_view key) const { return value_of<std::int64_t>(setting(key)); }
double Config::real(std::string_view key) const { return value_of<double>(setting(key)); }
const std::string& Config::text(std::string_view key) const { return value_of<std::string>(setting(key)); }
const std::vector<std::string>& Config::list(std::string_view key) const { return value_of<std::vector<std::string>>(setting(key)); }
std::chrono::seconds Config::duration(std::string_view key) const { return value_of<std::chrono::seconds>(setting(key)); }

const Setting& Config::setting(std::string_view key) const
{
    const auto found = m_settings.find(key);
    assert(found != m_settings.end() && "a setting was asked for that the schema does not have");
    static const Setting k_none{};
    return found != m_settings.end() ? found->second : k_none;
}

void Config::visit(const Visitor& visitor) const
{
    for (const auto& [key, setting] : m_settings) {
        visitor(key, setting);
    }
}

std::string_view to_string(Layer layer)
{
    switch (layer) {
    case Layer::builtin: return "built-in";
    case Layer::site: return "site";
    case Layer::user: return "user";
    case Layer::environment: return "environment";
    case Layer::command_line: return "command line";
    }
    return "built-in";
}

std::string to_string(const Setting::Value& value)
{
    return std::visit([](const auto& held) { return text_of(held); }, value);
}

} // namespace hpcdoc

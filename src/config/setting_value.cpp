// SPDX-License-Identifier: Apache-2.0
#include "config/setting_value.hpp"

#include <algorithm>

#include "config/suggest.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::config {

namespace {

using Value = Setting::Value;
using Parsed = tl::expected<Value, std::string>;

Parsed wrong(const SchemaKey& key, std::string_view text)
{
    return tl::unexpected("must be " + expected_value(key) + ", not '" + util::printable(text) + "'");
}

Parsed flag_from(const SchemaKey& key, std::string_view text)
{
    for (const std::string_view yes : {"true", "yes", "on", "1"}) {
        if (util::equal_ignoring_case(text, yes)) {
            return Value(true);
        }
    }
    for (const std::string_view no : {"false", "no", "off", "0"}) {
        if (util::equal_ignoring_case(text, no)) {
            return Value(false);
        }
    }
    return wrong(key, text);
}

Parsed size_from(const SchemaKey& key, std::string_view text)
{
    const auto size = util::parse_size(text);
    if (!size || *size > static_cast<std::uint64_t>(INT64_MAX)) {
        return wrong(key, text);
    }
    return Value(static_cast<std::int64_t>(*size));
}

Parsed duration_from(const SchemaKey& key, std::string_view text)
{
    const auto duration = util::parse_duration(text);
    if (!duration || duration->count() % 1000 != 0) {
        return wrong(key, text);
    }
    return Value(std::chrono::duration_cast<std::chrono::seconds>(*duration));
}

std::vector<std::string> entries(std::string_view text)
{
    std::vector<std::string> found;
    for (const std::string_view part : util::split(text, ':')) {
        if (!part.empty()) {
            found.emplace_back(part);
        }
    }
    return found;
}

std::string wrong_number(const SchemaKey& key, std::int64_t number)
{
    if (number < key.least) {
        return "must be at least " + std::to_string(key.least);
    }
    return number > key.most ? "must be at most " + std::to_string(key.most) : std::string();
}

std::string wrong_word(const SchemaKey& key, const std::string& word)
{
    if (key.choices.empty() || std::find(key.choices.begin(), key.choices.end(), word) != key.choices.end()) {
        return {};
    }
    return "must be " + expected_value(key) + ", not '" + util::printable(word) + "'";
}

std::string wrong_path(const SchemaKey& key, const std::vector<std::string>& list)
{
    for (const std::string& entry : list) {
        if (key.paths && !entry.starts_with('/')) {
            return "must be absolute paths, and '" + util::printable(entry) + "' is none";
        }
    }
    return {};
}

} // namespace

Parsed value_from_text(const SchemaKey& key, std::string_view text)
{
    switch (key.type) {
    case SettingType::flag: return flag_from(key, text);
    case SettingType::size: return size_from(key, text);
    case SettingType::duration: return duration_from(key, text);
    case SettingType::text: return Value(std::string(text));
    case SettingType::list: return Value(entries(text));
    case SettingType::number:
        if (const auto number = util::parse_signed(text)) {
            return Value(*number);
        }
        return wrong(key, text);
    case SettingType::real:
        if (const auto number = util::parse_real(text)) {
            return Value(*number);
        }
        return wrong(key, text);
    }
    return wrong(key, text);
}

std::string out_of_bounds(const SchemaKey& key, const Value& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return wrong_number(key, *number);
    }
    if (const auto* duration = std::get_if<std::chrono::seconds>(&value)) {
        const std::string reason = wrong_number(key, duration->count());
        return reason.empty() ? reason : reason + " seconds";
    }
    if (const auto* word = std::get_if<std::string>(&value)) {
        return wrong_word(key, *word);
    }
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    return list != nullptr ? wrong_path(key, *list) : std::string();
}

std::string expected_value(const SchemaKey& key)
{
    if (!key.choices.empty()) {
        return "one of: " + util::join(std::vector<std::string>(key.choices.begin(), key.choices.end()), ", ");
    }
    switch (key.type) {
    case SettingType::flag: return "true or false";
    case SettingType::number: return "a whole number";
    case SettingType::size: return "a number of bytes, such as 262144 or \"256K\"";
    case SettingType::real: return "a number";
    case SettingType::text: return "a string";
    case SettingType::list: return "a list of strings";
    case SettingType::duration: return "a duration in whole seconds, such as \"30s\" or \"5m\"";
    }
    return "a string";
}

} // namespace hpcdoc::config

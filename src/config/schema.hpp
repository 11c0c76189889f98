// SPDX-License-Identifier: Apache-2.0
// Every setting there is: one table, from which the manual page, the completion and `hpcdoc config show` come.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <hpcdoc/config.hpp>

namespace hpcdoc::config {

enum class SettingType {
    flag,
    number,
    size, // a number of bytes; may be written "256K"
    real,
    text,
    list,
    duration,
};

struct SchemaKey {
    std::string_view name{}; // "job.log_tail"
    SettingType type = SettingType::text;
    MaySet may_set = MaySet::anyone;
    Setting::Value builtin{};
    std::string_view about{};                      // one line, no full stop
    std::span<const std::string_view> choices{};   // of a text that is one of a few words
    std::int64_t least = 0, most = INT64_MAX;      // of numbers; of durations in seconds
    bool paths = false;                            // the entries of a list must be absolute paths
};

std::span<const SchemaKey> schema(); // sorted by name
const SchemaKey* find_key(std::string_view name);
std::string_view to_string(SettingType type);
std::string_view to_string(MaySet may_set);

} // namespace hpcdoc::config

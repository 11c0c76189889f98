// SPDX-License-Identifier: Apache-2.0
#include "job/memory_meaning.hpp"

#include <fmt/format.h>

#include "config/tomlplusplus.hpp"
#include "util/strings.hpp"

namespace hpcdoc::job {

namespace {

// "24.05.3" → 2405; 0 when it is no version.
int version_number(std::string_view text)
{
    const std::vector<std::string_view> parts = util::split(text, '.');
    if (parts.size() < 2) {
        return 0;
    }
    const auto year = util::parse_unsigned(parts[0]);
    const auto month = util::parse_unsigned(parts[1]);
    return year && month && *year < 100 && *month < 100 ? static_cast<int>(*year * 100 + *month) : 0;
}

} // namespace

Result<MemoryMeanings> MemoryMeanings::parse(std::string_view toml, std::string_view source)
{
    toml::parse_result parsed = toml::parse(toml, source);
    if (!parsed) {
        return failure(Code::config, fmt::format("{}:{}: {}", source, parsed.error().source().begin.line,
                                                 parsed.error().description()));
    }
    MemoryMeanings meanings;
    const toml::array* entries = parsed.table()["gather"].as_array();
    if (entries == nullptr) {
        return failure(Code::config, fmt::format("{}: there is no [[gather]]", source));
    }
    for (const toml::node& node : *entries) {
        const toml::table* entry = node.as_table();
        if (entry == nullptr) {
            return failure(Code::config,
                           fmt::format("{}:{}: [[gather]] must be a table", source, node.source().begin.line));
        }
        meanings.m_entries.push_back({(*entry)["type"].value_or(std::string()),
                                      (*entry)["cgroup"].value_or(std::string()),
                                      version_number((*entry)["since"].value_or(std::string())),
                                      version_number((*entry)["until"].value_or(std::string())),
                                      (*entry)["cached"].value_or(false), (*entry)["text"].value_or(std::string())});
    }
    return meanings;
}

const MemoryMeaning* MemoryMeanings::find(std::string_view type, std::string_view cgroup,
                                          std::string_view version) const
{
    const int number = version_number(version);
    for (const MemoryMeaning& entry : m_entries) {
        const bool in_time =
            (entry.since == 0 || number >= entry.since) && (entry.until == 0 || (number != 0 && number < entry.until));
        if (entry.type == type && in_time && (entry.cgroup.empty() || entry.cgroup == cgroup)) {
            return &entry;
        }
    }
    return nullptr;
}

} // namespace hpcdoc::job

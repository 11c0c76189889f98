// SPDX-License-Identifier: Apache-2.0
#include "job/exit_codes.hpp"

#include <fmt/format.h>

#include "config/tomlplusplus.hpp"

namespace hpcdoc::job {

namespace {

tl::unexpected<Error> wrong(std::string_view source, const toml::source_region& where, std::string_view what)
{
    return failure(Code::config, fmt::format("{}:{}:{}: {}", source, where.begin.line, where.begin.column, what),
                   "reinstall hpcdoc's share directory, or mend the file");
}

Result<void> read_table(const toml::table& root, std::string_view key, std::string_view source,
                        std::map<int, ExitMeaning>& into)
{
    const toml::array* entries = root[key].as_array();
    if (entries == nullptr) {
        return failure(Code::config, fmt::format("{}: there is no [[{}]]", source, key));
    }
    for (const toml::node& node : *entries) {
        const toml::table* entry = node.as_table();
        const auto number = entry == nullptr ? std::optional<std::int64_t>() : (*entry)["number"].value<std::int64_t>();
        if (!number || *number < 0 || *number > 100'000) {
            return wrong(source, node.source(), fmt::format("a [[{}]] needs a number", key));
        }
        into[static_cast<int>(*number)] =
            ExitMeaning{(*entry)["name"].value_or(std::string()), (*entry)["meaning"].value_or(std::string()),
                        (*entry)["verdict"].value_or(std::string())};
    }
    return {};
}

} // namespace

Result<ExitCodes> ExitCodes::parse(std::string_view toml, std::string_view source)
{
    toml::parse_result parsed = toml::parse(toml, source);
    if (!parsed) {
        return wrong(source, parsed.error().source(), parsed.error().description());
    }
    ExitCodes codes;
    HPCDOC_TRY(read_table(parsed.table(), "status", source, codes.m_status));
    HPCDOC_TRY(read_table(parsed.table(), "signal", source, codes.m_signal));
    HPCDOC_TRY(read_table(parsed.table(), "slurmd", source, codes.m_slurmd));
    return codes;
}

const ExitMeaning* ExitCodes::find(const Table& table, int number)
{
    const auto found = table.find(number);
    return found == table.end() ? nullptr : &found->second;
}

} // namespace hpcdoc::job

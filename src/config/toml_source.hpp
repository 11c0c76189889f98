// SPDX-License-Identifier: Apache-2.0
// TOML, read strictly: an unknown key, a wrong type or an empty text is an error that points at its place.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "config/source_text.hpp"
#include "config/tomlplusplus.hpp"

namespace hpcdoc::config {

inline Place place_of(const toml::source_region& region)
{
    return {region.begin.line, region.begin.column};
}

struct TomlSource {
    std::shared_ptr<const SourceText> source{};
    toml::table root{};

    static Result<TomlSource> parse(std::string name, std::string text);
};

struct TomlText {
    std::string value{};
    Place place{};
};

std::string_view kind_of(const toml::node& node); // "a string", "an integer"

// Reads tables and remembers the first mistake; after one, what it returns is of no use.
class TomlReader {
public:
    explicit TomlReader(std::shared_ptr<const SourceText> source) : m_source(std::move(source)) {}

    bool ok() const { return !m_error; }
    Result<void> result() const;
    const std::shared_ptr<const SourceText>& source() const { return m_source; }

    void fail(Place place, std::string_view what, std::string hint = {});
    void fail(const toml::node& node, std::string_view what, std::string hint = {});

    // `what` names the table in the message: "rule", "condition".
    void only(const toml::table& table, std::span<const std::string_view> keys, std::string_view what);
    // Absent: nothing. Of another type, or empty: a mistake.
    std::optional<TomlText> text(const toml::table& table, std::string_view key);
    TomlText needed_text(const toml::table& table, std::string_view key, std::string_view what);
    std::optional<bool> flag(const toml::table& table, std::string_view key);
    std::vector<TomlText> texts(const toml::table& table, std::string_view key);               // a string or a list of them
    std::vector<const toml::table*> tables(const toml::table& table, std::string_view key); // a table or a list of them
    // One of `choices`, by its index.
    std::optional<std::size_t> choice(const toml::table& table, std::string_view key,
                                      std::span<const std::string_view> choices);

private:
    std::shared_ptr<const SourceText> m_source;
    std::optional<Error> m_error{};
};

} // namespace hpcdoc::config

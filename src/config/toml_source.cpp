// SPDX-License-Identifier: Apache-2.0
#include "config/toml_source.hpp"

#include <algorithm>

#include "config/suggest.hpp"
#include "util/strings.hpp"

namespace hpcdoc::config {

namespace {

// toml++ 3.3 bounds the nesting of values but not of dotted keys, and takes a table apart by recursion: a key of a
// hundred thousand parts would overflow the stack. What stands in quotes does not count.
constexpr std::size_t k_most_dots_a_line = 100;

std::optional<Place> line_with_too_many_dots(std::string_view text)
{
    std::size_t line = 1;
    std::size_t dots = 0;
    char quote = 0;
    for (const char c : text) {
        if (c == '\n') {
            ++line;
            dots = 0;
            quote = 0;
        } else if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '.' && ++dots > k_most_dots_a_line) {
            return Place{line, 1};
        }
    }
    return std::nullopt;
}

} // namespace

Result<TomlSource> TomlSource::parse(std::string name, std::string text)
{
    auto source = std::make_shared<const SourceText>(SourceText{std::move(name), std::move(text)});
    if (const auto place = line_with_too_many_dots(source->text)) {
        return tl::unexpected(source->error(*place, "more than 100 dots in one line"));
    }
    toml::parse_result parsed = toml::parse(std::string_view(source->text), std::string_view(source->name));
    if (!parsed) {
        const toml::parse_error& error = parsed.error();
        std::string what(error.description());
        std::transform(what.begin(), what.begin() + (what.empty() ? 0 : 1), what.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return tl::unexpected(source->error(place_of(error.source()), util::printable(what), "see https://toml.io for how TOML is written"));
    }
    return TomlSource{std::move(source), std::move(parsed).table()};
}

std::string_view kind_of(const toml::node& node)
{
    switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "a string";
    case toml::node_type::integer: return "an integer";
    case toml::node_type::floating_point: return "a number with a fraction";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time";
    case toml::node_type::date_time: return "a date with time";
    case toml::node_type::none: break;
    }
    return "nothing";
}

Result<void> TomlReader::result() const
{
    if (m_error) {
        return tl::unexpected(*m_error);
    }
    return {};
}

void TomlReader::fail(Place place, std::string_view what, std::string hint)
{
    if (!m_error) {
        m_error = m_source->error(place, what, std::move(hint));
    }
}

void TomlReader::fail(const toml::node& node, std::string_view what, std::string hint)
{
    fail(place_of(node.source()), what, std::move(hint));
}

void TomlReader::only(const toml::table& table, std::span<const std::string_view> keys, std::string_view what)
{
    // toml++ keeps keys sorted by name; the mistake that is told is the first one in the file.
    const toml::key* first = nullptr;
    for (const auto& [key, node] : table) {
        const bool known = std::find(keys.begin(), keys.end(), key.str()) != keys.end();
        if (!known && (first == nullptr || key.source().begin < first->source().begin)) {
            first = &key;
        }
    }
    if (first != nullptr) {
        fail(place_of(first->source()), "a " + std::string(what) + " has no key '" + util::printable(first->str()) + "'",
             suggest(first->str(), keys));
    }
}

std::optional<TomlText> TomlReader::text(const toml::table& table, std::string_view key)
{
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_string();
    if (value == nullptr) {
        fail(*node, "'" + std::string(key) + "' must be a string, not " + std::string(kind_of(*node)));
        return std::nullopt;
    }
    if (value->get().empty()) {
        fail(*node, "'" + std::string(key) + "' must not be empty");
    }
    return TomlText{value->get(), place_of(node->source())};
}

TomlText TomlReader::needed_text(const toml::table& table, std::string_view key, std::string_view what)
{
    std::optional<TomlText> found = text(table, key);
    if (!found) {
        fail(table, "this " + std::string(what) + " has no '" + std::string(key) + "'");
        return {};
    }
    return std::move(*found);
}

std::optional<bool> TomlReader::flag(const toml::table& table, std::string_view key)
{
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_boolean();
    if (value == nullptr) {
        fail(*node, "'" + std::string(key) + "' must be true or false, not " + std::string(kind_of(*node)));
        return std::nullopt;
    }
    return value->get();
}

std::vector<TomlText> TomlReader::texts(const toml::table& table, std::string_view key)
{
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return {};
    }
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        if (!node->is_string()) {
            fail(*node, "'" + std::string(key) + "' must be a string or a list of strings, not " + std::string(kind_of(*node)));
            return {};
        }
        return {text(table, key).value_or(TomlText{})};
    }
    std::vector<TomlText> found;
    for (const toml::node& item : *list) {
        const auto* value = item.as_string();
        if (value == nullptr) {
            fail(item, "'" + std::string(key) + "' must be a list of strings; this is " + std::string(kind_of(item)));
            return {};
        }
        if (value->get().empty()) {
            fail(item, "'" + std::string(key) + "' must not have an empty entry");
        }
        found.push_back({value->get(), place_of(item.source())});
    }
    return found;
}

std::vector<const toml::table*> TomlReader::tables(const toml::table& table, std::string_view key)
{
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return {};
    }
    if (const toml::table* single = node->as_table()) {
        return {single};
    }
    const toml::array* list = node->as_array();
    if (list == nullptr) {
        fail(*node, "'" + std::string(key) + "' must be a list of tables, not " + std::string(kind_of(*node)));
        return {};
    }
    std::vector<const toml::table*> found;
    for (const toml::node& item : *list) {
        const toml::table* entry = item.as_table();
        if (entry == nullptr) {
            fail(item, "'" + std::string(key) + "' must be a list of tables; this is " + std::string(kind_of(item)));
            return {};
        }
        found.push_back(entry);
    }
    return found;
}

std::optional<std::size_t> TomlReader::choice(const toml::table& table, std::string_view key, std::span<const std::string_view> choices)
{
    const std::optional<TomlText> value = text(table, key);
    if (!value) {
        return std::nullopt;
    }
    const auto found = std::find(choices.begin(), choices.end(), value->value);
    if (found == choices.end()) {
        fail(value->place, "'" + std::string(key) + "' cannot be '" + util::printable(value->value) + "'", suggest(value->value, choices));
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - choices.begin());
}

} // namespace hpcdoc::config

// SPDX-License-Identifier: Apache-2.0
#include "app/parse_errors.hpp"

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

std::string help_hint(std::string_view path)
{
    return "see 'hpcdoc " + (path.empty() ? "" : std::string(path) + " ") + "--help'";
}

Error wrong(std::string message, std::string hint)
{
    return {Code::usage, std::move(message), std::move(hint), {}};
}

// The first word that CLI11 could not place.
Error explain_extra(const CLI::App& app, std::string_view path)
{
    for (const std::string& word : app.remaining()) {
        if (word.size() > 1 && word.front() == '-' && word != "--") {
            return unknown_option(word.substr(0, word.find('=')), path, options_of(app));
        }
    }
    const std::vector<std::string> words = app.remaining();
    return wrong("'" + (words.empty() ? std::string() : words.front()) + "' is one word too many" +
                     (path.empty() ? "" : " for '" + std::string(path) + "'"),
                 help_hint(path));
}

// "--days: Value 0 not in range 1 to 3650" in CLI11's words.
Error explain_value(std::string_view text, std::string_view path)
{
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) {
        return wrong(util::to_lower(text), help_hint(path));
    }
    return wrong("wrong value for '" + std::string(text.substr(0, colon)) +
                     "': " + util::to_lower(text.substr(colon + 2)),
                 help_hint(path));
}

// "Could not convert: --days = abc"
Error explain_conversion(std::string_view text, std::string_view path)
{
    const std::size_t colon = text.find(": ");
    const std::size_t equals = text.find(" = ");
    if (colon == std::string_view::npos || equals == std::string_view::npos || equals < colon) {
        return wrong("a value is not of the kind that its option takes", help_hint(path));
    }
    const std::string name(text.substr(colon + 2, equals - colon - 2));
    return wrong("'" + std::string(text.substr(equals + 3)) + "' is not a value that '" + name + "' takes",
                 help_hint(path));
}

// CLI11 knows the option only by its name within the message.
Error explain_count(const CLI::App& app, std::string_view text, std::string_view path)
{
    for (const CLI::Option* option : app.get_options()) {
        const std::string name = option->get_name();
        if (!name.empty() && util::contains(text, name)) {
            return option->count() > 1 ? wrong("'" + name + "' is given more than once", "give it once")
                                       : wrong("'" + name + "' needs a value", help_hint(path));
        }
    }
    return wrong("an option has too few or too many values", help_hint(path));
}

} // namespace

Error unknown_option(std::string_view word, std::string_view path, std::span<const OptionInfo> known)
{
    std::vector<std::string> names;
    for (const OptionInfo& option : known) {
        names.insert(names.end(), option.names.begin(), option.names.end());
    }
    const auto near = word.size() > 2 && word.size() <= 100 ? util::nearest(word, names) : std::nullopt;
    return wrong("unknown option '" + std::string(word) + "'" +
                     (path.empty() ? "" : " of '" + std::string(path) + "'") +
                     (near ? "; did you mean '" + *near + "'?" : ""),
                 help_hint(path));
}

Error explain_parse_error(const CLI::ParseError& error, const CLI::App& app, std::string_view path)
{
    // By type: the name within an error is not always that of its type (CLI11 2.1, ExtrasError).
    const std::string_view text = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        return explain_extra(app, path);
    }
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        return wrong("'" + std::string(text.substr(0, text.find(" is required"))) + "' is missing", help_hint(path));
    }
    if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
        return explain_conversion(text, path);
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
        return explain_count(app, text, path);
    }
    return explain_value(text, path);
}

} // namespace hpcdoc::app

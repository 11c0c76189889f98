// SPDX-License-Identifier: Apache-2.0
#include "app/global_options.hpp"

#include <array>
#include <span>

#include <CLI/CLI.hpp>

#include "config/suggest.hpp"
#include "util/units.hpp"

namespace hpcdoc::app {

namespace {

constexpr std::array<std::string_view, 4> k_formats{"text", "json", "markdown", "html"};
constexpr std::array<std::string_view, 3> k_colors{"auto", "always", "never"};
constexpr std::array<std::string_view, 4> k_severities{"note", "warning", "error", "critical"};

// CLI11's own check would word the refusal; the words are only listed here, and checked below.
std::string one_of(std::span<const std::string_view> words)
{
    std::string text = "TEXT:{";
    for (const std::string_view word : words) {
        text += std::string(word) + ",";
    }
    text.back() = '}';
    return text;
}

tl::unexpected<Error> wrong_word(std::string_view option, std::string_view word,
                                 std::span<const std::string_view> words)
{
    return failure(Code::usage, "'" + std::string(word) + "' is not a value of '" + std::string(option) + "'",
                   config::suggest(word, words));
}

template<class T> Result<std::optional<T>> word_of(std::string_view option, const std::string& word,
                                                   std::span<const std::string_view> words,
                                                   std::optional<T> (*from)(std::string_view))
{
    if (word.empty()) {
        return std::nullopt;
    }
    const std::optional<T> value = from(word);
    if (!value) {
        return wrong_word(option, word, words);
    }
    return value;
}

Result<std::optional<std::chrono::milliseconds>> deadline_of(const std::string& word)
{
    if (word.empty()) {
        return std::nullopt;
    }
    const auto value = util::parse_duration(word);
    if (!value || value->count() <= 0 || *value > std::chrono::hours(24)) {
        return failure(Code::usage, "'" + word + "' is not a value of '--deadline'",
                       "give a duration up to a day, as in 30s, 5m or 1h30m");
    }
    return value;
}

} // namespace

std::optional<Color> color_from(std::string_view text)
{
    if (text == "auto") {
        return Color::automatic;
    }
    return text == "always"  ? std::optional(Color::always)
           : text == "never" ? std::optional(Color::never)
                             : std::nullopt;
}

void declare_global_options(CLI::App& app, GlobalWords& words)
{
    app.set_help_flag("-h,--help", "Show this help");
    app.add_option("--format", words.format, "How the report is written")->type_name(one_of(k_formats));
    app.add_flag("--json", words.json, "Short for --format json");
    app.add_option("--color", words.color, "Colour; auto: on a terminal only")->type_name(one_of(k_colors));
    app.add_option("--from", words.from, "Diagnose a recording or a bundle instead of this machine")
        ->type_name("BUNDLE");
    app.add_option("--record", words.record,
                   "Also write all that was asked and answered to a new directory, without secrets")
        ->type_name("DIR");
    app.add_option("--deadline", words.deadline, "How long the whole run may take")->type_name("DURATION");
    app.add_option("--fail-on", words.fail_on, "The least severity that makes the exit status 1")
        ->type_name(one_of(k_severities));
    // CLI11 would take all the words that follow for a list.
    app.add_option("-c", words.settings, "Set a configuration key for this run")
        ->type_name("KEY=VALUE")
        ->take_all()
        ->allow_extra_args(false);
    app.add_flag("-v,--verbose", words.verbose, "Also show what is in order, and every fact");
    app.add_flag("-q,--quiet", words.quiet, "No progress, no hints");
    app.add_flag("--no-pager", words.no_pager, "Never show the output through a pager");
    app.add_flag("-V,--version", words.version, "Show the version");
}

Result<GlobalOptions> check_global_options(const GlobalWords& words)
{
    GlobalOptions options;
    HPCDOC_TRY_ASSIGN(options.format, word_of<Format>("--format", words.format, k_formats, format_from));
    if (words.json && options.format && *options.format != Format::json) {
        return failure(Code::usage, "'--json' and '--format " + words.format + "' contradict each other",
                       "give one of them");
    }
    if (words.json) {
        options.format = Format::json;
    }
    HPCDOC_TRY_ASSIGN(options.color, word_of<Color>("--color", words.color, k_colors, color_from));
    HPCDOC_TRY_ASSIGN(options.fail_on, word_of<Severity>("--fail-on", words.fail_on, k_severities, severity_from));
    HPCDOC_TRY_ASSIGN(options.deadline, deadline_of(words.deadline));
    options.from = words.from;
    options.record = words.record;
    options.settings = words.settings;
    options.verbose = words.verbose;
    options.quiet = words.quiet;
    options.no_pager = words.no_pager;
    return options;
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "app/parse_errors.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

// Options before the command's name: only global ones, told apart here so that a value is not taken for a command.
class LeadingOptions {
public:
    LeadingOptions(std::span<const std::string> words, Leading& out) : m_words(words), m_out(out) {}

    Result<void> take(std::size_t& index)
    {
        const std::string& word = m_words[index];
        m_out.rest.push_back(word);
        return word.starts_with("--") ? take_long(word, index) : take_letters(word, index);
    }

private:
    Result<void> take_long(const std::string& word, std::size_t& index)
    {
        const std::size_t equals = word.find('=');
        const OptionInfo* option = find_option(global_options(), word.substr(0, equals));
        if (option == nullptr) {
            return tl::unexpected(unknown_option(word.substr(0, equals), m_out.path, global_options()));
        }
        note(*option);
        return equals == std::string::npos ? take_value(*option, index) : Result<void>();
    }
    Result<void> take_letters(const std::string& word, std::size_t& index)
    {
        for (std::size_t letter = 1; letter < word.size(); ++letter) {
            const OptionInfo* option = find_option(global_options(), std::string("-") + word[letter]);
            if (option == nullptr) {
                return tl::unexpected(
                    unknown_option(letter == 1 ? word : std::string("-") + word[letter], m_out.path, global_options()));
            }
            note(*option);
            if (option->takes_value()) {
                return letter + 1 == word.size() ? take_value(*option, index) : Result<void>();
            }
        }
        return {};
    }
    Result<void> take_value(const OptionInfo& option, std::size_t& index)
    {
        if (!option.takes_value()) {
            return {};
        }
        if (index + 1 >= m_words.size()) {
            return failure(Code::usage, "'" + option.longest_name() + "' needs a value: " + option.value);
        }
        m_out.rest.push_back(m_words[++index]);
        return {};
    }
    void note(const OptionInfo& option)
    {
        m_out.help |= option.has_name("--help");
        m_out.version |= option.has_name("--version");
    }

    std::span<const std::string> m_words;
    Leading& m_out;
};

// Parses what is left once the command is known. CLI11 throws for everything, help included.
Result<CommandLine::Wish> parse_rest(CLI::App& app, std::vector<std::string> rest, const Leading& leading)
{
    std::reverse(rest.begin(), rest.end());
    try {
        app.parse(std::move(rest));
    } catch (const CLI::CallForHelp&) {
        return CommandLine::Wish::help;
    } catch (const CLI::ParseError& error) {
        return tl::unexpected(explain_parse_error(error, app, leading.path));
    }
    for (const CLI::Option* option : app.get_options()) {
        const auto& given = option->results();
        if (!option->get_positional() && std::find(given.begin(), given.end(), "") != given.end() &&
            option->get_type_size() != 0) {
            return failure(Code::usage, "'" + option->get_name() + "' needs a value that is not empty");
        }
    }
    return CommandLine::Wish::run;
}

} // namespace

const std::vector<OptionInfo>& global_options()
{
    static const std::vector<OptionInfo> k_options = [] {
        CLI::App app;
        GlobalWords words;
        declare_global_options(app, words);
        return options_of(app);
    }();
    return k_options;
}

std::vector<OptionInfo> command_options(const CommandEntry& entry)
{
    CLI::App app;
    app.set_help_flag();
    const std::unique_ptr<Command> command = entry.make();
    command->declare(app);
    return options_of(app);
}

// "bundle show": a command may have commands below it, and then takes no arguments itself.
bool goes_on(CommandTable table, const Leading& leading, const std::string& word)
{
    return leading.entry == nullptr || (is_group(table, leading.path) && !word.empty() && word.front() != '-');
}

Result<Leading> read_leading(CommandTable table, std::span<const std::string> words)
{
    Leading leading;
    std::size_t index = 0;
    for (; index < words.size() && goes_on(table, leading, words[index]); ++index) {
        const std::string& word = words[index];
        if (word.size() > 1 && word.front() == '-' && word != "--") {
            HPCDOC_TRY(LeadingOptions(words, leading).take(index));
        } else if (leading.path.empty() && word == "help") {
            leading.help = true;
        } else {
            HPCDOC_TRY_ASSIGN(leading.path, step_into(table, leading.path, word));
            leading.entry = find_command(table, leading.path);
        }
    }
    leading.rest.insert(leading.rest.end(), words.begin() + static_cast<std::ptrdiff_t>(index), words.end());
    return leading;
}

Result<CommandLine> read_command_line(CommandTable table, std::span<const std::string> words)
{
    HPCDOC_TRY_ASSIGN(Leading leading, read_leading(table, words));
    CommandLine line;
    line.path = leading.path;
    line.entry = leading.entry;
    if (leading.help || leading.version) {
        line.wish = leading.help ? CommandLine::Wish::help : CommandLine::Wish::version;
        return line;
    }
    CLI::App app;
    GlobalWords global;
    declare_global_options(app, global);
    if (leading.entry != nullptr) {
        line.command = leading.entry->make();
        line.command->declare(app);
    }
    HPCDOC_TRY_ASSIGN(line.wish, parse_rest(app, leading.rest, leading));
    if (leading.entry == nullptr) {
        line.wish = CommandLine::Wish::help;
    }
    if (global.version) {
        line.wish = CommandLine::Wish::version;
    }
    HPCDOC_TRY_ASSIGN(line.options, check_global_options(global));
    return line;
}

} // namespace hpcdoc::app

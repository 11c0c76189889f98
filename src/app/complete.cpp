// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fcntl.h>
#include <unistd.h>

#include <hpcdoc/host.hpp>
#include <hpcdoc/terminal.hpp>

#include "app/command_line.hpp"
#include "app/hidden.hpp"
#include "app/places.hpp"
#include "app/session.hpp"
#include "app/stdio.hpp"
#include "app/watch.hpp"
#include "config/schema.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

using Candidates = std::vector<Candidate>;

class SilentTerminal final : public Terminal {
public:
    bool interactive() const override { return false; }
    void progress(std::string_view /*doing*/) override {}
    bool confirm(std::string_view /*question*/) override { return false; }
    std::optional<std::string> ask(std::string_view /*question*/) override { return std::nullopt; }
};

// Where in the command line the cursor is: read leniently, a line half typed is seldom right.
class Cursor {
public:
    Cursor(CommandTable table, std::span<const std::string> before) : m_table(table), m_options(global_options())
    {
        for (std::size_t i = 0; i < before.size() && m_valid; ++i) {
            take(before, i);
        }
    }

    bool valid() const { return m_valid; }
    bool options_over() const { return m_options_over; }
    const std::string& path() const { return m_path; }
    const CommandEntry* entry() const { return m_entry; }
    const OptionInfo* wanted() const { return m_wanted; } // the option whose value is being typed
    const std::string& from() const { return m_from; }
    std::span<const OptionInfo> options() const { return m_options; }
    const OptionInfo* positional() const
    {
        std::size_t left = m_positionals;
        for (const OptionInfo& option : m_options) {
            if (option.is_positional() && (left == 0 || option.many)) {
                return &option;
            }
            left -= option.is_positional() ? std::size_t{1} : std::size_t{0};
        }
        return nullptr;
    }

private:
    void take(std::span<const std::string> words, std::size_t& index)
    {
        const std::string& word = words[index];
        if (m_options_over || word.empty() || word.front() != '-' || word == "-") {
            take_word(word);
        } else if (word == "--") {
            m_options_over = true;
        } else {
            take_option(words, index);
        }
    }
    void take_word(const std::string& word)
    {
        if (m_entry != nullptr && !is_group(m_table, m_path)) {
            ++m_positionals;
        } else if (m_path.empty() && word == "help") {
            return;
        } else if (auto next = step_into(m_table, m_path, word)) {
            m_path = std::move(*next);
            m_entry = find_command(m_table, m_path);
            if (m_entry != nullptr) {
                const std::vector<OptionInfo> own = command_options(*m_entry);
                m_options = global_options();
                m_options.insert(m_options.begin(), own.begin(), own.end());
            }
        } else {
            m_valid = false;
        }
    }
    void take_option(std::span<const std::string> words, std::size_t& index)
    {
        const std::string& word = words[index];
        const std::size_t equals = word.find('=');
        const bool letters = !word.starts_with("--");
        const OptionInfo* option =
            find_option(m_options, letters ? "-" + word.substr(word.size() - 1) : word.substr(0, equals));
        if (option == nullptr || !option->takes_value() || (!letters && equals != std::string::npos)) {
            m_from = option != nullptr && option->has_name("--from") ? word.substr(equals + 1) : m_from;
            return;
        }
        if (index + 1 == words.size()) {
            m_wanted = option;
            return;
        }
        ++index;
        m_from = option->has_name("--from") ? words[index] : m_from;
    }

    CommandTable m_table;
    std::vector<OptionInfo> m_options;
    std::string m_path{}, m_from{};
    const CommandEntry* m_entry = nullptr;
    const OptionInfo* m_wanted = nullptr;
    std::size_t m_positionals = 0;
    bool m_valid = true, m_options_over = false;
};

// What only the machine knows. An error is no candidates.
Candidates live_values(const Cursor& cursor, std::string_view argument, std::stop_token stop)
{
    const OwnEnvironment env = own_environment();
    const auto config = Config::load(config_sources(env, {}));
    const auto share = find_share(env);
    if (cursor.entry() == nullptr || !config || !share) {
        return {};
    }
    const auto session =
        Session::open(*config, {.from = cursor.from(), .record = {}, .command = {}, .share = *share, .stop = stop});
    if (!session) {
        return {};
    }
    SilentTerminal terminal;
    Context context = (*session)->context(terminal);
    return cursor.entry()->make()->complete(argument, context);
}

Candidates setting_words(std::string_view typed)
{
    Candidates found;
    const std::size_t equals = typed.find('=');
    if (equals == std::string_view::npos) {
        for (const config::SchemaKey& key : config::schema()) {
            found.push_back({std::string(key.name) + "=", std::string(key.about)});
        }
    } else if (const config::SchemaKey* key = config::find_key(typed.substr(0, equals))) {
        for (const std::string_view choice : key->choices) {
            found.push_back({std::string(key->name) + "=" + std::string(choice), {}});
        }
    }
    return found;
}

Candidates values_of(const Cursor& cursor, const OptionInfo& option, std::string_view typed, std::stop_token stop)
{
    if (!option.choices.empty()) {
        Candidates found;
        for (const std::string& choice : option.choices) {
            found.push_back({choice, {}});
        }
        return found;
    }
    const std::string& kind = option.is_positional() ? option.positional : option.value;
    if (kind == "DIR" || kind == "DIRECTORY") {
        return {{":dirs", {}}};
    }
    if (kind == "FILE" || kind == "PATH" || kind == "BUNDLE") {
        return {{":files", {}}};
    }
    if (kind == "KEY=VALUE") {
        return setting_words(typed);
    }
    return live_values(cursor, option.is_positional() ? option.positional : option.longest_name(), stop);
}

Candidates option_names(const Cursor& cursor)
{
    Candidates found;
    for (const OptionInfo& option : cursor.options()) {
        if (!option.is_positional() && !option.hidden) {
            found.push_back({option.longest_name(), option.about});
        }
    }
    return found;
}

Candidates candidates_for(CommandTable table, const Cursor& cursor, const std::string& typed, std::stop_token stop)
{
    if (cursor.wanted() != nullptr) {
        return values_of(cursor, *cursor.wanted(), typed, stop);
    }
    const bool option = typed.starts_with('-') && !cursor.options_over();
    if (const std::size_t equals = typed.find('='); option && equals != std::string::npos) {
        const OptionInfo* known = find_option(cursor.options(), typed.substr(0, equals));
        Candidates found = known == nullptr
                               ? Candidates()
                               : values_of(cursor, *known, std::string_view(typed).substr(equals + 1), stop);
        for (Candidate& candidate : found) {
            candidate.word.insert(0, candidate.word.starts_with(':') ? "" : typed.substr(0, equals + 1));
        }
        return found;
    }
    if (option) {
        return option_names(cursor);
    }
    if (cursor.entry() == nullptr || is_group(table, cursor.path())) {
        Candidates found;
        for (const std::string& word : words_after(table, cursor.path())) {
            found.push_back({word, about_word(table, join_path(cursor.path(), word))});
        }
        return found;
    }
    const OptionInfo* positional = cursor.positional();
    return positional == nullptr ? Candidates() : values_of(cursor, *positional, typed, stop);
}

std::string lines_of(const Candidates& candidates, std::string_view typed)
{
    std::string text;
    for (const Candidate& candidate : candidates) {
        if (candidate.word.starts_with(typed) || candidate.word == ":files" || candidate.word == ":dirs") {
            text += util::printable(candidate.word);
            text +=
                candidate.about.empty() ? "" : "\t" + util::replace_all(util::printable(candidate.about), "\t", " ");
            text += "\n";
        }
    }
    return text;
}

void silence_stderr()
{
    const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null >= 0) {
        ::dup2(null, STDERR_FILENO);
        ::close(null);
    }
}

} // namespace

int complete(CommandTable table, std::span<const std::string> arguments)
{
    silence_stderr();
    const Watch watch(
        {.deadline = std::chrono::milliseconds(1'500), .grace = std::chrono::milliseconds(0), .silent = true});
    const auto index = arguments.empty() ? std::nullopt : util::parse_unsigned(arguments.front());
    if (!index || *index == 0 || arguments.size() < 2 || arguments[1] != "--") {
        return 0;
    }
    const std::span<const std::string> words = arguments.subspan(2); // the first is the program's name
    const std::size_t count = std::min<std::size_t>(*index, words.size());
    const std::string typed = *index < words.size() ? words[*index] : std::string();
    const Cursor cursor(table, words.subspan(std::min<std::size_t>(1, count), count - std::min<std::size_t>(1, count)));
    if (cursor.valid()) {
        [[maybe_unused]] const auto written =
            write_output(lines_of(candidates_for(table, cursor, typed, watch.token()), typed), "candidates");
    }
    return 0;
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "app/command_tree.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

bool is_below(std::string_view path, std::string_view group)
{
    return group.empty() ||
           (path.size() > group.size() && path.substr(0, group.size()) == group && path[group.size()] == ' ');
}

std::string_view word_after(std::string_view path, std::string_view group)
{
    const std::string_view rest = group.empty() ? path : path.substr(group.size() + 1);
    return rest.substr(0, rest.find(' '));
}

} // namespace

const CommandEntry* find_command(CommandTable table, std::string_view path)
{
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const CommandEntry& entry) { return entry.info.path == path; });
    return found == table.end() ? nullptr : &*found;
}

bool is_group(CommandTable table, std::string_view path)
{
    return path.empty() || !commands_below(table, path).empty();
}

std::vector<const CommandEntry*> commands_below(CommandTable table, std::string_view path)
{
    std::vector<const CommandEntry*> found;
    for (const CommandEntry& entry : table) {
        if (is_below(entry.info.path, path)) {
            found.push_back(&entry);
        }
    }
    return found;
}

std::vector<std::string> words_after(CommandTable table, std::string_view path)
{
    std::vector<std::string> words;
    for (const CommandEntry* entry : commands_below(table, path)) {
        words.emplace_back(word_after(entry->info.path, path));
    }
    if (path.empty()) {
        words.emplace_back("help");
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

std::string about_word(CommandTable table, std::string_view path)
{
    if (path == "help") {
        return "Show the help of a command";
    }
    if (const CommandEntry* entry = find_command(table, path)) {
        return std::string(entry->info.summary);
    }
    return util::join(words_after(table, path), ", ");
}

std::string join_path(std::string_view path, std::string_view word)
{
    return path.empty() ? std::string(word) : std::string(path) + " " + std::string(word);
}

Result<std::string> step_into(CommandTable table, std::string_view path, std::string_view word)
{
    std::string next = join_path(path, word);
    // A word with a blank in it would match a path of two words.
    if (!word.empty() && word.find(' ') == std::string_view::npos &&
        (find_command(table, next) != nullptr || is_group(table, next))) {
        return next;
    }
    const std::vector<std::string> words = words_after(table, path);
    const auto near = word.size() <= 100 ? util::nearest(word, words) : std::nullopt;
    const std::string of = path.empty() ? "" : " of '" + std::string(path) + "'";
    const std::string list =
        path.empty() ? "'hpcdoc help' lists the commands" : "there are: " + util::join(words, ", ");
    return failure(
        Code::usage,
        "'" + std::string(word) + "' is not a command" + of + (near ? "; did you mean '" + *near + "'?" : ""), list);
}

} // namespace hpcdoc::app

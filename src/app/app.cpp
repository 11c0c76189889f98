// SPDX-License-Identifier: Apache-2.0
#include "app/app.hpp"

#include <cstring>
#include <exception>
#include <new>
#include <typeinfo>

#include <unistd.h>

#include "app/command_line.hpp"
#include "app/help_text.hpp"
#include "app/hidden.hpp"
#include "app/pager.hpp"
#include "app/run_command.hpp"
#include "app/screen.hpp"
#include "app/stdio.hpp"
#include "app/version.hpp"

namespace hpcdoc::app {

namespace {

int wrong_usage(const Error& error)
{
    complain(error);
    return static_cast<int>(Exit::usage);
}

int written(const Result<void>& result)
{
    return result ? 0 : wrong_usage(result.error());
}

bool asks_for_version_only(int argc, char** argv)
{
    return argc == 2 && (std::strcmp(argv[1], "--version") == 0 || std::strcmp(argv[1], "-V") == 0);
}

// Help must come even when the settings are wrong: then as they are built in.
int show_help(CommandTable table, const CommandLine& line, const OwnEnvironment& env)
{
    const Screen screen = look_at_screen(env);
    const Config config = Config::builtin();
    const Style style = style_for(screen, env, line.options, config);
    const std::string text = line.entry != nullptr ? command_help(table, *line.entry, style)
                             : line.path.empty()   ? overview(table, style)
                                                   : group_help(table, line.path, style);
    if (!line.options.no_pager && worth_a_pager(text, screen)) {
        return written(show_paged(text, "the help", pager_words("", env)));
    }
    return written(write_output(text, "the help"));
}

int dispatch(CommandTable table, std::span<const std::string> words)
{
    if (const auto status = run_hidden(table, words)) {
        return *status;
    }
    Result<CommandLine> line = read_command_line(table, words);
    if (!line) {
        return wrong_usage(line.error());
    }
    const OwnEnvironment env = own_environment();
    switch (line->wish) {
    case CommandLine::Wish::version: return written(write_output(version_line(), "the version"));
    case CommandLine::Wish::help: return show_help(table, *line, env);
    case CommandLine::Wish::run: return run_command(*line, words, env);
    }
    return static_cast<int>(Exit::usage);
}

int internal_error(std::string_view what)
{
    complain("internal error: " + std::string(what), "please report it together with the output of 'hpcdoc --version'");
    return static_cast<int>(Exit::usage);
}

} // namespace

int run_main(std::span<const CommandEntry> (*table)(), int argc, char** argv)
{
    prepare_stdio();
    if (asks_for_version_only(argc, argv)) { // before anything is built: scripts ask often
        return written(write_output(version_line(), "the version"));
    }
    try {
        const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
        return dispatch(table(), words);
    } catch (const std::bad_alloc&) {
        return internal_error("no memory left");
    } catch (const std::exception& error) {
        return internal_error("an exception of type " + std::string(typeid(error).name()) + " was not handled");
    } catch (...) {
        return internal_error("an unknown exception was not handled");
    }
}

} // namespace hpcdoc::app

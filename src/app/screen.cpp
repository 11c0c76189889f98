// SPDX-License-Identifier: Apache-2.0
#include "app/screen.hpp"

#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

bool set_and_not_empty(const OwnEnvironment& env, std::string_view name)
{
    const auto value = env(name);
    return value && !value->empty();
}

void take_size(Screen& screen, const OwnEnvironment& env)
{
    struct winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        screen.columns = size.ws_col;
        screen.rows = size.ws_row > 0 ? size.ws_row : screen.rows;
    }
    // COLUMNS is set for those who ask for a width of their own; shells do not export it.
    const auto columns = util::parse_unsigned(env("COLUMNS").value_or(""));
    if (columns && *columns > 0 && *columns < 10'000) {
        screen.columns = static_cast<unsigned>(*columns);
    }
}

} // namespace

OwnEnvironment own_environment()
{
    return [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    };
}

bool utf8_locale(const OwnEnvironment& env)
{
    // The first that is set and not empty decides: locale(7).
    for (const std::string_view name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string value = util::to_lower(env(name).value_or(""));
        if (!value.empty()) {
            return util::contains(value, "utf-8") || util::contains(value, "utf8");
        }
    }
    return false;
}

Screen look_at_screen(const OwnEnvironment& env)
{
    Screen screen;
    screen.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
    screen.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
    screen.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
    const std::string term = env("TERM").value_or("");
    screen.dumb = term.empty() || term == "dumb";
    screen.utf8 = utf8_locale(env);
    take_size(screen, env);
    return screen;
}

bool wants_color(const Screen& screen, const OwnEnvironment& env, const GlobalOptions& options, const Config& config)
{
    const Setting& setting = config.setting("output.color");
    Color color = options.color.value_or(color_from(config.text("output.color")).value_or(Color::automatic));
    if (!options.color && setting.layer != Layer::command_line) {
        if (set_and_not_empty(env, "NO_COLOR")) { // no-color.org
            color = Color::never;
        } else if (set_and_not_empty(env, "CLICOLOR_FORCE") && env("CLICOLOR_FORCE") != "0") { // bixense.com/clicolors
            color = Color::always;
        }
    }
    if (color == Color::automatic) {
        return screen.out_is_terminal && !screen.dumb;
    }
    return color == Color::always;
}

Style style_for(const Screen& screen, const OwnEnvironment& env, const GlobalOptions& options, const Config& config)
{
    Style style;
    style.color = wants_color(screen, env, options, config);
    style.unicode = screen.utf8;
    style.verbose = options.verbose;
    style.raw = !screen.out_is_terminal;
    const std::int64_t width = config.number("output.width");
    style.width = std::clamp(width > 0 ? static_cast<unsigned>(width) : screen.columns, 40U, 200U);
    return style;
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// What stdout and stderr can show, and what the reader wants of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <hpcdoc/config.hpp>
#include <hpcdoc/report.hpp>

#include "app/global_options.hpp"

namespace hpcdoc::app {

struct Screen {
    bool out_is_terminal = false, err_is_terminal = false, in_is_terminal = false;
    unsigned columns = 80, rows = 24;
    bool utf8 = false;
    bool dumb = false; // TERM=dumb or not set: no control sequences
};

// Our own environment, never that of a replay.
using OwnEnvironment = std::function<std::optional<std::string>(std::string_view name)>;
OwnEnvironment own_environment();

Screen look_at_screen(const OwnEnvironment& env);
bool utf8_locale(const OwnEnvironment& env);

// The command line wins over NO_COLOR and CLICOLOR_FORCE, those over the settings.
bool wants_color(const Screen& screen, const OwnEnvironment& env, const GlobalOptions& options, const Config& config);
Style style_for(const Screen& screen, const OwnEnvironment& env, const GlobalOptions& options, const Config& config);

} // namespace hpcdoc::app

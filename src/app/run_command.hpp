// SPDX-License-Identifier: Apache-2.0
// One command, from its options to its exit status.
#pragma once

#include "app/command_line.hpp"
#include "app/screen.hpp"

namespace hpcdoc::app {

// `words` is the command line as typed, for a recording.
int run_command(CommandLine& line, std::span<const std::string> words, const OwnEnvironment& env);

// Contacts of the site file, filled into every escalation of the report.
void fill_contacts(Report& report, const Config& config);

} // namespace hpcdoc::app

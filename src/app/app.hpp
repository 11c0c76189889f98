// SPDX-License-Identifier: Apache-2.0
// The program: from the command line to the exit status.
#pragma once

#include <span>

#include <hpcdoc/command.hpp>

namespace hpcdoc::app {

// Never throws, and always ends within the run's deadline.
int run_main(std::span<const CommandEntry> (*table)(), int argc, char** argv);

} // namespace hpcdoc::app

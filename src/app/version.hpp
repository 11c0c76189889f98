// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hpcdoc::app {

std::string_view version();      // "0.1.0"
std::string_view version_line(); // "hpcdoc 0.1.0 (build 1a2b3c4)\n"
std::string_view build_date();   // "2026-11-25"

} // namespace hpcdoc::app

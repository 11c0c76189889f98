// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/finding.hpp>

#include "rules/lookup.hpp"
#include "scan/lines.hpp"

namespace hpcdoc::rules {

// At most `most` bytes of the text around an offset, cut between characters.
std::string_view cut(std::string_view text, std::size_t around, std::size_t most);
// The line, and those around it that are not empty; long lines are cut around what matched; safe to show.
std::string excerpt(const std::vector<scan::Line>& lines, std::size_t line, std::size_t match_begin, std::size_t before, std::size_t after);
// Captures named rank, host (or node) and time say where in a parallel job the line came from.
Origin origin_of(const Lookup& lookup, std::string_view file, std::uint64_t line);

} // namespace hpcdoc::rules

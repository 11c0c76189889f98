// SPDX-License-Identifier: Apache-2.0
// Two texts of the same thing, and what is not the same in them.
#pragma once

#include <optional>
#include <string>

#include <hpcdoc/report.hpp>

#include "bundle/noise.hpp"
#include "bundle/pieces.hpp"

namespace hpcdoc::bundle {

// Lists of names and values by name, other texts by line. Nothing: they say the same.
std::optional<Table> compare(const std::string& id, const Piece& before, const Piece& after, const Noise& noise);

} // namespace hpcdoc::bundle

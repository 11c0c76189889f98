// SPDX-License-Identifier: Apache-2.0
// What a text that means nothing may have been meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "explain/cards.hpp"

namespace hpcdoc::explain {

struct NearName {
    std::string ask{}, title{};
};

// Names that differ by a slip of the finger or two, or that the text is a part of; the nearest first.
std::vector<NearName> near_names(const Cards& cards, std::span<const std::string> reasons, std::string_view text, std::size_t most);

} // namespace hpcdoc::explain

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace hpcdoc::config {

// A hint for a word that is none of `known`: "did you mean 'x'?", or what there is.
std::string suggest(std::string_view word, std::span<const std::string_view> known);

} // namespace hpcdoc::config

// SPDX-License-Identifier: Apache-2.0
// Secrets are taken out before a text is cut: of a secret that was cut, one half would stay. So more is read than is
// wanted on each side that is cut, all of it is cleaned, and that much is taken off again.
#pragma once

#include <cstddef>
#include <limits>
#include <string>

namespace hpcdoc {

inline constexpr std::size_t k_cut_margin = std::size_t{64} << 10;

constexpr std::size_t with_margin(std::size_t cap)
{
    return cap > std::numeric_limits<std::size_t>::max() - k_cut_margin ? cap : cap + k_cut_margin;
}

// What is clean of the first `cap` of `read` bytes: all of it if there were no more.
std::string within_cap(std::string clean, std::size_t read, std::size_t cap);

// `clean` without what stands for the last (or first) `surplus` bytes that were read, never cut within a mark such as
// "[REDACTED:rule#3]". A beginning is cut off up to a line end, if one is near.
std::string without_end(std::string clean, std::size_t surplus);
std::string without_beginning(std::string clean, std::size_t surplus);

} // namespace hpcdoc

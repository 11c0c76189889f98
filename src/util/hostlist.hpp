// SPDX-License-Identifier: Apache-2.0
// Slurm host lists: "n[1-3,07],gpu-[a,b]-ib", several brackets, a suffix after the bracket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::util {

// Nothing when the text is not a host list, or names more than `cap` hosts.
std::optional<std::vector<std::string>> expand_hostlist(std::string_view text, std::size_t cap = 100'000);
// The number of hosts, without making the names; nothing when not a host list.
std::optional<std::size_t> count_hostlist(std::string_view text);
std::string fold_hostlist(std::span<const std::string> hosts); // sorted: "n[1-3],x"

// Number sets as in array ids: "3-7,9", "0-31:2"; a "%4" throttle at the end is ignored. Nothing if wrong or more than
// `cap`.
std::optional<std::vector<std::uint64_t>> expand_numbers(std::string_view text, std::size_t cap = 5'000'000);
std::string fold_numbers(std::span<const std::uint64_t> numbers); // "0-3,7"

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include <hpcdoc/host.hpp>

namespace hpcdoc {

// The text of /proc/self/mountinfo (proc(5)). Lines that are not of that form are left out.
std::vector<Mount> parse_mountinfo(std::string_view text);

// The mount that a path, taken literally, lies on: the last one with the longest point. Null: none.
const Mount* mount_of(std::span<const Mount> mounts, const std::filesystem::path& path);

bool lies_below(const std::filesystem::path& path, std::string_view point);

} // namespace hpcdoc

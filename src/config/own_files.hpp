// SPDX-License-Identifier: Apache-2.0
// Files of hpcdoc's own: settings and rules. They are always this machine's, so they are never read through the host
// door, which in a replay shows another machine.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::config {

// No settings or rules are this long; a longer file is not ours.
inline constexpr std::size_t k_own_file_cap = std::size_t{4} << 20;

// Code::not_found when there is no such file. Never waits for a FIFO.
Result<std::string> read_own_file(const std::filesystem::path& file);

// Names in a directory, sorted; a missing directory has none. Hidden names are left out.
Result<std::vector<std::string>> own_files_in(const std::filesystem::path& dir, std::string_view suffix);
Result<std::vector<std::string>> own_dirs_in(const std::filesystem::path& dir);

} // namespace hpcdoc::config

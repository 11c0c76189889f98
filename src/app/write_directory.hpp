// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <hpcdoc/result.hpp>

namespace hpcdoc::app {

// The directory must not exist, or be empty; Code::usage otherwise.
Result<void> check_new_directory(const std::filesystem::path& dir);
// All members or nothing: written beside it under another name, then renamed. Only the owner may read it.
Result<void> write_directory(const std::filesystem::path& dir, const std::map<std::string, std::string>& members);

} // namespace hpcdoc::app

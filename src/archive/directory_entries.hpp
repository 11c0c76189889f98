// SPDX-License-Identifier: Apache-2.0
// An unpacked archive: what lies in a directory, as entries. No link is followed, nothing but a regular file is opened.
#pragma once

#include <filesystem>
#include <vector>

#include <hpcdoc/result.hpp>

#include "archive/inspect.hpp"

namespace hpcdoc::archive {

Result<std::vector<Entry>> directory_entries(const std::filesystem::path& dir, const Caps& caps);

} // namespace hpcdoc::archive

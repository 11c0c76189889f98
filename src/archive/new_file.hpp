// SPDX-License-Identifier: Apache-2.0
// A file that is complete under its name, or not there.
#pragma once

#include <filesystem>
#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

enum class Draft {
    unnamed, // O_TMPFILE: nobody sees it, and it goes with the process
    named,   // for file systems that have none: ".NAME.XXXXXX", removed when something goes wrong
};

// As write_new_file (archive/pack.hpp), in one way; `unnamed` falls back to `named` where it must.
Result<void> write_draft(const std::filesystem::path& file, std::string_view bytes, Draft draft);

} // namespace hpcdoc::archive

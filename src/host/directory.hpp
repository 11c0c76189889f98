// SPDX-License-Identifier: Apache-2.0
// A recording as a directory.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <hpcdoc/host.hpp>

#include "exec/recording.hpp"

namespace hpcdoc {

// Members as files below `dir` (absolute): regular ones only, so that a link cannot lead out of it. `host` must outlive
// it.
MemberReader directory_reader(const Host& host, std::filesystem::path dir);

// Writes into a directory that is new or empty, for the owner's eyes only; recording.json comes last, so that what was
// cut short is no recording.
Result<void> write_members(const std::filesystem::path& dir, const std::map<std::string, std::string>& members);

} // namespace hpcdoc

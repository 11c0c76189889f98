// SPDX-License-Identifier: Apache-2.0
// Writes archives, in memory: what is not complete and clean never reaches a disk.
#pragma once

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "archive/members.hpp"

namespace hpcdoc::archive {

enum class Compression { gzip, zstd };

// The bytes of a tar archive (pax) with all members in the directory `top`: regular files, mode 0644, owner 0, no names
// of users, all of the time `time`. The first members are those of `first`, in that order, the others follow sorted.
// The same input gives the same bytes. Code::unsupported: libarchive is missing, or cannot do zstd.
Result<std::string> pack(const Members& members, std::string_view top, std::chrono::sys_seconds time,
                         Compression compression, std::span<const std::string_view> first = {});

// A new file of mode 0600 with these bytes: complete under its name, or not there at all, whenever the program is ended
// (O_TMPFILE and linkat, open(2); where a file system has no O_TMPFILE, O_EXCL under another name and rename). Never
// replaces a file. Code::io with the reason (no space, quota, read-only, exists) and what to do.
Result<void> write_new_file(const std::filesystem::path& file, std::string_view bytes);

std::string sha256(std::string_view bytes); // in hexadecimal

} // namespace hpcdoc::archive

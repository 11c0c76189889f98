// SPDX-License-Identifier: Apache-2.0
// libarchive, loaded when it is needed: linked, it would bring twenty libraries and three milliseconds to every start.
#pragma once

#include <array>
#include <cstddef>

#include <sys/types.h>

#include <hpcdoc/result.hpp>

struct archive;
struct archive_entry;

namespace hpcdoc::archive {

// The functions of libarchive 3 that are used, by their C names without the prefix (archive_read(3), archive_entry(3)).
struct Library {
    ::archive* (*read_new)() = nullptr;
    std::array<int (*)(::archive*), 6> read_support{}; // filters and formats
    int (*read_open_fd)(::archive*, int, std::size_t) = nullptr;
    int (*read_next_header)(::archive*, ::archive_entry**) = nullptr;
    ssize_t (*read_data)(::archive*, void*, std::size_t) = nullptr;
    int (*read_free)(::archive*) = nullptr;
    const char* (*error_string)(::archive*) = nullptr;
    const char* (*entry_pathname)(::archive_entry*) = nullptr;
    unsigned (*entry_filetype)(::archive_entry*) = nullptr;
};

// archive.h of libarchive 3
inline constexpr int k_archive_eof = 1;
inline constexpr int k_archive_ok = 0;
inline constexpr int k_archive_warn = -20;

Result<const Library*> load_library();

} // namespace hpcdoc::archive

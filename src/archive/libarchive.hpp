// SPDX-License-Identifier: Apache-2.0
// libarchive, loaded when it is needed: linked, it would bring twenty libraries and three milliseconds to every start.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ctime>

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
    int (*read_open_memory)(::archive*, const void*, std::size_t) = nullptr;
    int (*read_next_header)(::archive*, ::archive_entry**) = nullptr;
    ssize_t (*read_data)(::archive*, void*, std::size_t) = nullptr;
    int (*read_free)(::archive*) = nullptr;
    const char* (*error_string)(::archive*) = nullptr;
    const char* (*entry_pathname)(::archive_entry*) = nullptr;
    const char* (*entry_pathname_utf8)(::archive_entry*) = nullptr;
    const char* (*entry_hardlink)(::archive_entry*) = nullptr;
    unsigned (*entry_filetype)(::archive_entry*) = nullptr;
    unsigned (*entry_perm)(::archive_entry*) = nullptr;
};

// Those for writing (archive_write(3)), apart: an old library without one of them can still read.
struct WriteLibrary {
    using Open = int (*)(::archive*, void*);
    using Write = ssize_t (*)(::archive*, void*, const void*, std::size_t);
    using Close = int (*)(::archive*, void*);

    ::archive* (*write_new)() = nullptr;
    int (*write_set_format_pax_restricted)(::archive*) = nullptr;
    int (*write_add_filter_gzip)(::archive*) = nullptr;
    int (*write_add_filter_zstd)(::archive*) = nullptr; // null: older than 3.3.3
    int (*write_set_options)(::archive*, const char*) = nullptr;
    int (*write_set_bytes_in_last_block)(::archive*, int) = nullptr;
    int (*write_open)(::archive*, void*, Open, Write, Close) = nullptr;
    int (*write_header)(::archive*, ::archive_entry*) = nullptr;
    ssize_t (*write_data)(::archive*, const void*, std::size_t) = nullptr;
    int (*write_close)(::archive*) = nullptr;
    int (*write_free)(::archive*) = nullptr;
    const char* (*error_string)(::archive*) = nullptr;
    ::archive_entry* (*entry_new)() = nullptr;
    void (*entry_free)(::archive_entry*) = nullptr;
    void (*entry_set_pathname)(::archive_entry*, const char*) = nullptr;
    void (*entry_set_filetype)(::archive_entry*, unsigned) = nullptr;
    void (*entry_set_perm)(::archive_entry*, unsigned) = nullptr;
    void (*entry_set_size)(::archive_entry*, std::int64_t) = nullptr;
    void (*entry_set_mtime)(::archive_entry*, std::time_t, long) = nullptr;
};

// archive.h of libarchive 3
inline constexpr int k_archive_eof = 1;
inline constexpr int k_archive_ok = 0;
inline constexpr int k_archive_warn = -20;
inline constexpr int k_archive_fatal = -30;

Result<const Library*> load_library();
Result<const WriteLibrary*> load_write_library();

} // namespace hpcdoc::archive

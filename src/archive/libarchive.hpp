// SPDX-License-Identifier: Apache-2.0
// libarchive, loaded when it is needed: linked, it would bring twenty libraries and three milliseconds to every start.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

// What is used of libarchive 3.3.3 and later (archive_read(3), archive_write(3), archive_entry(3)).
// clang-format off
#define HPCDOC_ARCHIVE_READING(each) \
    each(archive_read_new) each(archive_read_free) each(archive_read_data) each(archive_read_next_header) \
    each(archive_read_open) each(archive_read_open_fd) each(archive_read_open_memory) \
    each(archive_read_support_filter_gzip) each(archive_read_support_filter_bzip2) \
    each(archive_read_support_filter_xz) each(archive_read_support_filter_lzma) \
    each(archive_read_support_filter_zstd) each(archive_read_support_format_tar) \
    each(archive_read_support_format_zip) each(archive_read_support_format_raw) \
    each(archive_error_string) each(archive_filter_code) each(archive_format) \
    each(archive_entry_pathname) each(archive_entry_pathname_utf8) each(archive_entry_hardlink) \
    each(archive_entry_filetype) each(archive_entry_perm) each(archive_entry_mtime)
#define HPCDOC_ARCHIVE_WRITING(each) \
    each(archive_write_new) each(archive_write_free) each(archive_write_open) each(archive_write_close) \
    each(archive_write_header) each(archive_write_data) each(archive_write_add_filter) \
    each(archive_write_set_format_raw) each(archive_write_set_format_zip) \
    each(archive_write_set_format_pax_restricted) each(archive_write_set_options) \
    each(archive_write_set_bytes_in_last_block) each(archive_entry_new) each(archive_entry_free) \
    each(archive_entry_set_pathname) each(archive_entry_set_filetype) each(archive_entry_set_perm) \
    each(archive_entry_set_size) each(archive_entry_set_mtime)
// clang-format on

struct Library {
#define HPCDOC_MEMBER(name) decltype(&::name) name = nullptr;
    HPCDOC_ARCHIVE_READING(HPCDOC_MEMBER)
    HPCDOC_ARCHIVE_WRITING(HPCDOC_MEMBER) // null where an old library cannot write as we do
#undef HPCDOC_MEMBER
};

Result<const Library*> load_library();       // for reading
Result<const Library*> load_write_library(); // for both

} // namespace hpcdoc::archive

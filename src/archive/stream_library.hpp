// SPDX-License-Identifier: Apache-2.0
// What of libarchive reads and writes archives piece by piece; loaded when it is needed (libarchive.hpp says why).
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

#define HPCDOC_ARCHIVE_FUNCTIONS(each)                                                                                 \
    each(archive_read_new) each(archive_read_support_filter_gzip) each(archive_read_support_filter_bzip2) each(        \
        archive_read_support_filter_xz) each(archive_read_support_filter_lzma) each(archive_read_support_filter_zstd)  \
        each(archive_read_support_format_tar) each(archive_read_support_format_zip)                                    \
            each(archive_read_support_format_raw) each(archive_read_open_fd) each(archive_read_next_header)            \
                each(archive_read_data) each(archive_read_free) each(archive_error_string) each(archive_filter_code)   \
                    each(archive_format) each(archive_write_new) each(archive_write_set_format_raw)                    \
                        each(archive_write_set_format_pax_restricted) each(archive_write_set_format_zip)               \
                            each(archive_write_add_filter) each(archive_write_set_options) each(archive_write_open)    \
                                each(archive_write_header) each(archive_write_data) each(archive_write_close)          \
                                    each(archive_write_free) each(archive_entry_new) each(archive_entry_free)          \
                                        each(archive_entry_pathname) each(archive_entry_filetype)                      \
                                            each(archive_entry_hardlink) each(archive_entry_mtime)                     \
                                                each(archive_entry_set_pathname) each(archive_entry_set_filetype)      \
                                                    each(archive_entry_set_perm) each(archive_entry_set_size)          \
                                                        each(archive_entry_set_mtime)                                  \
                                                            each(archive_write_set_bytes_in_last_block)

struct StreamLibrary {
#define HPCDOC_MEMBER(name) decltype(&::name) name = nullptr;
    HPCDOC_ARCHIVE_FUNCTIONS(HPCDOC_MEMBER)
#undef HPCDOC_MEMBER
};

Result<const StreamLibrary*> load_stream_library();

} // namespace hpcdoc::archive

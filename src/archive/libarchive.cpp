// SPDX-License-Identifier: Apache-2.0
#include "archive/libarchive.hpp"

#include <array>
#include <optional>

#include <dlfcn.h>

namespace hpcdoc::archive {

namespace {

// The name with the ABI version comes first: Debian, Red Hat and SUSE all ship libarchive 3 as .so.13.
constexpr std::array k_names{"libarchive.so.13", "libarchive.so"};

constexpr std::array k_support{"archive_read_support_filter_gzip", "archive_read_support_filter_bzip2",
                               "archive_read_support_filter_xz",   "archive_read_support_filter_zstd",
                               "archive_read_support_format_tar",  "archive_read_support_format_zip"};

template<class Function> bool bind(void* handle, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(::dlsym(handle, name));
    return function != nullptr;
}

std::optional<Library> bind_reading(void* handle)
{
    Library library;
    for (std::size_t i = 0; i < k_support.size(); ++i) {
        if (!bind(handle, k_support[i], library.read_support[i])) {
            return std::nullopt;
        }
    }
    const bool all = bind(handle, "archive_read_new", library.read_new) &&
                     bind(handle, "archive_read_open_fd", library.read_open_fd) &&
                     bind(handle, "archive_read_open_memory", library.read_open_memory) &&
                     bind(handle, "archive_read_next_header", library.read_next_header) &&
                     bind(handle, "archive_read_data", library.read_data) &&
                     bind(handle, "archive_read_free", library.read_free) &&
                     bind(handle, "archive_error_string", library.error_string) &&
                     bind(handle, "archive_entry_pathname", library.entry_pathname) &&
                     bind(handle, "archive_entry_pathname_utf8", library.entry_pathname_utf8) &&
                     bind(handle, "archive_entry_hardlink", library.entry_hardlink) &&
                     bind(handle, "archive_entry_filetype", library.entry_filetype) &&
                     bind(handle, "archive_entry_perm", library.entry_perm);
    return all ? std::optional(library) : std::nullopt;
}

std::optional<WriteLibrary> bind_writing(void* handle)
{
    WriteLibrary library;
    bind(handle, "archive_write_add_filter_zstd", library.write_add_filter_zstd); // may be missing
    const bool all = bind(handle, "archive_write_new", library.write_new) &&
                     bind(handle, "archive_write_set_format_pax_restricted", library.write_set_format_pax_restricted) &&
                     bind(handle, "archive_write_add_filter_gzip", library.write_add_filter_gzip) &&
                     bind(handle, "archive_write_set_options", library.write_set_options) &&
                     bind(handle, "archive_write_set_bytes_in_last_block", library.write_set_bytes_in_last_block) &&
                     bind(handle, "archive_write_open", library.write_open) &&
                     bind(handle, "archive_write_header", library.write_header) &&
                     bind(handle, "archive_write_data", library.write_data) &&
                     bind(handle, "archive_write_close", library.write_close) &&
                     bind(handle, "archive_write_free", library.write_free) &&
                     bind(handle, "archive_error_string", library.error_string) &&
                     bind(handle, "archive_entry_new", library.entry_new) &&
                     bind(handle, "archive_entry_free", library.entry_free) &&
                     bind(handle, "archive_entry_set_pathname", library.entry_set_pathname) &&
                     bind(handle, "archive_entry_set_filetype", library.entry_set_filetype) &&
                     bind(handle, "archive_entry_set_perm", library.entry_set_perm) &&
                     bind(handle, "archive_entry_set_size", library.entry_set_size) &&
                     bind(handle, "archive_entry_set_mtime", library.entry_set_mtime);
    return all ? std::optional(library) : std::nullopt;
}

void* open_any()
{
    for (const char* name : k_names) {
        if (void* handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return handle; // stays loaded: it is used until the end
        }
    }
    return nullptr;
}

void* handle_of_library()
{
    static void* const k_handle = open_any();
    return k_handle;
}

} // namespace

Result<const Library*> load_library()
{
    void* const handle = handle_of_library();
    static const std::optional<Library> k_library = handle == nullptr ? std::nullopt : bind_reading(handle);
    if (!k_library) {
        return failure(Code::unsupported, "libarchive is not installed here",
                       "unpack the archive by other means and give the directory to hpcdoc, or install libarchive13");
    }
    return &*k_library;
}

Result<const WriteLibrary*> load_write_library()
{
    void* const handle = handle_of_library();
    static const std::optional<WriteLibrary> k_library = handle == nullptr ? std::nullopt : bind_writing(handle);
    if (!k_library) {
        return failure(Code::unsupported, "cannot write an archive: libarchive is not installed here",
                       "install libarchive13, or write a directory with --record and pack it with tar");
    }
    return &*k_library;
}

} // namespace hpcdoc::archive

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

std::optional<Library> bind_all(void* handle)
{
    Library library;
    for (std::size_t i = 0; i < k_support.size(); ++i) {
        if (!bind(handle, k_support[i], library.read_support[i])) {
            return std::nullopt;
        }
    }
    const bool all = bind(handle, "archive_read_new", library.read_new) &&
                     bind(handle, "archive_read_open_fd", library.read_open_fd) &&
                     bind(handle, "archive_read_next_header", library.read_next_header) &&
                     bind(handle, "archive_read_data", library.read_data) &&
                     bind(handle, "archive_read_free", library.read_free) &&
                     bind(handle, "archive_error_string", library.error_string) &&
                     bind(handle, "archive_entry_pathname", library.entry_pathname) &&
                     bind(handle, "archive_entry_filetype", library.entry_filetype);
    return all ? std::optional(library) : std::nullopt;
}

std::optional<Library> load_any()
{
    for (const char* name : k_names) {
        if (void* handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return bind_all(handle); // stays loaded: it is used until the end
        }
    }
    return std::nullopt;
}

} // namespace

Result<const Library*> load_library()
{
    static const std::optional<Library> k_library = load_any();
    if (!k_library) {
        return failure(Code::unsupported, "libarchive is not installed here",
                       "unpack the archive by other means and give the directory to --from, or install libarchive13");
    }
    return &*k_library;
}

} // namespace hpcdoc::archive

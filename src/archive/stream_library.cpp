// SPDX-License-Identifier: Apache-2.0
#include "archive/stream_library.hpp"

#include <array>
#include <optional>

#include <dlfcn.h>

namespace hpcdoc::archive {

namespace {

// The name with the ABI version comes first: Debian, Red Hat and SUSE all ship libarchive 3 as .so.13.
constexpr std::array k_stream_names{"libarchive.so.13", "libarchive.so"};

std::optional<StreamLibrary> bind(void* handle)
{
    StreamLibrary library;
    bool all = true;
    const auto bind_one = [&](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
        all = all && function != nullptr;
    };
#define HPCDOC_BIND(name) bind_one(#name, library.name);
    HPCDOC_ARCHIVE_FUNCTIONS(HPCDOC_BIND)
#undef HPCDOC_BIND
    return all ? std::optional(library) : std::nullopt;
}

std::optional<StreamLibrary> load_any()
{
    for (const char* name : k_stream_names) {
        if (void* handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return bind(handle); // stays loaded: it is used until the end
        }
    }
    return std::nullopt;
}

} // namespace

Result<const StreamLibrary*> load_stream_library()
{
    static const std::optional<StreamLibrary> k_library = load_any();
    if (!k_library) {
        return failure(Code::unsupported, "libarchive 3.3 or later is not installed here",
                       "unpack the file by other means and give its parts to hpcdoc, or install libarchive13");
    }
    return &*k_library;
}

} // namespace hpcdoc::archive

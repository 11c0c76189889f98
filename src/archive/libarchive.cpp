// SPDX-License-Identifier: Apache-2.0
#include "archive/libarchive.hpp"

#include <array>
#include <type_traits>

#include <dlfcn.h>

namespace hpcdoc::archive {

namespace {

// The name with the ABI version comes first: Debian, Red Hat and SUSE all ship libarchive 3 as .so.13.
constexpr std::array k_names{"libarchive.so.13", "libarchive.so"};

struct Loaded {
    Library library{};
    bool reads = false, writes = false;
};

Loaded bind(void* handle)
{
    Loaded loaded;
    const auto bind_one = [handle](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(handle, name));
        return function != nullptr;
    };
    loaded.reads = loaded.writes = true;
#define HPCDOC_BIND(name) loaded.reads = bind_one(#name, loaded.library.name) && loaded.reads;
    HPCDOC_ARCHIVE_READING(HPCDOC_BIND)
#undef HPCDOC_BIND
#define HPCDOC_BIND(name) loaded.writes = bind_one(#name, loaded.library.name) && loaded.writes;
    HPCDOC_ARCHIVE_WRITING(HPCDOC_BIND)
#undef HPCDOC_BIND
    return loaded;
}

Loaded load_any()
{
    for (const char* name : k_names) {
        if (void* handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return bind(handle); // stays loaded: it is used until the end
        }
    }
    return {};
}

const Loaded& loaded()
{
    static const Loaded k_loaded = load_any();
    return k_loaded;
}

} // namespace

Result<const Library*> load_library()
{
    if (!loaded().reads) {
        return failure(Code::unsupported, "libarchive is not installed here",
                       "unpack the archive by other means and give the directory to hpcdoc, or install libarchive13");
    }
    return &loaded().library;
}

Result<const Library*> load_write_library()
{
    if (!loaded().reads || !loaded().writes) {
        return failure(Code::unsupported, "cannot write an archive: libarchive is not installed here",
                       "install libarchive13, or write a directory with --record and pack it with tar");
    }
    return &loaded().library;
}

} // namespace hpcdoc::archive

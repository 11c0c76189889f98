// SPDX-License-Identifier: Apache-2.0
#include "archive/pack.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <set>

#include <fmt/format.h>
#include <locale.h>
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <sys/stat.h>

#include "archive/inspect.hpp"
#include "archive/libarchive.hpp"
#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

// No exception may pass through C: no memory is a write that failed.
ssize_t append_to(::archive* /*archive*/, void* bytes, const void* block, std::size_t size)
{
    try {
        static_cast<std::string*>(bytes)->append(static_cast<const char*>(block), size);
        return static_cast<ssize_t>(size);
    } catch (const std::bad_alloc&) {
        return -1;
    }
}

// For this thread: names are taken as UTF-8 whatever the user's locale is, so the bytes do not depend on it.
class Utf8Names {
public:
    Utf8Names() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr))
    {
        m_before = m_locale == nullptr ? nullptr : ::uselocale(m_locale);
    }
    ~Utf8Names()
    {
        if (m_locale != nullptr) {
            ::uselocale(m_before);
            ::freelocale(m_locale);
        }
    }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;

private:
    locale_t m_locale, m_before{};
};

bool worked(int status)
{
    return status == ARCHIVE_OK || status == ARCHIVE_WARN;
}

class Packing {
public:
    explicit Packing(const Library& library)
        : m_library(library), m_archive(library.archive_write_new(), library.archive_write_free),
          m_entry(library.archive_entry_new(), library.archive_entry_free)
    {
    }

    Result<void> begin(Compression compression)
    {
        const bool zstd = compression == Compression::zstd;
        const int filter = zstd ? ARCHIVE_FILTER_ZSTD : ARCHIVE_FILTER_GZIP;
        // A warning means that a program would be run for it: what it wrote would not be ours to vouch for.
        if (m_library.archive_write_add_filter(m_archive.get(), filter) != ARCHIVE_OK) {
            return failure(Code::unsupported,
                           fmt::format("libarchive here cannot compress with {}", zstd ? "zstd" : "gzip"),
                           zstd ? "leave --zstd out: gzip is understood everywhere" : "");
        }
        const char* options = zstd ? "zstd:compression-level=3" : "gzip:compression-level=6,gzip:!timestamp";
        if (!worked(m_library.archive_write_set_format_pax_restricted(m_archive.get())) ||
            !worked(m_library.archive_write_set_options(m_archive.get(), options)) ||
            !worked(m_library.archive_write_set_bytes_in_last_block(m_archive.get(), 1)) ||
            !worked(m_library.archive_write_open(m_archive.get(), &m_bytes, nullptr, append_to, nullptr))) {
            return failed();
        }
        return {};
    }

    Result<void> add(const std::string& name, std::string_view content, std::chrono::sys_seconds time)
    {
        ::archive_entry* entry = m_entry.get();
        m_library.archive_entry_set_pathname(entry, name.c_str());
        m_library.archive_entry_set_filetype(entry, S_IFREG);
        m_library.archive_entry_set_perm(entry, 0644);
        m_library.archive_entry_set_size(entry, static_cast<std::int64_t>(content.size()));
        m_library.archive_entry_set_mtime(entry, std::chrono::system_clock::to_time_t(time), 0);
        if (!worked(m_library.archive_write_header(m_archive.get(), entry))) {
            return failed();
        }
        while (!content.empty()) {
            const ssize_t count = m_library.archive_write_data(m_archive.get(), content.data(), content.size());
            if (count <= 0) {
                return failed();
            }
            content.remove_prefix(static_cast<std::size_t>(count));
        }
        return {};
    }

    Result<std::string> end()
    {
        if (!worked(m_library.archive_write_close(m_archive.get()))) {
            return failed();
        }
        m_archive.reset(); // it holds a pointer to the bytes
        return std::move(m_bytes);
    }

private:
    tl::unexpected<Error> failed() const
    {
        const char* words = m_library.archive_error_string(m_archive.get());
        return failure(Code::internal, std::string("cannot write the archive: ") +
                                           (words == nullptr ? "no memory left" : util::printable(words)));
    }

    const Library& m_library;
    std::string m_bytes{}; // before the archive, whose end may still write
    std::unique_ptr<::archive, int (*)(::archive*)> m_archive;
    std::unique_ptr<::archive_entry, void (*)(::archive_entry*)> m_entry;
};

// What inspect() would call hostile is never written.
Result<void> check_name(const std::string& name)
{
    const bool control =
        std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (name.empty() || control || name.front() == '/' || name.back() == '/' || name != plain_name(name) ||
        util::contains("/" + name + "/", "/../")) {
        return failure(Code::internal,
                       "cannot write the archive: '" + util::printable(name) + "' is no name of a member");
    }
    return {};
}

Result<std::string> pack_all(const Library& library, const Members& members, std::string_view top,
                             std::chrono::sys_seconds time, Compression compression,
                             std::span<const std::string_view> first)
{
    const Utf8Names names;
    Packing packing(library);
    HPCDOC_TRY(packing.begin(compression));
    std::set<std::string_view> done;
    const auto add = [&](std::string_view name, std::string_view content) -> Result<void> {
        if (!done.insert(name).second) {
            return {};
        }
        const std::string path = top.empty() ? std::string(name) : std::string(top) + "/" + std::string(name);
        HPCDOC_TRY(check_name(path));
        return packing.add(path, content, time);
    };
    for (const std::string_view name : first) {
        if (const auto found = members.find(name); found != members.end()) {
            HPCDOC_TRY(add(found->first, found->second));
        }
    }
    for (const auto& [name, content] : members) {
        HPCDOC_TRY(add(name, content));
    }
    return packing.end();
}

} // namespace

Result<std::string> pack(const Members& members, std::string_view top, std::chrono::sys_seconds time,
                         Compression compression, std::span<const std::string_view> first)
{
    HPCDOC_TRY_ASSIGN(const Library* library, load_write_library());
    try {
        return pack_all(*library, members, top, time, compression, first);
    } catch (const std::bad_alloc&) {
        return failure(Code::internal, "cannot write the archive: no memory left", "collect less: --max-size");
    }
}

std::string sha256(std::string_view bytes)
{
    sha256_ctx context;
    std::uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
#if NETTLE_VERSION_MAJOR >= 4
    sha256_digest(&context, digest);
#else
    sha256_digest(&context, sizeof digest, digest);
#endif
    std::string text;
    for (const std::uint8_t byte : digest) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

} // namespace hpcdoc::archive

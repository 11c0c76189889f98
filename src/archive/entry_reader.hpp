// SPDX-License-Identifier: Apache-2.0
// The entries of an archive one after the other, within caps: what a bomb unpacks to is never held.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "archive/inspect.hpp"
#include "archive/libarchive.hpp"
#include "util/system.hpp"

namespace hpcdoc::archive {

class EntryReader {
public:
    // `source` names the archive in messages.
    static Result<EntryReader> open(const std::filesystem::path& file, const Caps& caps);
    static Result<EntryReader> open_bytes(std::string_view bytes, std::string_view source,
                                          const Caps& caps); // not copied

    // The next entry without its content; false: there is none.
    Result<bool> next(Entry& entry);
    // The content of that entry.
    Result<void> read(std::string& content);

    tl::unexpected<Error> refused(const std::string& reason) const;

private:
    EntryReader(const Library& library, std::string source, const Caps& caps);
    Result<void> started(int status) const;
    tl::unexpected<Error> broken() const;

    const Library* m_library;
    std::string m_source;
    Caps m_caps;
    util::Fd m_fd{};
    std::unique_ptr<::archive, int (*)(::archive*)> m_archive;
    std::size_t m_count = 0;
    std::uint64_t m_total = 0;
};

} // namespace hpcdoc::archive

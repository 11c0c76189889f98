// SPDX-License-Identifier: Apache-2.0
#include "archive/entry_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::size_t k_entry_block = std::size_t{64} << 10;

Entry::Kind kind_of(unsigned type)
{
    switch (type & S_IFMT) {
    case S_IFREG: return Entry::Kind::file;
    case S_IFDIR: return Entry::Kind::directory;
    case S_IFLNK: return Entry::Kind::symlink;
    case S_IFBLK:
    case S_IFCHR: return Entry::Kind::device;
    case S_IFIFO: return Entry::Kind::fifo;
    default: return Entry::Kind::other;
    }
}

// How to make an archive of it, for files that begin as encrypted ones do; otherwise empty.
std::string_view way_to_decrypt(int fd)
{
    std::array<char, 32> head{};
    const ssize_t count = ::pread(fd, head.data(), head.size(), 0);
    const std::string_view begin(head.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (begin.starts_with("age-encryption.org/") || begin.starts_with("-----BEGIN AGE ENCRYPTED FILE")) {
        return "decrypt it first: age -d -i KEY -o bundle.tar.gz FILE";
    }
    // RFC 9580: a public-key encrypted session key comes first, in the old or the new form.
    const bool pgp = begin.starts_with("\x84") || begin.starts_with("\x85") || begin.starts_with("\xc1");
    return pgp || begin.starts_with("-----BEGIN PGP MESSAGE") ? "decrypt it first: gpg -o bundle.tar.gz -d FILE" : "";
}

} // namespace

EntryReader::EntryReader(const Library& library, std::string source, const Caps& caps)
    : m_library(&library), m_source(std::move(source)), m_caps(caps), m_archive(library.archive_read_new(), library.archive_read_free)
{
    // Not "all": among those are formats that read other files (mtree) and filters that run programs (lrzip).
    for (const auto support : {library.archive_read_support_filter_gzip, library.archive_read_support_filter_bzip2,
                               library.archive_read_support_filter_xz, library.archive_read_support_filter_zstd,
                               library.archive_read_support_format_tar, library.archive_read_support_format_zip}) {
        support(m_archive.get());
    }
}

Result<EntryReader> EntryReader::open(const std::filesystem::path& file, const Caps& caps)
{
    util::Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!fd.open()) {
        return failure(Code::config,
                       "cannot read '" + util::printable(file.native()) + "': " + util::errno_text(errno));
    }
    auto library = load_library();
    if (!library) {
        return tl::unexpected(std::move(library).error().in("reading '" + util::printable(file.native()) + "'"));
    }
    if (const std::string_view way = way_to_decrypt(fd.get()); !way.empty()) {
        return failure(Code::config, "cannot read '" + util::printable(file.native()) + "': it is encrypted",
                       std::string(way));
    }
    EntryReader reader(**library, file.native(), caps);
    reader.m_fd = std::move(fd);
    HPCDOC_TRY(reader.started((*library)->archive_read_open_fd(reader.m_archive.get(), reader.m_fd.get(), k_entry_block)));
    return reader;
}

Result<EntryReader> EntryReader::open_bytes(std::string_view bytes, std::string_view source, const Caps& caps)
{
    HPCDOC_TRY_ASSIGN(const Library* library, load_library());
    EntryReader reader(*library, std::string(source), caps);
    HPCDOC_TRY(reader.started(library->archive_read_open_memory(reader.m_archive.get(), bytes.data(), bytes.size())));
    return reader;
}

Result<bool> EntryReader::next(Entry& entry)
{
    ::archive_entry* found = nullptr;
    const int step = m_library->archive_read_next_header(m_archive.get(), &found);
    if (step == ARCHIVE_EOF) {
        return false;
    }
    if (step != ARCHIVE_OK && step != ARCHIVE_WARN) {
        return broken();
    }
    if (++m_count > m_caps.count) {
        return refused("it has more than " + std::to_string(m_caps.count) + " members");
    }
    // Where the locale cannot hold the name, its UTF-8 can.
    const char* name = m_library->archive_entry_pathname(found);
    name = name == nullptr ? m_library->archive_entry_pathname_utf8(found) : name;
    entry = Entry{};
    entry.name = name == nullptr ? "" : name;
    entry.mode = m_library->archive_entry_perm(found);
    entry.kind =
        m_library->archive_entry_hardlink(found) != nullptr ? Entry::Kind::hardlink : kind_of(m_library->archive_entry_filetype(found));
    return true;
}

Result<void> EntryReader::read(std::string& content)
{
    content.clear();
    std::string buffer(k_entry_block, '\0');
    while (true) {
        const ssize_t count = m_library->archive_read_data(m_archive.get(), buffer.data(), buffer.size());
        if (count == 0) {
            return {};
        }
        if (count < 0) {
            return broken();
        }
        content.append(buffer, 0, static_cast<std::size_t>(count));
        m_total += static_cast<std::uint64_t>(count);
        if (content.size() > m_caps.member || m_total > m_caps.total) {
            return refused("unpacked it is larger than a recording is");
        }
    }
}

Result<void> EntryReader::started(int status) const
{
    return status == ARCHIVE_OK ? Result<void>() : broken();
}

tl::unexpected<Error> EntryReader::broken() const
{
    const char* words = m_library->archive_error_string(m_archive.get());
    return refused(words == nullptr
                       ? "it is not an archive"
                       : "it is cut off or not an archive (" + util::to_lower(util::printable(words)) + ")");
}

tl::unexpected<Error> EntryReader::refused(const std::string& reason) const
{
    return failure(Code::config, "cannot read '" + util::printable(m_source) + "': " + reason,
                   "hpcdoc reads directories and archives that it wrote itself");
}

} // namespace hpcdoc::archive

// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/libarchive.hpp"
#include "archive/members.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::size_t k_block = std::size_t{64} << 10;

class Unpacking {
public:
    Unpacking(const Library& library, const std::filesystem::path& file, const Caps& caps)
        : m_library(library), m_file(file), m_caps(caps), m_archive(library.read_new(), library.read_free)
    {
    }

    Result<Members> all(int fd)
    {
        // Not "all": among those are formats that read other files (mtree) and filters that run programs (lrzip).
        for (const auto support : m_library.read_support) {
            support(m_archive.get());
        }
        if (m_library.read_open_fd(m_archive.get(), fd, k_block) != k_archive_ok) {
            return broken();
        }
        std::size_t count = 0;
        ::archive_entry* entry = nullptr;
        while (true) {
            const int step = m_library.read_next_header(m_archive.get(), &entry);
            if (step == k_archive_eof) {
                return std::move(m_members);
            }
            if (step != k_archive_ok && step != k_archive_warn) {
                return broken();
            }
            if (++count > m_caps.count) {
                return refused("it has more than " + std::to_string(m_caps.count) + " members");
            }
            HPCDOC_TRY(take(entry));
        }
    }

private:
    Result<void> take(::archive_entry* entry)
    {
        const char* path = m_library.entry_pathname(entry);
        // Links, devices and directories are nothing to read; hard links have no content of their own.
        if (path == nullptr || (m_library.entry_filetype(entry) & S_IFMT) != S_IFREG) {
            return {};
        }
        std::string name = path;
        while (name.starts_with("./")) {
            name.erase(0, 2);
        }
        if (name.empty() || name.front() == '/' || util::contains("/" + name + "/", "/../")) {
            return refused("its member '" + util::printable(name) + "' would lie outside of it");
        }
        return read_content(m_members[name]);
    }
    Result<void> read_content(std::string& content)
    {
        content.clear(); // of two members with one name the later is meant: tar(1)
        std::string buffer(k_block, '\0');
        while (true) {
            const ssize_t count = m_library.read_data(m_archive.get(), buffer.data(), buffer.size());
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
    tl::unexpected<Error> broken() const
    {
        const char* words = m_library.error_string(m_archive.get());
        return refused(words == nullptr
                           ? "it is not an archive"
                           : "it is cut off or not an archive (" + util::to_lower(util::printable(words)) + ")");
    }
    tl::unexpected<Error> refused(const std::string& reason) const
    {
        return failure(Code::config, "cannot read '" + util::printable(m_file.native()) + "': " + reason,
                       "--from takes a directory or an archive that hpcdoc wrote");
    }

    const Library& m_library;
    const std::filesystem::path& m_file;
    const Caps& m_caps;
    std::unique_ptr<::archive, int (*)(::archive*)> m_archive;
    Members m_members{};
    std::uint64_t m_total = 0;
};

} // namespace

Result<Members> read_archive(const std::filesystem::path& file, const Caps& caps)
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
    return Unpacking(**library, file, caps).all(fd.get());
}

} // namespace hpcdoc::archive

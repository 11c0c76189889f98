// SPDX-License-Identifier: Apache-2.0
#include "archive/directory_entries.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::archive {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_file_block = std::size_t{64} << 10;

tl::unexpected<Error> cannot_read(const fs::path& path, const std::string& reason)
{
    return failure(Code::config, "cannot read '" + util::printable(path.native()) + "': " + reason);
}

Entry::Kind kind_of(fs::file_type type)
{
    switch (type) {
    case fs::file_type::regular: return Entry::Kind::file;
    case fs::file_type::directory: return Entry::Kind::directory;
    case fs::file_type::symlink: return Entry::Kind::symlink;
    case fs::file_type::block:
    case fs::file_type::character: return Entry::Kind::device;
    case fs::file_type::fifo: return Entry::Kind::fifo;
    default: return Entry::Kind::other;
    }
}

// A bundle holds text of known size: what grows while it is read ends at the cap.
Result<std::string> content_of(const fs::path& file, std::uint64_t most)
{
    const util::Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    struct stat info = {};
    if (!fd.open() || ::fstat(fd.get(), &info) != 0) {
        return cannot_read(file, util::errno_text(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return cannot_read(file, "it is not a regular file any more");
    }
    std::string content;
    std::string buffer(k_file_block, '\0');
    while (true) {
        const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
        if (count == 0) {
            return content;
        }
        if (count < 0 && errno != EINTR) {
            return cannot_read(file, util::errno_text(errno));
        }
        content.append(buffer, 0, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        if (content.size() > most) {
            return cannot_read(file, "it is larger than a member of a recording is");
        }
    }
}

class Walk {
public:
    Walk(const fs::path& dir, const Caps& caps) : m_dir(dir), m_caps(caps) {}

    Result<std::vector<Entry>> all()
    {
        std::error_code error;
        fs::recursive_directory_iterator at(m_dir, error);
        const fs::recursive_directory_iterator end;
        while (!error && at != end) {
            HPCDOC_TRY(take(*at));
            at.increment(error);
        }
        if (error) {
            return cannot_read(m_dir, util::errno_text(error.value()));
        }
        std::sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
        return std::move(m_entries);
    }

private:
    Result<void> take(const fs::directory_entry& found)
    {
        std::error_code error;
        const fs::file_status status = found.symlink_status(error);
        if (error) {
            return cannot_read(found.path(), util::errno_text(error.value()));
        }
        Entry entry;
        entry.name = found.path().lexically_relative(m_dir).native();
        entry.kind = kind_of(status.type());
        entry.mode = static_cast<unsigned>(status.permissions());
        if (entry.kind == Entry::Kind::file) {
            HPCDOC_TRY_ASSIGN(entry.data, content_of(found.path(), std::min(m_caps.member, m_caps.total - m_total)));
            entry.size = entry.data.size();
            m_total += entry.size;
        }
        m_entries.push_back(std::move(entry));
        if (m_entries.size() > m_caps.count) {
            return cannot_read(m_dir, "it has more than " + std::to_string(m_caps.count) + " members");
        }
        return {};
    }

    const fs::path& m_dir;
    const Caps& m_caps;
    std::vector<Entry> m_entries{};
    std::uint64_t m_total = 0;
};

} // namespace

Result<std::vector<Entry>> directory_entries(const fs::path& dir, const Caps& caps)
{
    return Walk(dir, caps).all();
}

} // namespace hpcdoc::archive

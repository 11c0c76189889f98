// SPDX-License-Identifier: Apache-2.0
#include "archive/growing_file.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

constexpr mode_t k_mode = 0600;

std::string directory_of(const std::filesystem::path& file)
{
    return file.has_parent_path() ? file.parent_path().native() : ".";
}

bool cannot_do_without_name(int error)
{
    return error == EOPNOTSUPP || error == EISDIR || error == ENOENT || error == EINVAL;
}

std::string advice(int error)
{
    switch (error) {
    case EEXIST: return "name another file with -o, or remove this one";
    case ENOSPC:
    case EDQUOT: return "free some space, or name a file elsewhere with -o";
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOENT: return "name a file in a directory of yours with -o";
    default: return {};
    }
}

} // namespace

tl::unexpected<Error> GrowingFile::refused(int error) const
{
    return failure(Code::io, "cannot write '" + util::printable(m_file.native()) + "': " + util::errno_text(error),
                   advice(error));
}

Result<GrowingFile> GrowingFile::create(std::filesystem::path file)
{
    GrowingFile made(std::move(file));
    struct stat there {};
    if (::lstat(made.m_file.c_str(), &there) == 0) {
        return made.refused(EEXIST);
    }
    made.m_fd = util::above_stdio(
        util::Fd(::open(directory_of(made.m_file).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, k_mode)));
    if (!made.m_fd.open() && cannot_do_without_name(errno)) {
        made.m_other_name = made.m_file.native() + ".part-XXXXXX";
        made.m_fd = util::above_stdio(util::Fd(::mkostemp(made.m_other_name.data(), O_CLOEXEC)));
        if (!made.m_fd.open()) {
            made.m_other_name.clear();
        }
    }
    if (!made.m_fd.open()) {
        return made.refused(errno);
    }
    return made;
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : m_file(std::move(other.m_file)), m_other_name(std::exchange(other.m_other_name, {})), m_fd(std::move(other.m_fd))
{
}

GrowingFile::~GrowingFile()
{
    if (!m_other_name.empty()) {
        ::unlink(m_other_name.c_str());
    }
}

Result<void> GrowingFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_fd.get(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return refused(errno);
        }
        bytes.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> GrowingFile::finish()
{
    // Network file systems tell of a full quota only when a descriptor is closed, and then it must not have a name yet.
    const int twin = ::dup(m_fd.get());
    if (twin < 0 || ::close(twin) != 0) {
        return refused(errno);
    }
    const std::string from = m_other_name.empty() ? "/proc/self/fd/" + std::to_string(m_fd.get()) : m_other_name;
    if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, m_file.c_str(), AT_SYMLINK_FOLLOW) != 0) {
        return refused(errno);
    }
    return {};
}

} // namespace hpcdoc::archive

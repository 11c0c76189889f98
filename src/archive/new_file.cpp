// SPDX-License-Identifier: Apache-2.0
#include "archive/new_file.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "archive/pack.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"
#include "util/units.hpp"

namespace hpcdoc::archive {

namespace {

namespace fs = std::filesystem;

// A file size limit (ulimit -f) is an errno, not a signal that ends the program.
class NoSizeSignal {
public:
    NoSizeSignal()
    {
        sigemptyset(&m_signal);
        sigaddset(&m_signal, SIGXFSZ);
        ::pthread_sigmask(SIG_BLOCK, &m_signal, &m_before);
    }
    ~NoSizeSignal()
    {
        const struct timespec now = {};
        while (::sigtimedwait(&m_signal, nullptr, &now) > 0) {
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    NoSizeSignal(const NoSizeSignal&) = delete;
    NoSizeSignal& operator=(const NoSizeSignal&) = delete;

private:
    sigset_t m_signal{}, m_before{};
};

struct Advice {
    std::string reason{}, hint{};
};

Advice advice_for(int error, const std::string& dir)
{
    switch (error) {
    case ENOSPC:
        return {"no space is left on the file system of " + dir,
                "free some there (df -h " + dir + "), or choose another directory"};
    case EDQUOT:
        return {"your quota on the file system of " + dir + " is used up",
                "delete what you do not need there (quota -s, lfs quota), or choose another directory"};
    case EROFS: return {"the file system of " + dir + " is read-only", "choose another directory"};
    case EACCES:
    case EPERM: return {"you may not write into " + dir, "choose a directory of your own"};
    case EEXIST: return {"it exists already", "hpcdoc replaces no file: choose another name, or remove it first"};
    case ENOENT: return {"there is no directory " + dir, "make it first: mkdir -p " + dir};
    case ENOTDIR: return {dir + " is not a directory", "choose another directory"};
    case ENAMETOOLONG: return {"the name is too long", "choose a shorter one"};
    case EFBIG:
        return {"it is larger than your limit on the size of files", "raise the limit (ulimit -f), or collect less"};
    default: return {util::errno_text(error), "choose another directory"};
    }
}

bool knows_no_unnamed_files(int error)
{
    return error == EOPNOTSUPP || error == EISDIR || error == EINVAL || error == ENOENT || error == ENOSYS;
}

std::string quoted(const fs::path& path)
{
    return "'" + util::printable(path.native()) + "'";
}

tl::unexpected<Error> cannot_write(const fs::path& file, const fs::path& parent, int error)
{
    Advice advice = advice_for(error, quoted(parent));
    return failure(Code::io, "cannot write " + quoted(file) + ": " + advice.reason, std::move(advice.hint));
}

// 0, or an errno.
int write_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count > 0 ? count : 0));
    }
    return 0;
}

// On network file systems a full disk shows only when the bytes are sent: fsync.
int settle(int fd)
{
    return ::fchmod(fd, 0600) == 0 && ::fsync(fd) == 0 ? 0 : errno;
}

// 0, or an errno.
int copy(int from, int to)
{
    std::string block(std::size_t{256} << 10, '\0');
    for (off_t at = 0;;) {
        const ssize_t count = ::pread(from, block.data(), block.size(), at);
        if (count <= 0) {
            return count < 0 ? errno : 0;
        }
        if (const int error = write_all(to, std::string_view(block).substr(0, static_cast<std::size_t>(count)))) {
            return error;
        }
        at += count;
    }
}

} // namespace

NewFile::NewFile(NewFile&& other) noexcept
    : m_file(std::move(other.m_file)), m_parent(std::move(other.m_parent)),
      m_draft(std::exchange(other.m_draft, {})), m_dir(std::move(other.m_dir)), m_fd(std::move(other.m_fd))
{
}

NewFile::~NewFile()
{
    if (!m_draft.empty()) {
        ::unlink(m_draft.c_str());
    }
}

Result<NewFile> NewFile::create(fs::path file, std::uint64_t expected, Draft draft)
{
    if (!file.has_filename() || file.filename() == "." || file.filename() == "..") {
        return failure(Code::io, "cannot write '" + util::printable(file.native()) + "': that is a directory",
                       "give the name of a new file");
    }
    NewFile made(std::move(file));
    made.m_dir = util::above_stdio(util::Fd(::open(made.m_parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
    if (!made.m_dir.open()) {
        return made.cannot(errno);
    }
    HPCDOC_TRY(made.check_room(expected));
    if (draft == Draft::unnamed) {
        made.m_fd = util::above_stdio(util::Fd(::openat(made.m_dir.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)));
        if (!made.m_fd.open() && !knows_no_unnamed_files(errno)) {
            return made.cannot(errno);
        }
    }
    if (!made.m_fd.open()) {
        HPCDOC_TRY(made.open_draft(made.m_fd));
    }
    return made;
}

Result<void> NewFile::open_draft(util::Fd& fd)
{
    std::string draft = (m_parent / ("." + name() + ".XXXXXX")).native();
    fd = util::above_stdio(util::Fd(::mkostemp(draft.data(), O_CLOEXEC))); // O_EXCL, 0600
    if (!fd.open()) {
        return cannot(errno);
    }
    m_draft = std::move(draft);
    return {};
}

Result<void> NewFile::check_room(std::uint64_t expected) const
{
    struct stat info = {};
    if (::fstatat(m_dir.get(), name().c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
        return cannot(EEXIST);
    }
    struct statvfs room = {};
    if (::fstatvfs(m_dir.get(), &room) != 0) {
        return {}; // the write itself will say
    }
    const std::uint64_t free = std::uint64_t{room.f_bavail} * room.f_frsize;
    if (free < expected && (room.f_flag & ST_RDONLY) == 0) {
        const Advice advice = advice_for(ENOSPC, quoted(m_parent));
        return failure(Code::io,
                       "cannot write " + quoted(m_file) + ": it needs " + util::human_size(expected) + ", and " +
                           util::human_size(free) + " are free on the file system of " + quoted(m_parent),
                       advice.hint);
    }
    return room.f_files > 0 && room.f_favail == 0 ? Result<void>(cannot(ENOSPC)) : Result<void>();
}

Result<void> NewFile::write(std::string_view bytes)
{
    const NoSizeSignal quiet;
    const int error = write_all(m_fd.get(), bytes);
    return error == 0 ? Result<void>{} : Result<void>(cannot(error));
}

Result<void> NewFile::finish()
{
    const NoSizeSignal quiet;
    if (const int error = settle(m_fd.get())) {
        return cannot(error);
    }
    if (m_draft.empty()) {
        const int error = link_into_place(m_fd.get());
        if (error == 0) {
            return placed();
        }
        if (error == EEXIST) {
            return cannot(error);
        }
        util::Fd named; // the file system has files without a name, and cannot give them one
        HPCDOC_TRY(open_draft(named));
        const int failed = copy(m_fd.get(), named.get());
        if (const int late = failed != 0 ? failed : settle(named.get())) {
            return cannot(late);
        }
    }
    if (!move_into_place(m_draft)) {
        return cannot(errno);
    }
    m_draft.clear();
    return placed();
}

// 0, or an errno.
int NewFile::link_into_place(int fd) const
{
    // By the descriptor itself it needs a privilege (CAP_DAC_READ_SEARCH), by its name in /proc only /proc.
    const std::string self = "/proc/self/fd/" + std::to_string(fd);
    if (::linkat(fd, "", m_dir.get(), name().c_str(), AT_EMPTY_PATH) == 0 ||
        (errno != EEXIST &&
         ::linkat(AT_FDCWD, self.c_str(), m_dir.get(), name().c_str(), AT_SYMLINK_FOLLOW) == 0)) {
        return 0;
    }
    // NFS sends a question again when the answer got lost: then it is our own file that exists already.
    struct stat ours = {}, there = {};
    const int error = errno;
    const bool own = ::fstat(fd, &ours) == 0 &&
                     ::fstatat(m_dir.get(), name().c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
                     ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
    return error == EEXIST && own ? 0 : error;
}

// Without replacing what may have come into being meanwhile, as far as the file system can do that.
bool NewFile::move_into_place(const std::string& draft) const
{
    const char* from = draft.c_str();
    const std::string to = name();
    if (::renameat2(AT_FDCWD, from, m_dir.get(), to.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return false;
    }
    if (::linkat(AT_FDCWD, from, m_dir.get(), to.c_str(), 0) == 0) {
        ::unlink(from);
        return true;
    }
    struct stat info = {};
    if (errno == EEXIST || ::fstatat(m_dir.get(), to.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::renameat(AT_FDCWD, from, m_dir.get(), to.c_str()) == 0;
}

// The name, too, outlives a crash; where directories cannot be synced, the file is there all the same.
Result<void> NewFile::placed() const
{
    ::fsync(m_dir.get());
    return {};
}

tl::unexpected<Error> NewFile::cannot(int error) const
{
    return cannot_write(m_file, m_parent, error);
}

Result<void> write_draft(const fs::path& file, std::string_view bytes, Draft draft)
{
    HPCDOC_TRY_ASSIGN(NewFile made, NewFile::create(file, bytes.size(), draft));
    HPCDOC_TRY(made.write(bytes));
    return made.finish();
}

Result<void> write_new_file(const fs::path& file, std::string_view bytes)
{
    return write_draft(file, bytes, Draft::unnamed);
}

} // namespace hpcdoc::archive

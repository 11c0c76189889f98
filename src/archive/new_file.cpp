// SPDX-License-Identifier: Apache-2.0
#include "archive/new_file.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

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

class NewFile {
public:
    NewFile(const fs::path& file, std::string_view bytes) : m_file(file), m_bytes(bytes)
    {
        m_parent = file.has_parent_path() ? file.parent_path() : fs::path(".");
    }

    Result<void> write(Draft draft)
    {
        m_dir = util::Fd(::open(m_parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!m_dir.open()) {
            return cannot(errno);
        }
        HPCDOC_TRY(check_room());
        const NoSizeSignal quiet;
        if (draft == Draft::unnamed) {
            if (const auto done = write_unnamed()) {
                return *done;
            }
        }
        return write_named();
    }

private:
    Result<void> check_room() const
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
        if (free < m_bytes.size() && (room.f_flag & ST_RDONLY) == 0) {
            const Advice advice = advice_for(ENOSPC, quoted(m_parent));
            return failure(Code::io,
                           "cannot write " + quoted(m_file) + ": it needs " + util::human_size(m_bytes.size()) +
                               ", and " + util::human_size(free) + " are free on the file system of " +
                               quoted(m_parent),
                           advice.hint);
        }
        return room.f_files > 0 && room.f_favail == 0 ? Result<void>(cannot(ENOSPC)) : Result<void>();
    }

    // Nothing: this file system has no such files.
    std::optional<Result<void>> write_unnamed() const
    {
        const util::Fd fd(::openat(m_dir.get(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
        if (!fd.open()) {
            return knows_no_unnamed_files(errno) ? std::nullopt : std::optional<Result<void>>(cannot(errno));
        }
        if (const int error = fill(fd.get())) {
            return cannot(error);
        }
        if (const int error = link_into_place(fd.get())) {
            return error == EEXIST ? std::optional<Result<void>>(cannot(error)) : std::nullopt;
        }
        return placed();
    }

    // 0, or an errno.
    int link_into_place(int fd) const
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

    Result<void> write_named() const
    {
        std::string draft = (m_parent / ("." + name() + ".XXXXXX")).native();
        const util::Fd fd(::mkostemp(draft.data(), O_CLOEXEC)); // O_EXCL, 0600
        if (!fd.open()) {
            return cannot(errno);
        }
        int error = fill(fd.get());
        if (error == 0 && !move_into_place(draft)) {
            error = errno;
        }
        if (error != 0) {
            ::unlink(draft.c_str());
            return cannot(error);
        }
        return placed();
    }

    // 0, or an errno. On network file systems a full disk shows only when the bytes are sent: fsync.
    int fill(int fd) const
    {
        std::string_view rest = m_bytes;
        while (!rest.empty()) {
            const ssize_t count = ::write(fd, rest.data(), rest.size());
            if (count < 0 && errno != EINTR) {
                return errno;
            }
            rest.remove_prefix(static_cast<std::size_t>(count > 0 ? count : 0));
        }
        return ::fchmod(fd, 0600) == 0 && ::fsync(fd) == 0 ? 0 : errno;
    }

    // Without replacing what may have come into being meanwhile, as far as the file system can do that.
    bool move_into_place(const std::string& draft) const
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
    Result<void> placed() const
    {
        ::fsync(m_dir.get());
        return {};
    }

    tl::unexpected<Error> cannot(int error) const
    {
        Advice advice = advice_for(error, quoted(m_parent));
        return failure(Code::io, "cannot write " + quoted(m_file) + ": " + advice.reason, std::move(advice.hint));
    }
    static std::string quoted(const fs::path& path) { return "'" + util::printable(path.native()) + "'"; }
    std::string name() const { return m_file.filename().native(); }

    const fs::path& m_file;
    std::string_view m_bytes;
    fs::path m_parent{};
    util::Fd m_dir{};
};

} // namespace

Result<void> write_draft(const fs::path& file, std::string_view bytes, Draft draft)
{
    if (!file.has_filename() || file.filename() == "." || file.filename() == "..") {
        return failure(Code::io, "cannot write '" + util::printable(file.native()) + "': that is a directory",
                       "give the name of a new file");
    }
    return NewFile(file, bytes).write(draft);
}

Result<void> write_new_file(const fs::path& file, std::string_view bytes)
{
    return write_draft(file, bytes, Draft::unnamed);
}

} // namespace hpcdoc::archive

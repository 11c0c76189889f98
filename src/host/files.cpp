// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "host/look.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc {

namespace {

FileKind kind_of(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return FileKind::regular;
    case S_IFDIR:
        return FileKind::directory;
    case S_IFLNK:
        return FileKind::symlink;
    case S_IFIFO:
        return FileKind::fifo;
    case S_IFSOCK:
        return FileKind::socket;
    case S_IFCHR:
    case S_IFBLK:
        return FileKind::device;
    default:
        return FileKind::other;
    }
}

std::string_view kind_text(FileKind kind)
{
    switch (kind) {
    case FileKind::directory:
        return "it is a directory";
    case FileKind::fifo:
        return "it is a FIFO, and reading it would wait for a writer";
    case FileKind::socket:
        return "it is a socket";
    case FileKind::device:
        return "it is a device";
    default:
        return "it is not a regular file";
    }
}

Answer stat_file(const std::string& path, bool follow)
{
    struct stat info = {};
    if ((follow ? ::stat(path.c_str(), &info) : ::lstat(path.c_str(), &info)) != 0) {
        return system_error("look at", path, errno);
    }
    constexpr std::uint64_t k_block = 512; // of st_blocks, whatever st_blksize says (stat(2))
    const int flags = AT_EACCESS | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
    const auto may = [&](int what) { return ::faccessat(AT_FDCWD, path.c_str(), what, flags) == 0; };
    FileInfo result;
    result.kind = kind_of(info.st_mode);
    result.size = static_cast<std::uint64_t>(info.st_size);
    result.allocated = static_cast<std::uint64_t>(info.st_blocks) * k_block;
    result.mode = info.st_mode & 07777;
    result.uid = info.st_uid;
    result.gid = info.st_gid;
    result.mtime = std::chrono::sys_seconds{std::chrono::seconds{info.st_mtim.tv_sec}};
    result.readable = may(R_OK);
    result.writable = may(W_OK);
    result.searchable = may(X_OK);
    return result;
}

struct OpenFile {
    util::Fd fd{};
    std::uint64_t size = 0;
    std::chrono::sys_seconds mtime{};
};

// Only a regular file is opened: opening a FIFO wakes its writer, opening a tape rewinds it.
std::variant<Error, OpenFile> open_file(const std::string& path)
{
    struct stat info = {};
    const auto irregular = [&] {
        return Error{Code::unsupported,
                     fmt::format("cannot read '{}': {}", util::printable(path), kind_text(kind_of(info.st_mode))),
                     "",
                     {}};
    };
    if (::stat(path.c_str(), &info) != 0) {
        return system_error("read", path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return irregular();
    }
    OpenFile file;
    file.fd = util::Fd{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)};
    if (!file.fd.open() || ::fstat(file.fd.get(), &info) != 0) {
        return system_error("read", path, errno);
    }
    if (!S_ISREG(info.st_mode)) { // it was exchanged in between
        return irregular();
    }
    file.size = static_cast<std::uint64_t>(info.st_size);
    file.mtime = std::chrono::sys_seconds{std::chrono::seconds{info.st_mtim.tv_sec}};
    return file;
}

// At most `count` bytes from `offset`; less at the end of the file. Not 0: what went wrong, as an errno.
int read_part(int fd, std::uint64_t offset, std::uint64_t count, std::string& bytes)
{
    constexpr std::uint64_t k_part = 256 * 1024;
    while (count > 0) {
        const std::size_t before = bytes.size();
        bytes.resize(before + static_cast<std::size_t>(std::min(count, k_part)));
        const ssize_t got = ::pread(fd, bytes.data() + before, bytes.size() - before, static_cast<off_t>(offset));
        const int error = errno;
        bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && error == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? error : 0;
        }
        offset += static_cast<std::uint64_t>(got);
        count -= static_cast<std::uint64_t>(got);
    }
    return 0;
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b)
{
    return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

Answer read_file(const std::string& path, std::uint64_t cap)
{
    std::variant<Error, OpenFile> file = open_file(path);
    if (auto* error = std::get_if<Error>(&file)) {
        return std::move(*error);
    }
    std::string bytes;
    if (const int error = read_part(std::get<OpenFile>(file).fd.get(), 0, cap, bytes); error != 0) {
        return system_error("read", path, error);
    }
    return bytes;
}

// One try. False: the file shrank under our hands, or `error` is set.
bool read_ends_once(const OpenFile& file, std::uint64_t head_cap, std::uint64_t tail_cap, FileEnds& ends, int& error)
{
    ends = {"", "", 0, file.size, file.mtime};
    if (file.size == 0) { // empty, or of /proc, where no size is known
        error = read_part(file.fd.get(), 0, sum(head_cap, tail_cap), ends.head);
        ends.size = ends.head.size();
        return error == 0;
    }
    const bool whole = file.size <= sum(head_cap, tail_cap);
    error = read_part(file.fd.get(), 0, whole ? file.size : head_cap, ends.head);
    if (error != 0 || whole) {
        return error == 0 && ends.head.size() == file.size;
    }
    ends.tail_offset = file.size - tail_cap;
    error = read_part(file.fd.get(), ends.tail_offset, tail_cap, ends.tail);
    return error == 0 && ends.tail.size() == tail_cap;
}

Answer read_file_ends(const std::string& path, std::uint64_t head_cap, std::uint64_t tail_cap)
{
    FileEnds ends;
    for (int attempt = 0; attempt < 3; ++attempt) {
        std::variant<Error, OpenFile> file = open_file(path);
        if (auto* error = std::get_if<Error>(&file)) {
            return std::move(*error);
        }
        int error = 0;
        if (read_ends_once(std::get<OpenFile>(file), head_cap, tail_cap, ends, error)) {
            return ends;
        }
        if (error != 0) {
            return system_error("read", path, error);
        }
    }
    ends.size = ends.tail.empty() ? ends.head.size() : ends.tail_offset + ends.tail.size(); // it never holds still
    return ends;
}

Answer list_directory(const std::string& path)
{
    constexpr std::size_t k_most = 100'000;
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(path.c_str()), ::closedir);
    if (dir == nullptr) {
        return system_error("list", path, errno);
    }
    std::vector<std::string> names;
    errno = 0;
    for (const dirent* entry = ::readdir(dir.get()); entry != nullptr && names.size() < k_most;
         entry = ::readdir(dir.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
        errno = 0;
    }
    if (errno != 0) {
        return system_error("list", path, errno);
    }
    std::sort(names.begin(), names.end());
    return names;
}

Answer space_of(const std::string& path)
{
    struct statvfs info = {};
    if (::statvfs(path.c_str(), &info) != 0) {
        return system_error("ask for the space of", path, errno);
    }
    const std::uint64_t block = info.f_frsize != 0 ? info.f_frsize : info.f_bsize;
    return SpaceInfo{info.f_blocks * block, info.f_bavail * block, info.f_files, info.f_favail};
}

} // namespace

Answer look_at_file(const Question& question)
{
    using Op = Question::Op;
    switch (question.op) {
    case Op::stat:
        return stat_file(question.subject, true);
    case Op::lstat:
        return stat_file(question.subject, false);
    case Op::read:
        return read_file(question.subject, question.a);
    case Op::read_ends:
        return read_file_ends(question.subject, question.a, question.b);
    case Op::list:
        return list_directory(question.subject);
    default:
        return space_of(question.subject);
    }
}

} // namespace hpcdoc

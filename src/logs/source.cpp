// SPDX-License-Identifier: Apache-2.0
#include "logs/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/sniff.hpp"
#include "logs/unpack.hpp"
#include "logs/utf16.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

using namespace std::string_view_literals;

tl::unexpected<Error> cannot_read(const std::string& name, int error)
{
    const Code code = error == EACCES || error == EPERM ? Code::denied : error == ENOENT ? Code::not_found : Code::io;
    return failure(code, "cannot read '" + util::printable(name) + "': " + util::errno_text(error));
}

class FileSource final : public Source {
public:
    FileSource(util::Fd fd, std::string name, bool holes, std::stop_token stop)
        : m_fd(std::move(fd)), m_name(std::move(name)), m_holes(holes), m_stop(std::move(stop))
    {
    }

    Result<std::size_t> read(char* to, std::size_t most) override
    {
        if (m_stop.stop_requested()) {
            return failure(Code::interrupted, "stopped before the end of '" + util::printable(m_name) + "'");
        }
        if (m_holes && m_left == 0 && !next_data()) {
            return std::size_t{0};
        }
        while (true) {
            const std::size_t size = m_holes ? static_cast<std::size_t>(std::min<std::uint64_t>(most, m_left)) : most;
            const ssize_t got = ::read(m_fd.get(), to, size);
            if (got >= 0) {
                m_left -= m_holes ? std::min<std::uint64_t>(m_left, static_cast<std::uint64_t>(got)) : 0;
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) {
                return cannot_read(m_name, errno);
            }
        }
    }

private:
    // A sparse file of 100 GB has its data in few places. False: none is left.
    bool next_data()
    {
        const off_t here = ::lseek(m_fd.get(), 0, SEEK_CUR);
        const off_t data = ::lseek(m_fd.get(), here, SEEK_DATA);
        if (data < 0) {
            return false;
        }
        const off_t hole = ::lseek(m_fd.get(), data, SEEK_HOLE);
        ::lseek(m_fd.get(), data, SEEK_SET);
        m_left = hole > data ? static_cast<std::uint64_t>(hole - data) : 0;
        return m_left > 0;
    }

    util::Fd m_fd;
    std::string m_name;
    bool m_holes;
    std::uint64_t m_left = 0; // before the next hole
    std::stop_token m_stop;
};

class TextSource final : public Source {
public:
    explicit TextSource(std::string text) : m_text(std::move(text)) {}
    Result<std::size_t> read(char* to, std::size_t most) override
    {
        const std::size_t size = std::min(most, m_text.size() - m_at);
        std::memcpy(to, m_text.data() + m_at, size);
        m_at += size;
        return size;
    }

private:
    std::string m_text;
    std::size_t m_at = 0;
};

// A pipe may stay silent for ever: it is asked again and again whether the run was stopped.
class PipeSource final : public Source {
public:
    PipeSource(int fd, std::stop_token stop) : m_fd(fd), m_stop(std::move(stop)) {}
    Result<std::size_t> read(char* to, std::size_t most) override
    {
        while (!m_stop.stop_requested()) {
            struct pollfd ready = {m_fd, POLLIN, 0};
            const int count = ::poll(&ready, 1, 50);
            if (count <= 0) {
                continue;
            }
            const ssize_t got = ::read(m_fd, to, most);
            if (got >= 0) {
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR && errno != EAGAIN) {
                return cannot_read("standard input", errno);
            }
        }
        return std::size_t{0}; // what came until then is judged
    }

private:
    int m_fd;
    std::stop_token m_stop;
};


struct OpenFile {
    util::Fd fd{};
    struct stat info = {};
};

Result<OpenFile> open_regular(const std::filesystem::path& file)
{
    OpenFile opened;
    opened.fd = util::Fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!opened.fd.open() || ::fstat(opened.fd.get(), &opened.info) != 0) {
        return cannot_read(file.native(), errno);
    }
    if (!S_ISREG(opened.info.st_mode)) {
        return failure(Code::unsupported, "'" + util::printable(file.native()) + "' is not a regular file",
                       "give a file, a directory, or - for standard input");
    }
    ::posix_fadvise(opened.fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    return opened;
}

bool sparse(const struct stat& info)
{
    return info.st_blocks * 512 + (1 << 20) < info.st_size;
}

std::string_view packing_of(std::string_view begin)
{
    if (begin.starts_with("\x1f\x8b")) {
        return "gzip";
    }
    if (begin.starts_with("\x28\xb5\x2f\xfd")) {
        return "zstd";
    }
    if (begin.starts_with("\xfd"
                          "7zXZ\0"sv)) {
        return "xz";
    }
    return begin.starts_with("BZh") && begin.size() > 4 && begin.substr(4).starts_with("1AY&SY") ? "bzip2" : "";
}

} // namespace

std::unique_ptr<Source> from_text(std::string text)
{
    return std::make_unique<TextSource>(std::move(text));
}

std::unique_ptr<Source> from_descriptor(int fd, const std::stop_token& stop)
{
    return std::make_unique<PipeSource>(fd, stop);
}

Result<std::unique_ptr<Source>> open_part(const std::filesystem::path& file, std::uint64_t offset, const std::stop_token& stop)
{
    HPCDOC_TRY_ASSIGN(OpenFile opened, open_regular(file));
    if (::lseek(opened.fd.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
        return cannot_read(file.native(), errno);
    }
    return std::make_unique<FileSource>(std::move(opened.fd), file.native(), false, stop);
}

Result<Opened> open_log(const std::filesystem::path& file, const std::stop_token& stop)
{
    HPCDOC_TRY_ASSIGN(OpenFile opened, open_regular(file));
    Opened log;
    log.size = static_cast<std::uint64_t>(opened.info.st_size);
    std::string begin(archive::k_sniffed, '\0');
    const ssize_t got = ::pread(opened.fd.get(), begin.data(), begin.size(), 0);
    if (got < 0) {
        return cannot_read(file.native(), errno);
    }
    begin.resize(static_cast<std::size_t>(got));
    log.packed = packing_of(begin);
    if (!log.packed.empty()) {
        HPCDOC_TRY_ASSIGN(log.source, unpacked(std::move(opened.fd), file.native(), stop));
        return log;
    }
    const bool holes = sparse(opened.info);
    log.binary = begin.starts_with("\x7f"
                                   "ELF") ||
                 archive::looks_packed(begin);
    auto plain = std::make_unique<FileSource>(std::move(opened.fd), file.native(), holes, stop);
    if (const auto order = utf16_of(begin)) {
        log.source = from_utf16(std::move(plain), *order);
        return log;
    }
    log.divisible = !holes;
    log.source = std::move(plain);
    return log;
}

} // namespace hpcdoc::logs

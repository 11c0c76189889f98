// SPDX-License-Identifier: Apache-2.0
#include "archive/spool.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

#include "util/strings.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::size_t k_in_memory = std::size_t{8} << 20;
constexpr std::size_t k_spool_block = std::size_t{256} << 10;

util::Fd unnamed_file(const std::string& directory)
{
    util::Fd fd(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!fd.open()) { // at once without a name again
        std::string name = directory + "/.hpcdoc-XXXXXX";
        fd = util::Fd(::mkostemp(name.data(), O_CLOEXEC));
        if (fd.open()) {
            ::unlink(name.c_str());
        }
    }
    return fd;
}

tl::unexpected<Error> no_room(const std::string& directory)
{
    return failure(Code::io,
                   "cannot keep a member of the archive in '" + util::printable(directory) +
                       "': " + util::errno_text(errno),
                   "name a file elsewhere with -o: room is needed beside it");
}

} // namespace

Result<void> Spool::write(std::string_view bytes)
{
    m_memory.append(bytes);
    m_size += bytes.size();
    return m_memory.size() < k_in_memory ? Result<void>{} : flush();
}

Result<void> Spool::flush()
{
    if (!m_fd.open()) {
        m_fd = util::above_stdio(unnamed_file(m_directory));
        if (!m_fd.open()) {
            return no_room(m_directory);
        }
    }
    for (std::string_view rest = m_memory; !rest.empty();) {
        const ssize_t count = ::write(m_fd.get(), rest.data(), rest.size());
        if (count < 0 && errno != EINTR) {
            return no_room(m_directory);
        }
        rest.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    m_memory.clear();
    return {};
}

Result<void> Spool::give(const std::function<Result<void>(std::string_view)>& out)
{
    if (!m_fd.open()) {
        return m_memory.empty() ? Result<void>{} : out(m_memory);
    }
    HPCDOC_TRY(flush());
    std::string block(k_spool_block, '\0');
    for (std::uint64_t at = 0; at < m_size;) {
        const ssize_t count = ::pread(m_fd.get(), block.data(), block.size(), static_cast<off_t>(at));
        if (count <= 0) {
            return no_room(m_directory);
        }
        HPCDOC_TRY(out(std::string_view(block).substr(0, static_cast<std::size_t>(count))));
        at += static_cast<std::uint64_t>(count);
    }
    return {};
}

} // namespace hpcdoc::archive

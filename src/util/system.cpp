// SPDX-License-Identifier: Apache-2.0
#include "util/system.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hpcdoc::util {

std::string errno_text(int error)
{
    std::string text = std::generic_category().message(error);
    if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && text[1] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
}

Fd& Fd::operator=(Fd&& other) noexcept
{
    if (this != &other) {
        reset();
        m_fd = other.release();
    }
    return *this;
}

int Fd::release()
{
    return std::exchange(m_fd, -1);
}

void Fd::reset()
{
    if (m_fd >= 0) {
        ::close(std::exchange(m_fd, -1)); // not again on EINTR: Linux has let go of it by then (close(2))
    }
}

Fd above_stdio(Fd fd)
{
    if (!fd.open() || fd.get() > 2) {
        return fd;
    }
    return Fd{::fcntl(fd.get(), F_DUPFD_CLOEXEC, 3)};
}

std::optional<Pipe> make_pipe()
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return std::nullopt;
    }
    Pipe pipe{above_stdio(Fd{ends[0]}), above_stdio(Fd{ends[1]})};
    if (!pipe.read.open() || !pipe.write.open()) {
        return std::nullopt;
    }
    return pipe;
}

void set_nonblocking(int fd)
{
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

void close_from(int first)
{
#ifdef SYS_close_range
    if (::syscall(SYS_close_range, static_cast<unsigned>(first), ~0u, 0u) == 0) {
        return;
    }
#endif
    // Linux < 5.9 (RHEL 8). A child stuck before its exec must not hold other children's pipes open.
    constexpr rlim_t k_most = 65'536;
    struct rlimit limit = {};
    const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < k_most;
    const int end = static_cast<int>(known ? limit.rlim_cur : k_most);
    for (int fd = first; fd < end; ++fd) {
        ::close(fd);
    }
}

void reset_signals()
{
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) {
        ::sigaction(signal, &action, nullptr); // refused for KILL and STOP, as it should be
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

} // namespace hpcdoc::util

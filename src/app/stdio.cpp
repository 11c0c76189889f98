// SPDX-License-Identifier: Apache-2.0
#include "app/stdio.hpp"

#include <cerrno>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::app {

namespace {

// A terminal or pipe in non-blocking mode (another program left it so) is full now, not for ever.
bool wait_for_room(int fd)
{
    struct pollfd wanted = {fd, POLLOUT, 0};
    return ::poll(&wanted, 1, 10'000) > 0;
}

} // namespace

void prepare_stdio()
{
    for (int fd = 0; fd <= 2; ++fd) {
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            // The lowest free number is `fd` itself.
            [[maybe_unused]] const int opened = ::open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY);
        }
    }
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, nullptr);
}

Result<void> write_all(int fd, std::string_view text)
{
    while (!text.empty()) {
        const ssize_t count = ::write(fd, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EPIPE) {
            return {};
        } else if (errno != EINTR && !((errno == EAGAIN || errno == EWOULDBLOCK) && wait_for_room(fd))) {
            return failure(Code::io, util::errno_text(errno));
        }
    }
    return {};
}

Result<void> write_output(std::string_view text, std::string_view what)
{
    if (const auto written = write_all(STDOUT_FILENO, text); !written) {
        return failure(Code::io, "cannot write " + std::string(what) + ": " + written.error().message);
    }
    return {};
}

void complain(std::string_view message, std::string_view hint)
{
    std::string text = "hpcdoc: " + util::printable(message, true) + "\n";
    if (!hint.empty()) {
        text += "  " + util::printable(hint, true) + "\n";
    }
    // There is nowhere left to say that stderr cannot be written.
    [[maybe_unused]] const auto written = write_all(STDERR_FILENO, text);
}

void complain(const Error& error)
{
    complain(describe(error), error.hint);
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <memory>

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include "host/look.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc {

namespace {

using Clock = std::chrono::steady_clock;

// Zero, or the errno of the attempt.
int connect_to(const addrinfo& address, Clock::time_point until)
{
    const util::Fd fd{
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol)};
    if (!fd.open()) {
        return errno;
    }
    if (::connect(fd.get(), address.ai_addr, address.ai_addrlen) == 0) {
        return 0;
    }
    if (errno != EINPROGRESS) {
        return errno;
    }
    while (true) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        struct pollfd ready = {fd.get(), POLLOUT, 0};
        const int count = left > 0 ? ::poll(&ready, 1, static_cast<int>(left)) : 0;
        if (count == 0) {
            return ETIMEDOUT;
        }
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        if (count > 0) {
            int error = 0;
            socklen_t size = sizeof error;
            return ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
        }
    }
}

} // namespace

Answer look_at_server(const Question& question)
{
    const auto start = Clock::now();
    const auto until = start + std::chrono::milliseconds{question.b};
    const std::string server = fmt::format("{}:{}", question.subject, question.a);
    addrinfo wanted = {};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int unknown = ::getaddrinfo(question.subject.c_str(), std::to_string(question.a).c_str(), &wanted, &found);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, [](addrinfo* list) {
        if (list != nullptr) {
            ::freeaddrinfo(list);
        }
    });
    if (unknown != 0) {
        return Error{Code::not_found,
                     fmt::format("cannot find the address of '{}': {}", util::printable(question.subject),
                                 util::to_lower(::gai_strerror(unknown))),
                     "",
                     {}};
    }
    int error = ETIMEDOUT;
    for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
        error = connect_to(*address, until);
        if (error == 0) {
            return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
        }
    }
    return system_error("connect to", server, error);
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "host/worker.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "exec/supervise.hpp"

namespace hpcdoc {

namespace {

using Clock = std::chrono::steady_clock;

std::string framed(const std::string& body)
{
    const std::uint64_t size = body.size();
    std::string frame(sizeof size, '\0');
    std::memcpy(frame.data(), &size, sizeof size);
    return frame + body;
}

bool read_all(int fd, char* bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = ::read(fd, bytes, size);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        bytes += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool write_all(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

constexpr std::uint64_t k_longest_question = 1u << 20;

[[noreturn]] void serve(int fd)
{
    while (true) {
        std::uint64_t size = 0;
        std::array<char, sizeof size> raw{};
        if (!read_all(fd, raw.data(), raw.size())) {
            ::_exit(0); // our parent has gone
        }
        std::memcpy(&size, raw.data(), sizeof size);
        std::string body(static_cast<std::size_t>(std::min(size, k_longest_question)), '\0');
        const bool complete = size <= k_longest_question && read_all(fd, body.data(), body.size());
        const std::optional<Question> question = complete ? decode_question(body) : std::nullopt;
        if (!question || !write_all(fd, framed(encode(look(*question))))) {
            ::_exit(1);
        }
    }
}

[[noreturn]] void become_worker(int fd)
{
    ::setsid(); // Ctrl-C is for us; we end it
    util::reset_signals();
    constexpr int k_socket = 3;
    const int null = ::open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        ::dup2(null, standard);
    }
    ::dup2(fd, k_socket);
    util::close_from(k_socket + 1);
    serve(k_socket);
}

} // namespace

std::optional<Worker> Worker::start()
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return std::nullopt;
    }
    util::Fd ours = util::above_stdio(util::Fd{ends[0]}), theirs = util::above_stdio(util::Fd{ends[1]});
    if (!ours.open() || !theirs.open()) {
        return std::nullopt;
    }
    sigset_t all, before; // no handler of ours may run in the worker
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) {
        become_worker(theirs.get());
    }
    const int error = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    errno = error;
    if (pid < 0) {
        return std::nullopt;
    }
    util::set_nonblocking(ours.get());
    return Worker(pid, std::move(ours));
}

Worker::Worker(Worker&& other) noexcept : m_pid(std::exchange(other.m_pid, -1)), m_socket(std::move(other.m_socket)) {}

Worker::~Worker()
{
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        abandon(m_pid);
        collect_abandoned();
    }
}

Worker::Outcome Worker::ask(const Question& question, Clock::time_point until, const std::stop_token& stop,
                            Answer& answer)
{
    const std::string frame = framed(encode(question));
    std::string_view unsent = frame;
    std::string reply;
    std::uint64_t wanted = sizeof(std::uint64_t); // then the whole frame
    std::array<char, 64 * 1024> buffer;
    while (reply.size() < wanted) {
        if (stop.stop_requested()) {
            return Outcome::stopped;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0) {
            return Outcome::stuck;
        }
        constexpr std::int64_t k_look_at_stop = 50; // milliseconds
        struct pollfd ready = {m_socket.get(), static_cast<short>(unsent.empty() ? POLLIN : POLLIN | POLLOUT), 0};
        if (::poll(&ready, 1,
                   static_cast<int>(stop.stop_possible() ? std::min(left, k_look_at_stop)
                                                         : std::min<std::int64_t>(left, 60'000))) <= 0) {
            continue;
        }
        if (!unsent.empty() && (ready.revents & POLLOUT) != 0) {
            const ssize_t sent = ::send(m_socket.get(), unsent.data(), unsent.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno != EAGAIN && errno != EINTR) {
                return Outcome::dead;
            }
            unsent.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
        }
        if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
            const ssize_t got = ::read(m_socket.get(), buffer.data(), buffer.size());
            if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
                return Outcome::dead;
            }
            reply.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
            if (reply.size() >= sizeof wanted && wanted == sizeof wanted) {
                std::memcpy(&wanted, reply.data(), sizeof wanted);
                wanted += sizeof wanted;
            }
        }
    }
    std::optional<Answer> decoded = decode_answer(std::string_view(reply).substr(sizeof wanted));
    if (!decoded) {
        return Outcome::dead;
    }
    answer = std::move(*decoded);
    return Outcome::answered;
}

} // namespace hpcdoc

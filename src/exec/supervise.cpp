// SPDX-License-Identifier: Apache-2.0
#include "exec/supervise.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <mutex>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hpcdoc {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using How = Completion::How;

constexpr auto k_terminate_grace = 1000ms; // from SIGTERM to SIGKILL
constexpr auto k_stopped_grace = 200ms;    // the same after Ctrl-C: a person is waiting
constexpr auto k_kill_grace = 500ms;       // from SIGKILL until we stop waiting
constexpr auto k_drain_grace = 200ms;      // for what a grandchild still writes after the child has exited
constexpr auto k_tick = 10ms;              // where the kernel has no pidfd (< 5.3)

std::mutex g_abandoned_mutex;
std::vector<pid_t> g_abandoned;

util::Fd open_pidfd(pid_t pid)
{
#ifdef SYS_pidfd_open
    return util::above_stdio(util::Fd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))});
#else
    static_cast<void>(pid);
    return {};
#endif
}

class Supervision {
public:
    Supervision(Child child, const Invocation& call, Clock::time_point deadline, const std::stop_token& stop)
        : m_child(std::move(child)), m_call(call), m_stop(stop), m_next(deadline), m_pidfd(open_pidfd(m_child.pid))
    {
        if (m_stop.stop_possible()) {
            m_wake = util::above_stdio(util::Fd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)});
        }
    }

    Ending finish();

private:
    enum class Phase { running, terminating, killing, draining, over };

    void advance(Clock::time_point now);
    void terminate(Clock::time_point now);
    void signal(int number) const;
    void notice_exit(Clock::time_point now);
    void collect();
    void wait_for_something();
    void feed();
    void read_status();
    void read_out();
    void read_err();
    bool keep_out(std::string_view bytes);
    int timeout(Clock::time_point now) const;

    Child m_child;
    const Invocation& m_call;
    std::stop_token m_stop;
    Phase m_phase = Phase::running;
    Clock::time_point m_next; // when the phase ends by itself
    util::Fd m_pidfd, m_wake{};
    bool m_ended_by_us = false;
    std::size_t m_fed = 0;
    Completion m_result{};
    std::optional<StartFailure> m_not_started{};
};

void Supervision::signal(int number) const
{
    // The child may not have come to its setsid() yet: then the group does not exist, and the child is all there is.
    if (::kill(-m_child.pid, number) != 0) {
        ::kill(m_child.pid, number);
    }
}

void Supervision::terminate(Clock::time_point now)
{
    m_ended_by_us = true;
    signal(SIGTERM);
    signal(SIGCONT); // a stopped child would not see it
    m_phase = Phase::terminating;
    m_next = now + (m_stop.stop_requested() ? k_stopped_grace : k_terminate_grace);
}

void Supervision::advance(Clock::time_point now)
{
    switch (m_phase) {
    case Phase::running:
        if (now >= m_next || m_stop.stop_requested()) {
            terminate(now);
        }
        break;
    case Phase::terminating:
        if (m_stop.stop_requested()) {
            m_next = std::min(m_next, now + k_stopped_grace);
        }
        if (now >= m_next) {
            signal(SIGKILL);
            m_phase = Phase::killing;
            m_next = now + k_kill_grace;
        }
        break;
    case Phase::killing:
        if (now >= m_next) {
            m_result.how = How::abandoned;
            m_phase = Phase::over;
            abandon(m_child.pid);
        }
        break;
    case Phase::draining:
        if (now >= m_next || (!m_child.out.open() && !m_child.err.open()) || m_stop.stop_requested()) {
            collect();
        }
        break;
    case Phase::over:
        break;
    }
}

// The child is left a zombie until its group has been dealt with: its number cannot be given to anybody else before.
void Supervision::notice_exit(Clock::time_point now)
{
    if (m_phase == Phase::draining || m_phase == Phase::over) {
        return;
    }
    siginfo_t info = {};
    const int answer = ::waitid(P_PID, static_cast<id_t>(m_child.pid), &info, WEXITED | WNOHANG | WNOWAIT);
    const bool gone = answer != 0 && errno == ECHILD; // somebody else has collected it: its status is lost
    if (!gone && (answer != 0 || info.si_pid == 0)) {
        return;
    }
    if (m_ended_by_us) {
        signal(SIGKILL); // what it leaves behind must not outlive it
    }
    m_phase = Phase::draining;
    m_next = now + k_drain_grace;
}

void Supervision::collect()
{
    ::kill(-m_child.pid, SIGKILL);
    int status = 0;
    m_result.how = How::exited;
    if (::waitpid(m_child.pid, &status, WNOHANG) == m_child.pid) {
        m_result.how = WIFSIGNALED(status) ? How::signalled : How::exited;
        m_result.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }
    const bool stopped = m_stop.stop_requested() && m_result.how == How::signalled;
    if (m_ended_by_us && !stopped) {
        m_result.how = How::timed_out;
    }
    m_phase = Phase::over;
}

int Supervision::timeout(Clock::time_point now) const
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_next - now);
    const auto most = m_pidfd.open() ? std::chrono::milliseconds{60'000} : k_tick;
    return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, most).count());
}

void Supervision::wait_for_something()
{
    struct Watched {
        int fd;
        short events;
        void (Supervision::*act)();
    };
    const std::array<Watched, 6> watched{{{m_child.out.get(), POLLIN, &Supervision::read_out},
                                          {m_child.err.get(), POLLIN, &Supervision::read_err},
                                          {m_child.status.get(), POLLIN, &Supervision::read_status},
                                          {m_child.in.get(), POLLOUT, &Supervision::feed},
                                          {m_phase == Phase::draining ? -1 : m_pidfd.get(), POLLIN, nullptr},
                                          {m_stop.stop_requested() ? -1 : m_wake.get(), POLLIN, nullptr}}};
    std::array<struct pollfd, watched.size()> fds{};
    for (std::size_t i = 0; i < watched.size(); ++i) {
        fds[i] = {watched[i].fd, watched[i].events, 0};
    }
    if (::poll(fds.data(), fds.size(), timeout(Clock::now())) <= 0) {
        return; // time, or a signal of the caller's: advance() looks at the clock
    }
    for (std::size_t i = 0; i < watched.size(); ++i) {
        if (fds[i].revents != 0 && watched[i].act != nullptr) {
            (this->*watched[i].act)();
        }
    }
}

void Supervision::feed()
{
    // A child that does not read gives EPIPE and a SIGPIPE, which is blocked and taken here: nobody else sees it, and
    // the caller's disposition stays as it is.
    sigset_t pipe_signal, before, pending;
    ::sigemptyset(&pipe_signal);
    ::sigaddset(&pipe_signal, SIGPIPE);
    ::sigpending(&pending);
    const bool was_pending = ::sigismember(&pending, SIGPIPE) == 1;
    ::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    const ssize_t count = ::write(m_child.in.get(), m_call.input.data() + m_fed, m_call.input.size() - m_fed);
    const int error = count < 0 ? errno : 0;
    if (error == EPIPE && !was_pending) {
        const struct timespec now = {0, 0};
        while (::sigtimedwait(&pipe_signal, nullptr, &now) < 0 && errno == EINTR) {
        }
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    m_fed += count > 0 ? static_cast<std::size_t>(count) : 0;
    if (m_fed == m_call.input.size() || (error != 0 && error != EAGAIN && error != EINTR)) {
        m_child.in.reset();
    }
}

void Supervision::read_status()
{
    std::array<char, sizeof(StartFailure)> bytes{};
    const ssize_t count = ::read(m_child.status.get(), bytes.data(), bytes.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count == static_cast<ssize_t>(bytes.size())) {
        StartFailure failure;
        std::memcpy(&failure, bytes.data(), sizeof failure);
        failure.first_line[sizeof failure.first_line - 1] = '\0';
        m_not_started = failure;
    }
    m_child.status.reset();
}

// Reads a part of what is there: the other pipe, the clock and Ctrl-C must get their turn during a flood.
void drain(util::Fd& fd, const std::function<bool(std::string_view)>& take)
{
    std::array<char, 64 * 1024> buffer; // not cleared: it is read into at once
    for (int i = 0; i < 16; ++i) {
        const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
            return;
        }
        if (count <= 0 || !take(std::string_view(buffer.data(), static_cast<std::size_t>(count)))) {
            fd.reset();
            return;
        }
    }
}

void keep(std::string& kept, std::uint64_t& total, std::size_t cap, std::string_view bytes)
{
    total += bytes.size();
    if (kept.size() < cap) {
        kept += bytes.substr(0, cap - kept.size());
    }
}

bool Supervision::keep_out(std::string_view bytes)
{
    if (m_call.out == nullptr) {
        keep(m_result.out, m_result.out_total, m_call.out_cap, bytes);
        return true;
    }
    m_result.out_total += bytes.size();
    return m_call.out->write(bytes);
}

void Supervision::read_out()
{
    bool enough = false;
    drain(m_child.out, [&](std::string_view bytes) {
        enough = !keep_out(bytes);
        return !enough;
    });
    if (enough && m_phase == Phase::running) {
        signal(SIGTERM);
        m_next = std::min(m_next, Clock::now() + k_terminate_grace); // if it ignores that: as after the deadline
    }
}

void Supervision::read_err()
{
    drain(m_child.err, [&](std::string_view bytes) {
        keep(m_result.err, m_result.err_total, m_call.err_cap, bytes);
        return true;
    });
}

Ending Supervision::finish()
{
    const std::stop_callback wake(m_stop, [this] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t count = ::write(m_wake.get(), &one, sizeof one);
    });
    while (true) {
        const auto now = Clock::now();
        notice_exit(now);
        advance(now);
        if (m_phase == Phase::over) {
            break;
        }
        wait_for_something();
    }
    return {std::move(m_result), m_not_started};
}

} // namespace

Ending supervise(Child child, const Invocation& call, Clock::time_point deadline, const std::stop_token& stop)
{
    return Supervision(std::move(child), call, deadline, stop).finish();
}

void abandon(pid_t pid)
{
    const std::lock_guard lock(g_abandoned_mutex);
    g_abandoned.push_back(pid);
}

void collect_abandoned()
{
    const std::lock_guard lock(g_abandoned_mutex);
    std::erase_if(g_abandoned, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "app/watch.hpp"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>
#include <string>

#include <poll.h>
#include <unistd.h>

#include <hpcdoc/report.hpp>

#include "app/stdio.hpp"
#include "util/units.hpp"

namespace hpcdoc::app {

namespace {

// What a signal handler can reach: the pipe that wakes the watch, and how often we were asked to end.
std::atomic<int> g_wake = -1;
std::atomic<int> g_asked = 0;
std::atomic<Stopped> g_stopped = Stopped::no;

constexpr char k_signal = 's';
constexpr char k_done = 'd';

// SIGXCPU: the limit on CPU time (ulimit -t) will end us soon.
constexpr int k_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};

void on_signal(int /*number*/)
{
    const int saved = errno;
    const int fd = g_wake.load();
    if (g_asked.fetch_add(1) > 0 || fd < 0) {
        ::_exit(static_cast<int>(Exit::interrupted)); // children die with us: spawn sets their parent-death signal
    }
    [[maybe_unused]] const ssize_t count = ::write(fd, &k_signal, 1);
    errno = saved;
}

void handle_signals()
{
    struct sigaction action = {};
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : k_signals) {
        struct sigaction before = {};
        ::sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN) { // nohup, or a shell's background job: stays ignored
            ::sigaction(number, &action, nullptr);
        }
    }
}

} // namespace

Watch::Watch(Limits limits) : m_limits(limits)
{
    std::optional<util::Pipe> pipe = util::make_pipe();
    if (!pipe) {
        return; // without a pipe the default actions of the signals still end us
    }
    m_pipe = std::move(*pipe);
    g_wake = m_pipe.write.get();
    g_stopped = Stopped::no;
    handle_signals();
    m_thread = std::thread([this] { watch(); });
}

Watch::~Watch()
{
    if (!m_thread.joinable()) {
        return;
    }
    [[maybe_unused]] const ssize_t count = ::write(m_pipe.write.get(), &k_done, 1);
    m_thread.join();
    g_wake = -1;
}

Stopped Watch::stopped() const
{
    return g_stopped.load();
}

void Watch::watch()
{
    // Signals are for the main thread: a handler running here could find the pipe half used.
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, nullptr);
    char byte = k_signal;
    if (!in_time()) {
        g_stopped = Stopped::deadline;
    } else if (::read(m_pipe.read.get(), &byte, 1) == 1 && byte == k_done) {
        return;
    } else {
        g_stopped = Stopped::interrupted;
    }
    m_stop.request_stop();
    const auto end = std::chrono::steady_clock::now() + m_limits.grace;
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (left.count() <= 0 || !wait(left, false)) {
            give_up();
        }
        if (::read(m_pipe.read.get(), &byte, 1) == 1 && byte == k_done) {
            return;
        }
    }
}

void Watch::pause()
{
    m_paused_at = std::chrono::steady_clock::now();
    m_paused = true;
}

void Watch::resume()
{
    const auto waited = std::chrono::steady_clock::now() - m_paused_at;
    m_added += std::chrono::ceil<std::chrono::milliseconds>(waited).count(); // before: the watch looks at it after
    m_paused = false;
}

bool Watch::in_time()
{
    constexpr std::chrono::milliseconds k_look{200};
    bool woken = wait(m_limits.deadline, m_limits.deadline.count() == 0);
    while (!woken) {
        const bool paused = m_paused;
        const std::chrono::milliseconds more(paused ? 0 : m_added.exchange(0));
        if (!paused && more.count() <= 0) {
            return false;
        }
        woken = wait(paused ? k_look : more, false);
    }
    return true;
}

bool Watch::wait(std::chrono::milliseconds limit, bool forever)
{
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        if (!forever && left.count() <= 0) {
            return false;
        }
        struct pollfd wanted = {m_pipe.read.get(), POLLIN, 0};
        const int ready = ::poll(&wanted, 1, forever ? -1 : static_cast<int>(left.count()));
        if (ready > 0) {
            return true;
        }
    }
}

void Watch::give_up() const
{
    if (m_limits.silent) {
        ::_exit(0);
    }
    const bool late = stopped() == Stopped::deadline;
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(m_limits.deadline);
    const std::string limit = whole.count() > 0 ? util::human_time(whole) : std::to_string(m_limits.deadline.count()) + " ms";
    complain("gave up: " + std::string(m_limits.doing) +
                 (late ? " took longer than " + limit : " did not end after the interruption"),
             "a file system or a server that hangs is the usual cause");
    ::_exit(static_cast<int>(late ? Exit::incomplete : Exit::interrupted));
}

} // namespace hpcdoc::app

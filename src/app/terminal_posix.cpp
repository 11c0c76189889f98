// SPDX-License-Identifier: Apache-2.0
#include "app/terminal_posix.hpp"

#include <cerrno>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "app/stdio.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

constexpr std::string_view k_clear_line = "\r\033[K";

void put(const std::string& text)
{
    [[maybe_unused]] const auto written = write_all(STDERR_FILENO, text);
}

} // namespace

TerminalPosix::TerminalPosix(const Screen& screen, bool quiet, Watch& watch)
    : m_shows(screen.err_is_terminal && !screen.dumb && !quiet),
      m_interactive(screen.in_is_terminal && screen.err_is_terminal), m_unicode(screen.utf8),
      m_width(screen.columns > 1 ? screen.columns - 1 : 79), m_watch(watch), m_stop(watch.token())
{
}

TerminalPosix::~TerminalPosix()
{
    progress("");
}

void TerminalPosix::progress(std::string_view doing)
{
    const std::lock_guard lock(m_mutex);
    if (!m_shows || (doing.empty() && !m_line_is_used)) {
        return;
    }
    put(std::string(k_clear_line) + util::shorten(util::printable(doing), m_width, m_unicode));
    m_line_is_used = !doing.empty();
}

bool TerminalPosix::confirm(std::string_view question)
{
    const auto answer = ask(std::string(question) + " [y/N]");
    return answer && (util::equal_ignoring_case(*answer, "y") || util::equal_ignoring_case(*answer, "yes"));
}

std::optional<std::string> TerminalPosix::ask(std::string_view question)
{
    if (!m_interactive) {
        return std::nullopt;
    }
    progress("");
    put(util::printable(question) + " ");
    m_watch.pause();
    std::optional<std::string> line = read_line();
    m_watch.resume();
    return line;
}

std::optional<std::string> TerminalPosix::read_line() const
{
    std::string line;
    while (!m_stop.stop_requested() && line.size() < 4096) {
        struct pollfd wanted = {STDIN_FILENO, POLLIN, 0};
        if (::poll(&wanted, 1, 200) <= 0) { // a look at m_stop now and then: Ctrl-C ends the question
            continue;
        }
        char byte = '\0';
        const ssize_t count = ::read(STDIN_FILENO, &byte, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return std::nullopt;
        }
        if (byte == '\n') {
            return std::string(util::trim(line));
        }
        line += byte;
    }
    return std::nullopt;
}

} // namespace hpcdoc::app

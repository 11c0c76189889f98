// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

#include <hpcdoc/explain.hpp>

#include "util/system.hpp"

namespace hpcdoc {

namespace {

// Keeps the first and the last bytes of a stream; what lies between is counted and let go.
class TwoEnds {
public:
    TwoEnds(std::size_t head, std::size_t tail) : m_head_cap(head), m_tail_cap(tail) {}

    void take(std::string_view bytes)
    {
        m_text.total += bytes.size();
        const std::size_t room = m_head_cap - std::min(m_head_cap, m_text.head.size());
        const std::size_t first = std::min(room, bytes.size());
        m_text.head.append(bytes.substr(0, first));
        m_text.tail.append(bytes.substr(first));
        if (m_text.tail.size() > 2 * m_tail_cap) {
            drop(m_text.tail.size() - m_tail_cap);
        }
    }

    PipedText finish(PipedText::End end)
    {
        if (m_text.tail.size() > m_tail_cap) {
            drop(m_text.tail.size() - m_tail_cap);
        }
        if (!m_dropped) {
            m_text.head += m_text.tail;
            m_text.tail.clear();
        } else {
            m_text.lines_before_tail = m_lines + count(m_text.head);
            // The tail begins within a line.
            const std::size_t line_end = m_text.tail.find('\n');
            if (line_end != std::string::npos && line_end < 65536) {
                m_text.tail.erase(0, line_end + 1);
                ++m_text.lines_before_tail;
            }
        }
        m_text.end = end;
        return std::move(m_text);
    }

private:
    static std::uint64_t count(std::string_view text) { return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')); }

    void drop(std::size_t bytes)
    {
        m_lines += count(std::string_view(m_text.tail).substr(0, bytes));
        m_text.tail.erase(0, bytes);
        m_dropped = true;
    }

    std::size_t m_head_cap, m_tail_cap;
    PipedText m_text{};
    std::uint64_t m_lines = 0;
    bool m_dropped = false;
};

class StandardInput final : public TextInput {
public:
    bool from_person() const override { return ::isatty(STDIN_FILENO) == 1; }

    Result<PipedText> read(const Limits& limits) override
    {
        TwoEnds ends(limits.head, limits.tail);
        std::string buffer(65536, '\0');
        std::uint64_t total = 0;
        while (true) {
            if (limits.stop.stop_requested()) {
                return ends.finish(std::chrono::steady_clock::now() >= limits.until ? PipedText::End::time_over : PipedText::End::interrupted);
            }
            if (std::chrono::steady_clock::now() >= limits.until) {
                return ends.finish(PipedText::End::time_over);
            }
            if (total >= limits.most) {
                return ends.finish(PipedText::End::too_much);
            }
            struct pollfd wanted = {STDIN_FILENO, POLLIN, 0};
            if (::poll(&wanted, 1, 100) == 0) { // a look at the clock now and then
                continue;
            }
            const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            if (got == 0) {
                return ends.finish(PipedText::End::reached);
            }
            if (got < 0 && errno != EINTR && errno != EAGAIN) {
                return failure(Code::io, "cannot read standard input: " + util::errno_text(errno));
            }
            if (got > 0) {
                ends.take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
                total += static_cast<std::uint64_t>(got);
            }
        }
    }
};

} // namespace

TextInput& standard_input()
{
    static StandardInput k_input;
    return k_input;
}

} // namespace hpcdoc

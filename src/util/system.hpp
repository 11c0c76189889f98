// SPDX-License-Identifier: Apache-2.0
// Small things of POSIX that both doors need.
#pragma once

#include <optional>
#include <string>

namespace hpcdoc::util {

// "permission denied": the system's words for an errno, as they stand in a message.
std::string errno_text(int error);

class Fd { // owns a descriptor
public:
    Fd() = default;
    explicit Fd(int fd) : m_fd(fd) {}
    ~Fd() { reset(); }
    Fd(Fd&& other) noexcept : m_fd(other.release()) {}
    Fd& operator=(Fd&& other) noexcept;
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;

    int get() const { return m_fd; }
    bool open() const { return m_fd >= 0; }
    int release();
    void reset();

private:
    int m_fd = -1;
};

struct Pipe {
    Fd read{}, write{};
};

// Close-on-exec, and both ends above 2 even if the caller's own 0, 1 or 2 is closed. Nothing: errno says why.
std::optional<Pipe> make_pipe();
// The descriptor itself or, if it is 0, 1 or 2, a copy above. Close-on-exec.
Fd above_stdio(Fd fd);
void set_nonblocking(int fd);

// For a new child, between fork and its work: async-signal-safe.
void close_from(int first);
void reset_signals();

} // namespace hpcdoc::util

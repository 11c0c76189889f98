// SPDX-License-Identifier: Apache-2.0
// A process of our own that asks the system in our place. If it gets stuck on a dead mount or a dead directory server
// it is killed and forgotten; we never were.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include <sys/types.h>

#include "host/look.hpp"
#include "util/system.hpp"

namespace hpcdoc {

// Forked, not executed: it is there in half a millisecond and needs no second binary. It is forked from a process that
// may have threads, so it could inherit a lock held for good (in a name service module, say); that is one more way to
// be stuck, and ends the same way. It holds no descriptor of ours: not a pipe to a pager, and not another worker's end,
// so that each worker sees our end close and leaves when we do.
class Worker {
public:
    enum class Outcome { answered, stuck, dead, stopped };

    static std::optional<Worker> start(); // nothing: errno
    Worker(Worker&& other) noexcept;
    Worker& operator=(Worker&&) = delete;
    ~Worker(); // kills it; never waits

    Outcome ask(const Question& question, std::chrono::steady_clock::time_point until, const std::stop_token& stop,
                Answer& answer);

private:
    Worker(pid_t pid, util::Fd socket) : m_pid(pid), m_socket(std::move(socket)) {}

    pid_t m_pid;
    util::Fd m_socket;
};

} // namespace hpcdoc

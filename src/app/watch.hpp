// SPDX-License-Identifier: Apache-2.0
// Ends a run in time: on SIGINT, SIGTERM, SIGHUP, SIGXCPU or when the deadline has passed, stop is requested; a run that does
// not heed it is ended all the same.
#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>
#include <string_view>
#include <thread>

#include "util/system.hpp"

namespace hpcdoc::app {

enum class Stopped { no, interrupted, deadline };

class Watch {
public:
    struct Limits {
        std::chrono::milliseconds deadline{0};  // 0: none
        std::chrono::milliseconds grace{5'000}; // after stop was requested
        std::string_view doing = "the run";     // for the message, should it have to be ended
        bool silent = false;                    // ends without a word, with status 0
    };

    explicit Watch(Limits limits);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    Stopped stopped() const;
    // While a person is asked, no time passes.
    void pause();
    void resume();

private:
    void watch();
    bool in_time(); // until a byte comes; false: the deadline has passed
    bool wait(std::chrono::milliseconds limit, bool forever); // false: the time is over; a byte came otherwise
    [[noreturn]] void give_up() const;

    Limits m_limits;
    std::stop_source m_stop{};
    std::atomic<bool> m_paused = false;
    std::atomic<std::chrono::milliseconds::rep> m_added = 0; // to the deadline
    std::chrono::steady_clock::time_point m_paused_at{};
    util::Pipe m_pipe{};
    std::thread m_thread{};
};

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// How many calls one backend gets at once.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace hpcdoc {

class Lanes {
public:
    using Clock = std::chrono::steady_clock;

    // A place in a lane, given back when it goes out of scope.
    class Place {
    public:
        Place(Lanes& lanes, std::string name) : m_lanes(&lanes), m_name(std::move(name)) {}
        Place(Place&& other) noexcept;
        Place& operator=(Place&&) = delete;
        ~Place();

    private:
        Lanes* m_lanes;
        std::string m_name;
    };

    // Waits for a place. Nothing when stopped, or when `until` passed.
    std::optional<Place> enter(const std::string& name, const std::stop_token& stop,
                               std::optional<Clock::time_point> until);

    static std::size_t width(std::string_view name); // "local" 8, every other backend 1

private:
    void leave(const std::string& name);

    std::mutex m_mutex{};
    std::condition_variable_any m_changed{};
    std::map<std::string, std::size_t> m_busy{};
};

} // namespace hpcdoc

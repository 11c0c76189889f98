// SPDX-License-Identifier: Apache-2.0
#include "exec/lanes.hpp"

#include <utility>

namespace hpcdoc {

Lanes::Place::Place(Place&& other) noexcept
    : m_lanes(std::exchange(other.m_lanes, nullptr)), m_name(std::move(other.m_name))
{
}

Lanes::Place::~Place()
{
    if (m_lanes != nullptr) {
        m_lanes->leave(m_name);
    }
}

std::size_t Lanes::width(std::string_view name)
{
    constexpr std::size_t k_local = 8;
    return name == "local" ? k_local : 1;
}

std::optional<Lanes::Place> Lanes::enter(const std::string& name, const std::stop_token& stop,
                                         std::optional<Clock::time_point> until)
{
    std::unique_lock lock(m_mutex);
    const auto free = [&] { return m_busy[name] < width(name); };
    const bool entered = until ? m_changed.wait_until(lock, stop, *until, free) : m_changed.wait(lock, stop, free);
    if (!entered || stop.stop_requested()) {
        return std::nullopt;
    }
    ++m_busy[name];
    return Place(*this, name);
}

void Lanes::leave(const std::string& name)
{
    {
        const std::lock_guard lock(m_mutex);
        --m_busy[name];
    }
    m_changed.notify_all();
}

} // namespace hpcdoc

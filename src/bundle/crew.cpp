// SPDX-License-Identifier: Apache-2.0
#include "bundle/crew.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include <hpcdoc/terminal.hpp>

#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds k_tick{500};

class Crew {
public:
    Crew(std::span<const std::string> names, Clock::time_point until, const std::stop_token& stop,
         std::size_t workers, const std::function<void(std::size_t)>& work)
        : m_names(names), m_until(until), m_stop(stop), m_workers(std::min(workers, names.size())), m_work(work)
    {
    }

    std::vector<std::size_t> go(Terminal& terminal)
    {
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < m_workers; ++i) {
                threads.emplace_back([this] { serve(); });
            }
            watch(terminal);
        }
        std::vector<std::size_t> left;
        for (std::size_t i = m_next; i < m_names.size(); ++i) {
            left.push_back(i);
        }
        return left;
    }

private:
    void serve()
    {
        std::unique_lock lock(m_mutex);

        while (m_next < m_names.size() && !m_stop.stop_requested() && Clock::now() < m_until) {
            const std::size_t index = m_next++;
            m_busy.emplace(index, Clock::now());
            lock.unlock();
            m_work(index);
            lock.lock();
            m_busy.erase(index);
            ++m_done;
        }
        m_left = ++m_gone == m_workers;
        m_changed.notify_all();
    }

    // Tells of the one that has been at it longest.
    void watch(Terminal& terminal)
    {
        std::unique_lock lock(m_mutex);
        while (!m_left && !m_names.empty()) {
            if (!m_busy.empty() && terminal.interactive()) {
                const auto oldest = std::min_element(m_busy.begin(), m_busy.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
                const auto took = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - oldest->second);
                terminal.progress(fmt::format("{}/{} {}{}", m_done, m_names.size(), util::shorten(util::printable(m_names[oldest->first]), 56),
                                              took.count() > 0 ? fmt::format(" · {} s", took.count()) : ""));
            }
            m_changed.wait_for(lock, k_tick);
        }
    }

    std::span<const std::string> m_names;
    Clock::time_point m_until;
    const std::stop_token& m_stop;
    std::size_t m_workers;
    const std::function<void(std::size_t)>& m_work;
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::map<std::size_t, Clock::time_point> m_busy{};
    std::size_t m_next = 0, m_done = 0, m_gone = 0;
    bool m_left = false;
};

} // namespace

std::vector<std::size_t> work_through(std::span<const std::string> names, Clock::time_point until,
                                      const std::stop_token& stop, Terminal& terminal,
                                      std::size_t workers, const std::function<void(std::size_t)>& work)
{
    return Crew(names, until, stop, workers, work).go(terminal);
}

} // namespace hpcdoc::bundle

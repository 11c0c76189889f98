// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace hpcdoc {
class Terminal;
}

namespace hpcdoc::bundle {

// Does all pieces of work, several at once, telling what takes how long; none is begun after `until` or once stop is
// requested. Returns those that were not begun. `work` is called from several threads and must end by itself in time;
// with one worker all is done in order, as a recording needs it: the same questions give the same bundle.
std::vector<std::size_t> work_through(std::span<const std::string> names, std::chrono::steady_clock::time_point until,
                                      const std::stop_token& stop, Terminal& terminal,
                                      std::size_t workers, const std::function<void(std::size_t index)>& work);

// Most of what a bundle asks waits and does not compute; lanes hold back what would disturb a service.
constexpr std::size_t k_workers = 12;

} // namespace hpcdoc::bundle

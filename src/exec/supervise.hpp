// SPDX-License-Identifier: Apache-2.0
// Looks after a running child until it has ended, or until we have stopped waiting for it.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include <hpcdoc/runner.hpp>

#include "exec/spawn.hpp"

namespace hpcdoc {

struct Ending {
    Completion completion{}; // without the time it took and the text of a failed start
    std::optional<StartFailure> not_started{};
};

Ending supervise(Child child, const Invocation& call, std::chrono::steady_clock::time_point deadline,
                 const std::stop_token& stop);

// A child that was killed and is not waited for, because it may be stuck in the kernel.
void abandon(pid_t pid);
// Collects abandoned children that have died since. Never waits.
void collect_abandoned();

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// Which of all events is the root cause.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

#include "logs/scanner.hpp"

namespace hpcdoc::logs {

// One log with what was found in it.
struct Log {
    std::string name{};                     // as shown
    std::optional<std::int64_t> rank{};     // by its name
    std::chrono::sys_seconds written{};     // mtime
    std::uint64_t size = 0;
    Scan scan{};
};

struct Suspect {
    std::size_t log = 0;   // index
    std::size_t event = 0; // index in its scan
    const rules::Rule* rule = nullptr;
    std::uint32_t priority = 0;
    bool recovered = false; // the work went on after it
    std::size_t attempt = 0; // of several runs in one log, 0 the last
};

// All events, the root cause first.
Result<std::vector<Suspect>> judge(const rules::Topic& topic, const std::vector<Log>& logs);

std::optional<std::int64_t> rank_of(const Log& log, const Event& event);
bool is_error(const rules::Rule& rule);

} // namespace hpcdoc::logs

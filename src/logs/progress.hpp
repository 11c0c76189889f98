// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "logs/scanner.hpp"

namespace hpcdoc::logs {

// What the last lines of a log say of the work: its steps, by line.
class Progress {
public:
    explicit Progress(const Scan& scan);
    // Several steps were made after this line: what it says did not stop the work.
    bool went_on_after(std::uint64_t line) const;

private:
    struct Step {
        std::uint64_t line = 0;
        std::uint64_t number = 0;
    };
    std::vector<Step> m_steps{};
};

} // namespace hpcdoc::logs

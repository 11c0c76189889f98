// SPDX-License-Identifier: Apache-2.0
// Where no rule knows a line: the lines least like the others, near the end.
#pragma once

#include <string>
#include <vector>

#include "logs/judge.hpp"

namespace hpcdoc::logs {

struct Unusual {
    std::size_t log = 0;
    std::uint64_t line = 0;
    std::string text{};
    bool trouble = false; // has a word such as "cannot"
};

// At most `most`, the likeliest to tell something first.
std::vector<Unusual> unusual_lines(const std::vector<Log>& logs, std::size_t most);

} // namespace hpcdoc::logs

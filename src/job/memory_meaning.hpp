// SPDX-License-Identifier: Apache-2.0
// What MaxRSS means on a cluster: share/hpcdoc/slurm/memory.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::job {

struct MemoryMeaning {
    std::string type{}, cgroup{};
    int since = 0, until = 0; // 2405 for 24.05; 0: open
    bool cached = false;      // the page cache counts
    std::string text{};
};

class MemoryMeanings {
public:
    static Result<MemoryMeanings> parse(std::string_view toml, std::string_view source);
    // `version` as Slurm prints it: "22.05.8". Null when nothing fits.
    const MemoryMeaning* find(std::string_view type, std::string_view cgroup, std::string_view version) const;

private:
    std::vector<MemoryMeaning> m_entries{};
};

} // namespace hpcdoc::job

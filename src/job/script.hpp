// SPDX-License-Identifier: Apache-2.0
// What a job script says of itself, as far as a look at its lines tells. Never a judgement: the rules judge.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::job {

struct ScriptLine {
    std::uint64_t line = 0; // 1-based
    std::string text{};
};

struct ScriptFacts {
    std::optional<ScriptLine> buffered_python{}; // python without -u, and no PYTHONUNBUFFERED before it
    std::optional<ScriptLine> redirect{};        // the first command whose output goes to a file
    std::string redirect_target{};
    std::optional<ScriptLine> threads{}; // OMP_NUM_THREADS (or MKL_, OPENBLAS_) set to a number
    std::uint64_t thread_count = 0;
    bool launches = false;                // srun, mpirun, mpiexec, torchrun … anywhere
    std::vector<ScriptLine> directives{}; // #SBATCH lines that sbatch reads (before the first command)

    // The directive that sets this option ("--mem", "--time"), short forms too.
    const ScriptLine* directive(std::string_view option) const;
};

ScriptFacts read_script(std::string_view text);

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
// The "%" patterns of --output, --error and --input (sbatch(1), FILENAME PATTERN), expanded as slurmstepd does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/tools/slurm/record.hpp>

namespace hpcdoc::slurm {

// The path for the batch script of this job. A "\" anywhere turns all replacement off and is removed; "%5j" pads with
// zeros; an unknown letter is left. `unsure` tells when a part could not be known (%N without a node list).
struct ExpandedPath {
    std::string path{};
    bool unsure = false;
};
ExpandedPath expand_filename(std::string_view pattern, const Job& job);

// Where the job's standard output and error may be, likeliest first: what Slurm says, its own mistakes corrected
// (slurm-23_4294967294.out), the defaults slurm-%j.out and slurm-%A_%a.out in the working directory.
struct LogPaths {
    std::vector<std::string> output{}, error{}; // `error` empty: same file as output
};
LogPaths log_paths(const Job& job);

} // namespace hpcdoc::slurm

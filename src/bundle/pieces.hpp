// SPDX-License-Identifier: Apache-2.0
// The texts of a bundle that can be compared with those of another one.
#pragma once

#include <map>
#include <string>

#include "bundle/noise.hpp"
#include "bundle/opened.hpp"

namespace hpcdoc::bundle {

struct Piece {
    std::string about{}; // "sacct -j JOB", "/etc/os-release", "Mounts"
    std::string text{};
    bool counts = false; // its numbers say nothing
};

// By a key that is the same in both: the id of an item, a command line, a path; the bundle's own job is called JOB.
std::map<std::string, Piece> pieces_of(const Opened& opened, const Noise& noise);

// The bundle's own job, of which there is one: its id is no difference.
std::string with_job_masked(const Opened& opened, std::string text);

} // namespace hpcdoc::bundle

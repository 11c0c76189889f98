// SPDX-License-Identifier: Apache-2.0
// fork and exec. All that touches a file is done in the child: a program on a dead mount hangs the child, not us.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include <sys/types.h>

#include "util/system.hpp"

namespace hpcdoc {

struct Program {
    std::vector<std::string> paths{}; // tried in this order; the first that is a program is run
    std::vector<std::string> argv{}, environment{};
    std::string cwd{}; // empty: ours
};

// What a child says when it could not become the program. It goes through a pipe in one write.
struct StartFailure {
    enum class Stage : int { directory, program, interpreter };
    Stage stage = Stage::program;
    int error = 0;
    unsigned path = 0;         // which of Program::paths
    char first_line[256] = {}; // interpreter: how the script begins
};
static_assert(std::is_trivially_copyable_v<StartFailure>);

struct Child {
    pid_t pid = -1;                        // also its session and process group
    util::Fd in{}, out{}, err{}, status{}; // our ends, non-blocking; `status` ends when the program runs
};

// Nothing: no process or no descriptors left; errno says why.
std::optional<Child> spawn(const Program& program, bool with_input);

// For a person: "'/x/sacct' cannot be executed: permission denied".
std::string describe(const StartFailure& failure, const Program& program);

} // namespace hpcdoc

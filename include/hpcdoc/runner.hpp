// SPDX-License-Identifier: Apache-2.0
// The first of the two doors to the outside: run a program. See host.hpp for the other.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc {

enum class Effect {
    reads,            // looks only
    writes_own_files, // writes files of hpcdoc's own (a report, a bundle)
    changes_system,   // refused by every runner unless a plan is being applied
};

// Names let through from our own environment, and values set. Nothing else reaches a child.
struct EnvPolicy {
    std::vector<std::string> keep{};
    std::map<std::string, std::string> set{};

    // HOME, USER, LOGNAME, KRB5CCNAME, SLURM_CONF, SLURM_JWT, TZ … kept; PATH, LC_ALL=C.UTF-8,
    // SLURM_TIME_FORMAT=standard, SLURM_BITSTR_LEN=65536 set. No SQUEUE_*, SACCT_*, SLURM_CLUSTERS.
    static EnvPolicy scrubbed();
};

// Takes a child's standard output as it comes.
class Sink {
public:
    virtual ~Sink() = default;
    virtual bool write(std::string_view bytes) = 0; // false: enough, stop reading
};

// One call. argv only: there is no shell line anywhere in hpcdoc.
struct Invocation {
    std::vector<std::string> argv{};
    std::chrono::milliseconds deadline{10'000};
    std::size_t out_cap = 4u << 20; // bytes kept; counting goes on
    std::size_t err_cap = 64u << 10;
    Sink* out = nullptr; // set: bytes stream here and are not kept; not owned
    EnvPolicy env = EnvPolicy::scrubbed();
    std::optional<std::filesystem::path> cwd{};
    std::string input{}; // the child's standard input; empty: /dev/null
    std::string lane =
        "local"; // calls of one lane share a width: "slurmctld" 1, "slurmdbd" 1, each network filesystem 1, "local" 8
    Effect effect = Effect::reads;
    std::optional<std::chrono::steady_clock::time_point> until{}; // ended by then, the wait for the lane included
    bool after_stop = false; // also once the run was told to stop: what finishes its work, in few seconds
};

// What happened. Total: a missing program, a timeout or a child stuck in the kernel is a value, not an error.
struct Completion {
    enum class How {
        exited,
        signalled,
        timed_out,    // ended by us after the deadline
        abandoned,    // would not die (uninterruptible sleep); we stopped waiting
        not_found,    // no such program
        not_started,  // found, could not be executed; the reason is in `err`
        not_recorded, // a replay has no such call
    };
    How how = How::not_started;
    int status = -1; // exit code or signal number
    std::string out{}, err{};
    std::uint64_t out_total = 0, err_total = 0; // bytes produced, kept or not
    std::chrono::milliseconds elapsed{0};

    bool ok() const { return how == How::exited && status == 0; }
    bool truncated() const { return out_total > out.size() || err_total > err.size(); }

    bool operator==(const Completion&) const = default;
};

std::string_view to_string(Completion::How how);
std::optional<Completion::How> how_from(std::string_view text);

class Runner {
public:
    virtual ~Runner() = default;
    virtual Completion run(const Invocation& call) = 0; // safe from several threads
};

// Runs all calls at once, each in its lane; what has not ended within `budget` is ended. Results in the order of the
// calls.
std::vector<Completion> run_all(Runner& runner, std::span<const Invocation> calls, std::chrono::milliseconds budget);

// The call as a person would type it in a shell, quoted where needed.
std::string command_line(std::span<const std::string> argv);

} // namespace hpcdoc

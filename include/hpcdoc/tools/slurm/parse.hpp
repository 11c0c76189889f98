// SPDX-License-Identifier: Apache-2.0
// What Slurm's commands print, read tolerantly: fields a version lacks are absent. Text in, records out; no I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>
#include <hpcdoc/tools/slurm/record.hpp>

namespace hpcdoc::slurm {

inline constexpr std::string_view k_unit_separator =
    "\x1f"; // between fields; cannot be typed into a job name by accident

// --- values
// -----------------------------------------------------------------------------------------------------------
std::optional<ExitCode> parse_exit_code(std::string_view text); // "1:0"
Tres parse_tres(std::string_view text);
std::optional<TimeLimit> parse_limit(std::string_view text); // "01:00:00", "UNLIMITED", "Partition_Limit" is nothing

// --- sacct -p --delimiter=US
// ------------------------------------------------------------------------------------------ The fields hpcdoc asks
// for, of those that this sacct knows (`sacct --helpformat`). Unknown ones are a hard error in sacct, so nothing else
// may be asked for.
std::vector<std::string> sacct_fields(std::string_view helpformat);
// The text without its header line: `fields` says what the columns are. A record is exactly fields.size() separators,
// so newlines within names do no harm. Steps are put under their job; several runs of a requeued job (-D) are several
// jobs, oldest first. `utc_offset` turns local stamps into time.
Result<std::vector<Job>> parse_sacct(std::string_view text, std::span<const std::string> fields,
                                     std::chrono::seconds utc_offset);

// --- scontrol show job
// ------------------------------------------------------------------------------------------------ The multi-line form.
// Values are never quoted and a job name may hold a newline and forge lines: the keys Slurm prints before free text
// win, and forged copies of them are passed over; where a forgery cannot be told from the truth the member stays empty.
// Any forgery marks the answer `suspicious`. No jobs, "Job 12_99 not found": an empty list.
struct ControllerJobs {
    std::vector<Job> jobs{};
    bool suspicious = false; // a key that can stand once stood twice: someone forged lines
    bool unrelated = false;  // not one job or the tasks of one array: to a question for one id, a forged record
};
Result<ControllerJobs> parse_scontrol_job(std::string_view text, std::chrono::seconds utc_offset);

// --- squeue -h -a -r -o US-separated
// ------------------------------------------------------------------------------------
std::string squeue_format(); // the -o argument that parse_squeue reads
Result<std::vector<Job>> parse_squeue(std::string_view text, std::chrono::seconds utc_offset);

// --- scontrol show … "Key=Value" records
// ------------------------------------------------------------------------------ Of partition, node, reservation,
// config-like output: one map a record (records are separated by blank lines, or start with `first_key`). Values may
// hold blanks up to the next " Key=" of a known shape.
using Record = std::map<std::string, std::string, std::less<>>;
std::vector<Record> parse_records(std::string_view text, std::string_view first_key);
Record parse_config(std::string_view text); // scontrol show config: "Key = Value" lines

struct Node {
    std::string name{}, reason{}, reason_user{};
    std::vector<std::string> states{}; // "DOWN", "DRAIN", "NOT_RESPONDING" … of "DOWN*+DRAIN"
    std::optional<std::chrono::sys_seconds> reason_time{};
    std::optional<std::uint64_t> cpus{}, allocated_cpus{}, memory{}, allocated_memory{}, free_memory{},
        threads_per_core{}; // bytes
    std::string gres{}, features{}, partitions{};
    bool unavailable() const; // down, drained, draining, failed, not responding, powering …
};
Result<std::vector<Node>> parse_nodes(std::string_view text, std::chrono::seconds utc_offset); // scontrol show node

struct Reservation {
    std::string name{}, nodes{}, users{}, accounts{}, flags{}, partition{}, state{};
    std::optional<std::chrono::sys_seconds> start{}, end{};
    bool maintenance() const; // flag MAINT
};
Result<std::vector<Reservation>> parse_reservations(std::string_view text, std::chrono::seconds utc_offset);

struct Partition {
    std::string name{}, state{}, nodes{}, qos{}, allow_accounts{}, deny_accounts{}, allow_qos{}, deny_qos{},
        allow_groups{};
    std::optional<TimeLimit> max_time{};
    std::optional<std::uint64_t> max_nodes{}, min_nodes{}, total_nodes{}, total_cpus{}, max_cpus_per_node{};
    std::optional<std::uint64_t> max_memory_per_node{}, max_memory_per_cpu{}; // bytes
    bool exclusive = false;
};
Result<std::vector<Partition>> parse_partitions(std::string_view text);

// scontrol show lic
struct License {
    std::string name{};
    std::optional<std::uint64_t> total{}, used{}, free{}, reserved{};
};
std::vector<License> parse_licenses(std::string_view text);

// --- scontrol show assoc_mgr flags=assoc,qos
// ---------------------------------------------------------------------------- "GrpTRES=cpu=1000(240),mem=N(0)": limit
// and what is used. A limit printed N does not exist.
struct LimitUse {
    std::optional<std::uint64_t> limit{};
    std::uint64_t used = 0;
};
struct LimitOwner {                                     // one association or one QOS
    std::string kind{};                                 // "association", "qos"
    std::string account{}, user{}, partition{}, name{}; // of an association: account (and user); of a QOS: name
    std::string parent_account{};
    // by Slurm's field name: "GrpTRES" → {"cpu": 1000(240)}; scalars under "": "GrpJobs" → {"": 10(3)}.
    // Amounts of "mem" and "vmem" (printed in MiB) are bytes here, in minutes fields byte-minutes.
    // Per-user and per-account usage of a QOS is under "MaxTRESPU" etc. with the user's or account's own used value.
    std::map<std::string, std::map<std::string, LimitUse, std::less<>>, std::less<>> limits{};
    std::string flags{};
    std::string text{}; // the lines it came from, for evidence
};
// `user` ("alice", or "alice(2001)": a QOS tells its users by number only) and `account` choose whose per-user and
// per-account usage of a QOS is taken.
Result<std::vector<LimitOwner>> parse_assoc_mgr(std::string_view text, std::string_view user, std::string_view account);

// --- sstat -a -n -P
// ---------------------------------------------------------------------------------------------------
std::vector<std::string> sstat_fields();
Result<std::vector<Step>> parse_sstat(std::string_view text);

// --- dependency
// -------------------------------------------------------------------------------------------------------
// "afterok:123_*(unfulfilled),after:9+5(failed)?singleton(unfulfilled)" (squeue(1), scontrol show job).
struct Dependency {
    std::string type{};       // afterok, afterany, singleton …
    std::uint64_t job = 0;    // 0 for singleton
    std::string task{};       // "*", "7" or empty
    std::string state{};      // unfulfilled, failed; empty when not told
    bool alternative = false; // joined by "?": any one of them is enough
};
std::vector<Dependency> parse_dependency(std::string_view text);

// --- messages of failure
// ------------------------------------------------------------------------------------------------ What a failing Slurm
// command means, from its stderr (and stdout): exit status alone cannot be trusted (sacct exited 0 on error
// before 23.11.4).
enum class Trouble {
    none,
    unknown_job,
    controller_unreachable,
    database_unreachable,
    accounting_off,
    auth_failed,
    denied,
    invalid_field,
    other,
    not_configured, // no slurm.conf here and no controller found to fetch it from: not a machine of a Slurm cluster
};
Trouble trouble_in(std::string_view err, std::string_view out);

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// Sizes, durations and times as Slurm writes and reads them, and as people read them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hpcdoc::util {

// "4000M", "1.50G", "3416K", "4 GiB": base 1024; without a suffix `unit` (1 = bytes, 1<<20 = MiB as --mem does).
// "16?", which old versions of sacct print for a size nobody knows, is nothing.
// A trailing "n" or "c" (ReqMem of Slurm < 21.08: per node, per CPU) is not accepted here.
std::optional<std::uint64_t> parse_size(std::string_view text, std::uint64_t unit = 1);
std::string human_size(std::uint64_t bytes); // "3.9 GiB", "512 MiB", "100 B"
std::string slurm_size(std::uint64_t bytes); // as --mem takes it, rounded up: "4G", "1536M"

// What Slurm prints: "1-02:03:04", "02:03:04", "03:04", "03:04.567", "UNLIMITED" is nothing.
std::optional<std::chrono::milliseconds> parse_elapsed(std::string_view text);
// What --time takes: "90" minutes, "90:00" minutes:seconds, "1-12" days-hours … (sbatch(1)); nothing if unlimited or
// wrong.
std::optional<std::chrono::seconds> parse_time_limit(std::string_view text);
std::string slurm_time(std::chrono::seconds duration); // "1-02:03:04", "00:10:00"
std::string human_time(std::chrono::seconds duration); // "1 day 2 h", "10 min 5 s", "3 s": the two largest units

// "2026-11-25T14:03:00" (a local stamp without zone) less `utc_offset`; "Unknown", "None", "N/A" are nothing.
std::optional<std::chrono::sys_seconds> parse_stamp(std::string_view text, std::chrono::seconds utc_offset);
std::string local_stamp(std::chrono::sys_seconds time, std::chrono::seconds utc_offset); // "2026-11-25 14:03"
std::string rfc3339(std::chrono::sys_seconds time);                                      // "2026-11-25T13:03:00Z"

// Durations of our own options and settings: "10s", "5m", "1h30m", "250ms", plain number = seconds.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

} // namespace hpcdoc::util

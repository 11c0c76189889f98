// SPDX-License-Identifier: Apache-2.0
// Small pieces that every parser of Slurm's output needs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/tools/slurm/record.hpp>

namespace hpcdoc::slurm {

// Slurm's words for "nothing": "", "(null)", "N/A", "None assigned", "Unknown", "NOT_SET" …; not "None", which can be a name.
bool unset(std::string_view text);
std::string text_or_nothing(std::string_view text);

// A whole number; NO_VAL and INFINITE of 16, 32 and 64 bits (slurm.h) are nothing.
std::optional<std::uint64_t> number(std::string_view text);

// "alice(2001)": the name and the number; a name without number keeps an empty second part.
std::pair<std::string_view, std::string_view> name_and_id(std::string_view text);

// "CANCELLED by 1001", "CANCELLED+", "OUT_OF_ME+", "running": the word, and who cancelled.
struct State {
    std::string word{};
    std::optional<unsigned> cancelled_by{};
};
State parse_state(std::string_view text);

// "RaisedSignal:9(Killed)"; "(Resources)" of squeue %R loses its brackets.
std::string_view bare_reason(std::string_view text);

// The id columns: "12_3", "12_[3-7%2]", "12+1", without a step. Sets id, array and het fields of the job.
void set_job_id(Job& job, std::string_view text);

// Line number, from 1, of an offset: for error messages.
std::size_t line_at(std::string_view text, std::size_t offset);

// 'Some text' for messages: quoted, on one line, safe to show, short.
std::string shown(std::string_view text);

// TRESUsageIn*: CPU time, memory (0 is "not measured" and left out) and devices. Not disk, pages, energy: nobody reads
// them, and an array of 10,000 tasks has 20,000 steps.
Tres parse_used_tres(std::string_view text);

// Memory as Slurm writes it; "16?" (seen as MaxRSS of old versions) is nothing.
std::optional<std::uint64_t> memory(std::string_view text, std::uint64_t unit);
inline constexpr std::uint64_t k_mebibyte = std::uint64_t{1} << 20U;

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// What every face for people needs to know of a report, without any markup.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/report.hpp>

namespace hpcdoc::report {

// A report's findings by their part in the story. Pointers into the report.
struct Story {
    const Finding* verdict = nullptr; // of the report itself, not of its parts
    std::vector<const Finding*> also{};
    std::vector<const Finding*> advice{};
};
Story story_of(const Report& report);

// How one report stands in a word: the severity of its verdict or, without one, what can honestly be said.
enum class Standing { critical, error, warning, note, fine, unknown, plain };
Standing standing_of(const Report& report);
Standing standing_of(Severity severity);
std::string_view word_of(Standing standing);  // "ERROR", "OK", "UNKNOWN"; nothing for `plain`
std::string_view class_of(Standing standing); // "error", "fine": a CSS class

// The line that a report without a verdict opens with.
std::string opening_of(const Report& report);
// What can be claimed below that line; nothing when the line says it already.
std::string claim_of(const Report& report);
// "2 errors, 1 note": the verdicts of the parts, the worst first.
std::string tally_of(const Report& report);

// Checks that did not look, those with one outcome and reason as one.
struct Unseen {
    Check::Outcome outcome = Check::Outcome::skipped;
    std::string what{}; // "job.log (/home/a/slurm-1.out), job.efficiency"
    std::string reason{};
};
std::vector<Unseen> unseen_of(const Report& report);

std::string_view risk_note(Risk risk);         // "needs an administrator"; empty: no risk
std::string origin_text(const Origin& origin); // "/home/a/slurm-1.out:17, rank 3, host n2"; may be empty
std::string count_text(std::size_t count, std::string_view noun); // "1 error", "2 errors"

// Text from outside, safe to show on one line: line ends and tabs are blanks, all else that is not text is visible.
std::string one_line(std::string_view text);
// The same, line by line; no empty lines at the end.
std::vector<std::string> safe_lines(std::string_view text);

// The table without the columns that only programs read.
Table readable(const Table& table);

std::string_view version();

} // namespace hpcdoc::report

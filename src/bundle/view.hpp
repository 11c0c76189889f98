// SPDX-License-Identifier: Apache-2.0
// What every face of a bundle needs to know of it, without any markup. Texts come out as they went in: not yet safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/report.hpp>

#include "archive/manifest.hpp"

namespace hpcdoc::bundle {

// Of one diagnosis what it comes down to. Pointers into the report.
struct Verdict {
    const Report* diagnosis = nullptr;
    const Finding* finding = nullptr;
};
// The worst first, then the surest, then in the order of the report; the same finding twice: once.
std::vector<Verdict> verdicts_of(const Report& report);
// "job explain 4242"
std::string name_of(const Report& diagnosis);

// Items that did not come as asked for, those with one status and reason together.
struct Lost {
    archive::Item::Status status = archive::Item::Status::failed;
    std::string reason{}; // may be empty
    std::vector<const archive::Item*> items{};
};
std::vector<Lost> lost_of(const archive::Manifest& manifest); // the gravest first
std::string lost_names(const Lost& lost);                     // "slurm.nodes (exit 1), slurm.queue"

// "could not be looked at": the failed checks of all diagnoses, "job explain 4242: slurm.accounting: no answer".
std::vector<std::string> blind_spots(const Report& report);

std::map<std::string, std::uint64_t> redactions_of(const archive::Manifest& manifest); // rule -> how often
std::uint64_t total_of(const std::map<std::string, std::uint64_t>& counts);

std::string_view meaning_of(archive::Item::Status status);    // for people: "no answer in time"
// Why it did not come, without what its source says already: "cannot read '/x': no such file" becomes "no such file".
std::string reason_of(const archive::Item& item);
std::size_t answered_in(const archive::Manifest& manifest); // of all items, how many were answered: by an error, too
std::string source_of(const archive::Item& item);             // the command line, or the path
std::string who_text(const archive::Manifest& manifest);      // "alice on n1 (login node), cluster lab"
std::string jobs_text(const archive::Manifest& manifest);     // "job 4242", "jobs 1, 2"; empty: none
std::string when_text(const archive::Manifest& manifest);     // "2026-11-25 12:00 UTC, in 23 s"
std::string took_text(std::chrono::milliseconds duration);    // "350 ms", "2.4 s", "1 min 5 s"
std::string audience_text(const archive::Manifest& manifest); // what stands for names of people and machines

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::slurm {

namespace {

std::optional<int> small_number(std::string_view text)
{
    const std::optional<std::uint64_t> value = util::parse_unsigned(text);
    if (!value || *value > 0xffff) {
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

std::optional<std::uint64_t> tres_value(std::string_view value)
{
    if (util::contains(value, ":")) { // "cpu=00:10:00" of TRESUsageIn*
        const std::optional<std::chrono::milliseconds> time = util::parse_elapsed(value);
        return time ? std::optional(static_cast<std::uint64_t>(time->count())) : std::nullopt;
    }
    if (const std::optional<std::uint64_t> plain = number(value)) {
        return plain;
    }
    // Only values with a unit are left: NO_VAL written in digits must not come back as a size.
    if (value.find_first_not_of("0123456789") == std::string_view::npos) {
        return std::nullopt;
    }
    return memory(value, 1);
}

template<class Wanted> Tres tres_of(std::string_view text, Wanted wanted)
{
    Tres tres;
    text = util::trim(text);
    if (unset(text)) {
        return tres;
    }
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        const std::size_t equal = part.find('=');
        if (equal == std::string_view::npos || equal == 0 || !wanted(part.substr(0, equal))) {
            continue;
        }
        if (const std::optional<std::uint64_t> value = tres_value(part.substr(equal + 1))) {
            tres.emplace(part.substr(0, equal), *value);
        }
    }
    return tres;
}

} // namespace

Tres parse_tres(std::string_view text)
{
    return tres_of(text, [](std::string_view) { return true; });
}

Tres parse_used_tres(std::string_view text)
{
    Tres tres = tres_of(text, [](std::string_view name) { return name == "cpu" || name == "mem" || name.substr(0, 5) == "gres/"; });
    if (const auto memory_used = tres.find("mem"); memory_used != tres.end() && memory_used->second == 0) {
        tres.erase(memory_used);
    }
    return tres;
}

std::optional<ExitCode> parse_exit_code(std::string_view text)
{
    text = util::trim(text);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const std::optional<int> status = small_number(text.substr(0, colon));
    const std::optional<int> signal = small_number(text.substr(colon + 1));
    if (!status || !signal) {
        return std::nullopt;
    }
    return ExitCode{*status, *signal};
}

std::optional<TimeLimit> parse_limit(std::string_view text)
{
    text = util::trim(text);
    if (util::equal_ignoring_case(text, "UNLIMITED") || util::equal_ignoring_case(text, "INFINITE")) {
        return TimeLimit{true, {}};
    }
    if (!util::contains(text, ":")) { // a bare number is minutes in one command and seconds in another
        return std::nullopt;
    }
    const std::optional<std::chrono::milliseconds> value = util::parse_elapsed(text);
    if (!value) {
        return std::nullopt;
    }
    return TimeLimit{false, std::chrono::duration_cast<std::chrono::seconds>(*value)};
}

bool pending(const Job& job)
{
    // The flags are shown instead of the base state; these three queue again or wait for a release (slurm.h job_states).
    return job.state == "PENDING" || job.state == "REQUEUED" || job.state == "REQUEUE_HOLD" || job.state == "REQUEUE_FED" ||
           job.state == "SPECIAL_EXIT" || job.state == "RESV_DEL_HOLD";
}

bool running(const Job& job)
{
    return job.state == "RUNNING" || job.state == "COMPLETING" || job.state == "SUSPENDED" || job.state == "CONFIGURING" ||
           job.state == "STOPPED" || job.state == "SIGNALING" || job.state == "STAGE_OUT" || job.state == "RESIZING" ||
           job.state == "EXPEDITING";
}

bool ended(const Job& job)
{
    return job.state == "COMPLETED" || job.state == "CANCELLED" || job.state == "FAILED" || job.state == "TIMEOUT" ||
           job.state == "NODE_FAIL" || job.state == "PREEMPTED" || job.state == "BOOT_FAIL" || job.state == "DEADLINE" ||
           job.state == "OUT_OF_MEMORY" || job.state == "REVOKED";
}

} // namespace hpcdoc::slurm

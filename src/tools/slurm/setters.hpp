// SPDX-License-Identifier: Apache-2.0
// One way to put a cell's text into a member, for the field tables of sacct, squeue, sstat and scontrol.
#pragma once

#include <limits>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/text.hpp"
#include "util/units.hpp"

namespace hpcdoc::slurm {

template<class T> using Setter = void (*)(T&, std::string_view, std::chrono::seconds utc_offset);

template<auto Member, class T> void put_text(T& record, std::string_view text, std::chrono::seconds)
{
    record.*Member = text_or_nothing(text);
}

template<auto Member, class T> void put_number(T& record, std::string_view text, std::chrono::seconds)
{
    if (const std::optional<std::uint64_t> value = number(text)) {
        record.*Member = *value;
    }
}

// Sizes of what was used: 0 means "not measured" (sampling missed it, sacct(1)), never "nothing".
template<auto Member, class T> void put_used_memory(T& record, std::string_view text, std::chrono::seconds)
{
    if (const std::optional<std::uint64_t> value = memory(text, 1); value && *value > 0) {
        record.*Member = *value;
    }
}

template<auto Member, class T> void put_stamp(T& record, std::string_view text, std::chrono::seconds utc_offset)
{
    record.*Member = util::parse_stamp(text, utc_offset);
}

template<auto Member, class T> void put_milliseconds(T& record, std::string_view text, std::chrono::seconds)
{
    record.*Member = util::parse_elapsed(text);
}

template<auto Member, class T> void put_time(T& record, std::string_view text, std::chrono::seconds)
{
    if (const std::optional<std::chrono::milliseconds> value = util::parse_elapsed(text)) {
        record.*Member = std::chrono::duration_cast<std::chrono::seconds>(*value);
    }
}

template<auto Member, class T> void put_raw_seconds(T& record, std::string_view text, std::chrono::seconds)
{
    // A time that std::chrono can still add to; Slurm's own are 32 bits.
    if (const std::optional<std::uint64_t> value = number(text); value && *value <= std::numeric_limits<std::uint32_t>::max()) {
        record.*Member = std::chrono::seconds(*value);
    }
}

template<auto Member, class T> void put_exit_code(T& record, std::string_view text, std::chrono::seconds)
{
    record.*Member = parse_exit_code(text);
}

template<auto Member, class T> void put_tres(T& record, std::string_view text, std::chrono::seconds)
{
    record.*Member = parse_tres(text);
}

template<auto Member, class T> void put_used_tres(T& record, std::string_view text, std::chrono::seconds)
{
    record.*Member = parse_used_tres(text);
}

template<auto Member, class T> void put_uid(T& record, std::string_view text, std::chrono::seconds)
{
    if (const std::optional<std::uint64_t> value = number(text); value && *value <= std::numeric_limits<unsigned>::max()) {
        record.*Member = static_cast<unsigned>(*value);
    }
}

template<class T> void put_state(T& record, std::string_view text, std::chrono::seconds)
{
    State state = parse_state(text);
    record.state = std::move(state.word);
    if constexpr (requires { record.cancelled_by; }) {
        record.cancelled_by = state.cancelled_by;
    }
}

} // namespace hpcdoc::slurm

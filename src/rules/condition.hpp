// SPDX-License-Identifier: Apache-2.0
// { fact = "job.state", is = "PENDING" }. What is not known satisfies only `known = false`.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "config/source_text.hpp"
#include "rules/lookup.hpp"
#include "scan/pattern.hpp"

namespace hpcdoc::rules {

// A value of a rule file. What "10m" means is known only when the fact's type is: ten minutes or 10 MiB.
struct Operand {
    std::variant<bool, std::int64_t, double, std::string> value{};
    std::optional<std::chrono::milliseconds> duration{};
    std::optional<std::uint64_t> size{};
    std::optional<std::chrono::sys_seconds> stamp{};

    static Operand of(std::string text);
};

struct Condition {
    enum class Relation { is, is_not, one_of, none_of, at_least, at_most, above, below, matches, known };

    std::string fact{};
    Relation relation = Relation::is;
    std::vector<Operand> operands{};        // one, or the list of one_of and none_of
    std::string other{};                    // of the `_fact` forms: the fact to compare with
    std::optional<scan::Pattern> pattern{}; // matches
    bool known = true;
    config::Place place{};

    bool holds(const Lookup& lookup) const;
};

bool all_hold(std::span<const Condition> conditions, const Lookup& lookup);
bool any_holds(std::span<const Condition> conditions, const Lookup& lookup);

std::optional<std::chrono::sys_seconds> parse_utc_stamp(std::string_view text); // "2026-11-25T12:00:00Z"

} // namespace hpcdoc::rules

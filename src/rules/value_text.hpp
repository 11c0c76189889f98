// SPDX-License-Identifier: Apache-2.0
// How a fact reads in a sentence or in a command.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <hpcdoc/rules.hpp>

namespace hpcdoc::rules {

struct ValueFormat {
    enum class Kind { plain, plural, decimals, percent, slurm, minutes, rfc3339, quote, count };
    Kind kind = Kind::plain;
    std::string one{}, many{}; // plural
    int decimals = 1;

    // "plural task tasks", "0", "slurm"; nothing when there is no such format.
    static std::optional<ValueFormat> parse(std::string_view text);
    bool fits(const FactValue& value) const;
};

// A format that does not fit the value is left out of account: the reader still gets the value.
std::string value_text(const FactValue& value, const ValueFormat& format, std::chrono::seconds utc_offset);

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
// What the log rules make of a pasted message, traceback or log.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

namespace hpcdoc::explain {

struct TextPart {
    std::string_view text{};
    std::uint64_t lines_before = 0; // in the whole
};

// The cause first, with Role::cause; then what else was known, as context. None: no rule knows a line of it. Lines that
// are known to be harmless are told only when there is nothing else.
Result<std::vector<Finding>> findings_in(const RuleBook& rules, std::span<const TextPart> parts, std::string_view source);

} // namespace hpcdoc::explain

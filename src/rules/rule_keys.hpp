// SPDX-License-Identifier: Apache-2.0
// The keys of a rule file.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace hpcdoc::rules {

inline constexpr std::array<std::string_view, 3> k_file_keys{"topic", "rule", "message"};
inline constexpr std::array<std::string_view, 1> k_message_keys{"lines"};
inline constexpr std::array<std::string_view, 17> k_fact_rule_keys{"id", "name", "severity", "certainty", "role", "when",
    "unless", "title", "cause", "evidence", "fix", "escalate", "labels", "see", "source", "fires", "silent"};
inline constexpr std::array<std::string_view, 19> k_log_rule_keys{"id", "name", "severity", "certainty", "role", "kind",
    "contains", "pattern", "patterns", "evidences", "title", "cause", "fix", "escalate", "labels", "see", "source", "fires",
    "silent"};

// What decides whether the rest of a rule is needed, and what only its proof needs.
inline constexpr std::array<std::string_view, 5> k_head_keys{"id", "name", "when", "unless", "contains"};
inline constexpr std::array<std::string_view, 3> k_example_keys{"source", "fires", "silent"};

} // namespace hpcdoc::rules

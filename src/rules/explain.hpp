// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/result.hpp>

#include "rules/lookup.hpp"
#include "rules/rule.hpp"

namespace hpcdoc::rules {

Error wrong_pattern(const config::SourceText& source, config::Place place, std::string_view mistake);
// Code::config when a condition about a known fact has a wrong pattern; patterns are compiled when first needed.
Result<void> check_patterns(const Rule& rule, const Lookup& lookup);
bool fires(const Rule& rule, const Lookup& lookup);
// The proofs of the facts that the rule names, each once.
std::vector<Evidence> proofs(const Rule& rule, const Lookup& lookup);
// What the rule says of these facts; `evidence` is quoted in it and in the message to send.
Finding explain(const Rule& rule, const std::optional<Message>& message, const Lookup& lookup, std::vector<Evidence> evidence);
// False: no alternative of the title has all it needs, so it would show "?".
bool title_complete(const Rule& rule, const Lookup& lookup);

} // namespace hpcdoc::rules

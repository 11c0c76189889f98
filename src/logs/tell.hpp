// SPDX-License-Identifier: Apache-2.0
// What a scan has to say, as findings and tables.
#pragma once

#include <hpcdoc/logs.hpp>

#include "logs/judge.hpp"

namespace hpcdoc::logs {

Result<void> tell(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const LogRequest& request, Report& report);

// The lines around that are shown: the cause is often on the next ones.
inline constexpr rules::Around k_around{3, 8};

// The finding of a suspect: where it began, and the lines around.
Result<LogMatch> match_of(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const Suspect& suspect, const Facts& facts,
                          rules::Around around);

} // namespace hpcdoc::logs

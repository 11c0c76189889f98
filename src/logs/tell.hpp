// SPDX-License-Identifier: Apache-2.0
// What a scan has to say, as findings and tables.
#pragma once

#include <hpcdoc/logs.hpp>

#include "logs/judge.hpp"

namespace hpcdoc::logs {

Result<void> tell(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const LogRequest& request, Report& report);

// The finding of a suspect: where it began, and the lines around.
Result<LogMatch> match_of(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const Suspect& suspect, const Facts& facts);

} // namespace hpcdoc::logs

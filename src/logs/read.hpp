// SPDX-License-Identifier: Apache-2.0
// Reads many logs with the processors there are.
#pragma once

#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>

#include "logs/files.hpp"
#include "logs/judge.hpp"
#include "logs/tags.hpp"

namespace hpcdoc::logs {

// One Log for each file that could be read; trouble is said in the report. Code::config: a rule is wrong.
Result<std::vector<Log>> read_logs(const Context& ctx, const rules::Topic& topic, const TagReader& tags, const std::vector<LogFile>& files, Report& report);
Result<Log> read_source(const rules::Topic& topic, const TagReader& tags, Source& source, const std::string& name);

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
// findings.json read back: a "hpcdoc.report/1" document (share/hpcdoc/schema/report.json).
#pragma once

#include <string_view>

#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc::bundle {

// `source` names it in messages. Anything wrong: Code::config. Facts and tables are left out.
Result<Report> report_from(std::string_view json, std::string_view source);

} // namespace hpcdoc::bundle

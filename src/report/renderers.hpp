// SPDX-License-Identifier: Apache-2.0
// The four faces of a report. Each is pure: report in, string out.
#pragma once

#include <string>

#include <hpcdoc/report.hpp>

namespace hpcdoc::report {

std::string render_text(const Report& report, const Style& style);
std::string render_json(const Report& report);
std::string render_markdown(const Report& report, const Style& style);
std::string render_html(const Report& report);

} // namespace hpcdoc::report

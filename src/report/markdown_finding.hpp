// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <hpcdoc/finding.hpp>

namespace hpcdoc::report {

// Cause, evidence, fixes and escalation; their headings at `level`, none if it is 0. Ends with a blank line, unless
// empty.
std::string markdown_finding(const Finding& finding, unsigned level);

} // namespace hpcdoc::report

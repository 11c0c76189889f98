// SPDX-License-Identifier: Apache-2.0
// What is found, told in a report.
#pragma once

#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

#include "explain/asked.hpp"
#include "explain/near.hpp"
#include "explain/sense.hpp"

namespace hpcdoc::explain {

void tell_asked(const Asked& asked, Report& report);
// The first is the verdict, the others are what the text could mean as well.
void tell_senses(std::vector<Sense> senses, Report& report);
// What the rules know, and the codes that stand beside it.
void tell_findings(std::vector<Finding> findings, const std::vector<Sense>& named, const std::vector<NearName>& near, const Asked& asked, Report& report);
// No rule knows the text, but it has these codes in it.
void tell_named(std::vector<Sense> named, Report& report);
// `named`: codes that stand in it, which prove nothing.
Result<void> tell_unknown(const Context& ctx, const std::vector<NearName>& near, const std::vector<Sense>& named, const Asked& asked, Report& report);

// Names that the text, when it is one word, may have been meant to be.
std::vector<NearName> names_near(const Cards& cards, const job::Knowledge& knowledge, const Asked& asked);

} // namespace hpcdoc::explain

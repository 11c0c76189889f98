// SPDX-License-Identifier: Apache-2.0
// Which of the lines that the log rules know is the cause.
#pragma once

#include <string_view>
#include <vector>

#include "job/case.hpp"

namespace hpcdoc::job {

// Keeps the matches, which come best first, in `c.log` and sets what the rules of topic "job" need to know of them:
//   log.cause      id of the likely root cause ("python.module-missing"), log.cause_title, log.cause_line
//   log.proves     the job verdict it is evidence of, or "-" when it is a cause of its own
//   log.proof.ID   true for each job verdict that some line proves
void choose_log_verdict(Case& c, std::vector<LogMatch> matches);

// "Epoch 3/10", " 37%|": how far the job had come, where the log says it (progress.percent, with the line).
void add_progress_facts(Case& c, std::string_view tail, std::string_view source);

} // namespace hpcdoc::job

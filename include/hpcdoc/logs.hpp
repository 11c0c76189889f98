// SPDX-License-Identifier: Apache-2.0
// The root cause in the logs of a job: which line of which rank on which node came first, and what only followed from it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/rules.hpp>

namespace hpcdoc {

struct LogRequest {
    std::vector<std::string> paths{}; // files, directories, patterns of names; "-": standard input
    bool follow = false;              // wait for what is still to be written, until a cause is found or `over` says so
    std::function<bool()> over{};     // asked now and then: nothing more will be written
    bool everything = false;          // all that rules found, not only what matters
};

// Adds to the report: the verdict and its origin, what else was wrong, how it spread; where no rule knows a line, the most
// unusual ones.
Result<void> scan_logs(Context& ctx, const LogRequest& request, Report& report);

// Parts of one log, or of several, already read; `first_line` is 0 where it is not known.
struct LogText {
    std::string source{};
    std::string text{};
    bool later_part = false; // what stands between it and the text before was not read: its line numbers are not known
};

// What the rules know of these texts, the root cause first. `facts` may hold what templates use besides the captures.
Result<std::vector<LogMatch>> judge_logs(const Context& ctx, const std::vector<LogText>& texts, const Facts& facts);

// For order: roots before echoes, what Slurm itself says before what a program says, the surer before the vaguer.
bool is_root(const LogMatch& match);

} // namespace hpcdoc

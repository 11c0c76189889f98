// SPDX-License-Identifier: Apache-2.0
// A copy without secrets of a file that is to be given away.
#pragma once

#include <string>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/runner.hpp>

namespace hpcdoc {

struct RedactFileQuestion {
    std::string file{};   // a text, compressed or not, or an archive
    std::string output{}; // a new file; "-": standard output; empty: beside the file, "x.redacted.log" for "x.log"
};

// In constant memory. Never replaces a file; what is not complete and clean is not there at all. With "-" the report
// stays empty.
Result<void> redact_file(Context& ctx, const RedactFileQuestion& question, Sink& standard_output, Report& report);

// For what a command gives out in place of a report. A reader that has gone is no error.
Sink& standard_output();

} // namespace hpcdoc

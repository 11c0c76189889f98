// SPDX-License-Identifier: Apache-2.0
// The only writes to the standard streams.
#pragma once

#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::app {

// A descriptor 0, 1 or 2 that the caller closed is opened on /dev/null, lest a file of ours get its number. SIGPIPE is
// ignored: a reader that has gone is an errno.
void prepare_stdio();

// All of it, over short writes and interruptions. A reader that has gone (EPIPE) is no error: nobody misses the rest.
Result<void> write_all(int fd, std::string_view text);

// To stdout; the error says which output could not be written.
Result<void> write_output(std::string_view text, std::string_view what);

// "hpcdoc: message" and, if there is one, the hint on a line of its own; to stderr, as well as it goes.
void complain(const Error& error);
void complain(std::string_view message, std::string_view hint = {});

} // namespace hpcdoc::app

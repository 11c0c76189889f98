// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hpcdoc/host.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

// Tells the redactor what is secret on this machine, so that it is found wherever it stands: the values of our own
// variables with such names, and what is in the files where tools keep their tokens (~/.netrc, ~/.docker/config.json
// …). Nothing of it is kept elsewhere. An error: some of these files could not be looked at; the rest is known.
Result<void> learn_secrets(const Host& host, Redactor& redactor);

} // namespace hpcdoc

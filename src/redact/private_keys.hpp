// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "redact/span.hpp"

namespace hpcdoc::redact {

// -----BEGIN … PRIVATE KEY----- to its END, whatever stands for line ends in between. What was cut off counts too: a key
// without END goes to the end of the text, one without BEGIN back over the lines that are key material.
void find_private_keys(std::string_view text, Spans& spans);

} // namespace hpcdoc::redact

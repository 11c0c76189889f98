// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hpcdoc/host.hpp>
#include <hpcdoc/redact.hpp>

namespace hpcdoc {

// Tells the redactor the secrets of this user: values of variables named like secrets, and what stands in files such as
// ~/.netrc. Best effort: what cannot be read holds nothing back.
void learn_secrets(const Host& host, Redactor& redactor);

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// From a draft to the bytes of a file: packed, read again and searched for secrets, made to fit, encrypted.
#pragma once

#include <string>

#include <hpcdoc/bundle.hpp>

#include "bundle/assemble.hpp"

namespace hpcdoc::bundle {

// The bytes of the archive. A member in which a second look finds a secret is dropped, and so are the largest ones when
// it is larger than the request allows; the draft's manifest tells. An error: nothing may be written.
Result<std::string> finish(Draft& draft, const BundleRequest& request, const Redactor& redactor, const Config& config);

// Code::unsupported: neither age nor gpg is here, or it does not know the recipient. Plain text goes through a pipe only.
Result<std::string> encrypted(Context& ctx, const std::string& bytes, const std::string& recipient);

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include <hpcdoc/bundle.hpp>

namespace hpcdoc::bundle {

// Where the bundle goes: decided, and tried, before anything is collected.
struct Place {
    std::filesystem::path dir{};  // an existing directory that can be written to
    std::filesystem::path file{}; // the name that was asked for; empty: made from what is in the bundle
    std::string note{};           // why it is not where one would expect it
};

// The current directory; one that cannot be written to or does not answer is replaced by TMPDIR or /tmp, unless it was
// asked for by name: then it is Code::usage.
Result<Place> place_for(Context& ctx, const BundleRequest& request);

} // namespace hpcdoc::bundle

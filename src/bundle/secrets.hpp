// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hpcdoc/bundle.hpp>

#include "bundle/scope.hpp"

namespace hpcdoc::bundle {

// Tells the redactor what only this machine knows: values of variables that are secrets, and, for readers beyond the
// site, the names of users, groups and nodes. False: nobody tells the names of the nodes, and some may stay.
bool learn(Context& ctx, const Scope& scope, Readers readers, Redactor& redactor);

} // namespace hpcdoc::bundle

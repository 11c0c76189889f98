// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hpcdoc::bundle {

// What a member says, for a search: of a page as hpcdoc writes it, the text behind its escapes and marks; of anything
// else, itself.
std::string searchable(std::string_view member, std::string_view text);

} // namespace hpcdoc::bundle

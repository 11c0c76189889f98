// SPDX-License-Identifier: Apache-2.0
// What may become a link: only what cannot be anything else.
#pragma once

#include <string_view>

namespace hpcdoc::report {

bool web_address(std::string_view text);  // http:// or https://, and only the characters of RFC 3986
bool mail_address(std::string_view text); // name@host, the plain kind

} // namespace hpcdoc::report

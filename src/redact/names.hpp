// SPDX-License-Identifier: Apache-2.0
// Names of secrets, and values that are none whatever they are called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::redact {

// "clientSecret" -> CLIENT SECRET; "AWS_SECRET_ACCESS_KEY" -> AWS SECRET ACCESS KEY.
std::vector<std::string> segments(std::string_view name);
bool is_secret_name(std::string_view name);
bool is_password_name(std::string_view name); // a password may hold blanks and be a plain word; a token cannot

// A path, a variable, true, a number, "****", code that computes it, a word that only stands for the value.
bool is_harmless_value(std::string_view name, std::string_view value);
// Good enough to be a secret where the text may be prose: "token: expired".
bool looks_random(std::string_view value);

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
// A setting's value: from the text of a command line or a variable, and checked against the schema.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include <hpcdoc/config.hpp>

#include "config/schema.hpp"

namespace hpcdoc::config {

// The error is the reason, for a message that names the place: "must be true or false, not 'maybe'".
tl::expected<Setting::Value, std::string> value_from_text(const SchemaKey& key, std::string_view text);
// Nothing wrong: an empty text. Else the reason: "must be at most 1000".
std::string out_of_bounds(const SchemaKey& key, const Setting::Value& value);
// "a number", "one of: auto, always, never".
std::string expected_value(const SchemaKey& key);

} // namespace hpcdoc::config

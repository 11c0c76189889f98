// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "app/screen.hpp"

namespace hpcdoc::app {

// The pager's words: the setting, else PAGER, else less. Empty: none ("cat" is none too).
std::vector<std::string> pager_words(const std::string& setting, const OwnEnvironment& env);
// True when the text is for a person and longer than the screen.
bool worth_a_pager(std::string_view text, const Screen& screen);
// Through the pager if it can be started, else straight to stdout.
Result<void> show_paged(std::string_view text, std::string_view what, const std::vector<std::string>& pager);

} // namespace hpcdoc::app

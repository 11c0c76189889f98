// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <hpcdoc/config.hpp>

namespace hpcdoc::config {

// The settings of one file; Code::config for the first thing in it that is wrong or may not be set in this layer.
Result<std::vector<std::pair<std::string, Setting>>> settings_from_file(std::string name, std::string text, Layer layer);

} // namespace hpcdoc::config

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <hpcdoc/runner.hpp>

namespace hpcdoc {

// "NAME=value" for each variable that the policy lets a child see, sorted by name. Where the policy has the usual
// PATH, `tool_path` comes before it: a tool that calls another one finds the same one that we find.
std::vector<std::string> environment_for(const EnvPolicy& policy, std::span<const std::filesystem::path> tool_path);

} // namespace hpcdoc

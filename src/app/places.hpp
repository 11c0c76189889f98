// SPDX-License-Identifier: Apache-2.0
// Where hpcdoc's own files are.
#pragma once

#include <filesystem>
#include <vector>

#include <hpcdoc/config.hpp>
#include <hpcdoc/result.hpp>

#include "app/screen.hpp"

namespace hpcdoc::app {

struct SitePlaces {
    std::filesystem::path etc = "/etc/hpcdoc";
};

// HPCDOC_SHARE, else beside the program: ../share/hpcdoc once installed, share/hpcdoc in a build directory; else where
// it was to be installed.
Result<std::filesystem::path> find_share(const OwnEnvironment& env);

// The site's files, the user's, HPCDOC_* and -c.
ConfigSources config_sources(const OwnEnvironment& env, std::vector<std::string> overrides,
                             const SitePlaces& site = {});

// Low to high: shipped, rules.path, the site's rules.d.
std::vector<std::filesystem::path> rule_dirs(const std::filesystem::path& share, const Config& config,
                                             const SitePlaces& site = {});

} // namespace hpcdoc::app

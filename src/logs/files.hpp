// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <hpcdoc/host.hpp>
#include <hpcdoc/report.hpp>

namespace hpcdoc::logs {

struct LogFile {
    std::filesystem::path path{};
    FileInfo info{};
};

// The logs that these words name: a file is taken as it is, of a directory what is not known to be data, of a pattern
// ("logs/*.out") what fits. What is in the way is said in the report.
std::vector<LogFile> find_logs(const Host& host, const std::vector<std::string>& paths, Report& report);

} // namespace hpcdoc::logs

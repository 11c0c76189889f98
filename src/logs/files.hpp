// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <hpcdoc/host.hpp>
#include <hpcdoc/report.hpp>

namespace hpcdoc::logs {

struct LogFile {
    std::filesystem::path path{}; // absolute
    std::string shown{};          // as the reader named it
    FileInfo info{};
};

// The logs that these words name: a file is taken as it is, of a directory what is not known to be data, of a pattern
// ("logs/*.out") what fits. What is in the way is said in the report.
std::vector<LogFile> find_logs(const Host& host, const std::vector<std::string>& paths, Report& report);

// What is known of a log: of a recording its two ends may be all.
Result<FileInfo> log_info(const Host& host, const std::filesystem::path& path);

inline constexpr std::size_t k_first_part = std::size_t{4} << 20, k_last_part = std::size_t{12} << 20; // bytes of the ends

} // namespace hpcdoc::logs

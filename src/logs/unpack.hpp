// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include <hpcdoc/result.hpp>

#include "logs/feed.hpp"
#include "util/system.hpp"

namespace hpcdoc::logs {

// What one compressed file (gzip, xz, zstd, bzip2) holds, as it is read: a bomb costs time, never memory.
Result<std::unique_ptr<Source>> unpacked(util::Fd file, std::string name, std::stop_token stop);

} // namespace hpcdoc::logs

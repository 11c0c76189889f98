// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

#include "util/system.hpp"

namespace hpcdoc::archive {

// A text of which the length must be known before it is written: kept in memory while it is short, then in a file
// without a name. Only clean text may be given to it.
class Spool {
public:
    explicit Spool(std::string directory) : m_directory(std::move(directory)) {}

    Result<void> write(std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    Result<void> give(const std::function<Result<void>(std::string_view)>& out);

private:
    Result<void> flush();

    std::string m_directory;
    std::string m_memory{};
    util::Fd m_fd{};
    std::uint64_t m_size = 0;
};

} // namespace hpcdoc::archive

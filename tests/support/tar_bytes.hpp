// SPDX-License-Identifier: Apache-2.0
// Tar archives written by hand, so that they can be as bad as none of tar's own.
#pragma once

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string>

namespace hpcdoc::test {

// One member of a tar archive: POSIX.1-1988 ustar.
inline std::string member(const std::string& name, const std::string& content, char type = '0', unsigned mode = 0644)
{
    std::array<char, 512> header{};
    std::memcpy(header.data(), name.data(), std::min<std::size_t>(name.size(), 100));
    std::snprintf(header.data() + 100, 8, "%07o", mode);
    std::snprintf(header.data() + 108, 8, "%07o", 0U);
    std::snprintf(header.data() + 116, 8, "%07o", 0U);
    std::snprintf(header.data() + 124, 12, "%011llo", static_cast<unsigned long long>(content.size()));
    std::snprintf(header.data() + 136, 12, "%011o", 0U);
    header[156] = type;
    std::memcpy(header.data() + 157, "/etc/passwd", type == '1' || type == '2' ? 11 : 0);
    std::memcpy(header.data() + 257, "ustar\00000", 8);
    std::memset(header.data() + 148, ' ', 8);
    unsigned sum = 0;
    for (const char c : header) {
        sum += static_cast<unsigned char>(c);
    }
    std::snprintf(header.data() + 148, 8, "%06o", sum);
    std::string block(header.begin(), header.end());
    block += content;
    block.resize((block.size() + 511) / 512 * 512);
    return block;
}

inline std::string tar(const std::string& members)
{
    return members + std::string(1024, '\0');
}

} // namespace hpcdoc::test

// SPDX-License-Identifier: Apache-2.0
// SHA256SUMS: "<sha256>  <member>" lines, as sha256sum writes and checks them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::bundle {

struct Checksums {
    std::map<std::string, std::string, std::less<>> sums{}; // member -> sha256
    std::vector<std::size_t> wrong_lines{};                 // 1-based: no checksum, or a member for the second time
};

Checksums read_checksums(std::string_view text);

} // namespace hpcdoc::bundle

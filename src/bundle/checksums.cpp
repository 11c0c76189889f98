// SPDX-License-Identifier: Apache-2.0
#include "bundle/checksums.hpp"

#include "util/strings.hpp"

namespace hpcdoc::bundle {

Checksums read_checksums(std::string_view text)
{
    constexpr std::size_t k_digits = 64;
    Checksums read;
    std::size_t number = 0;
    for (const std::string_view line : util::lines(text)) {
        ++number;
        const std::string_view sum = line.substr(0, k_digits);
        // Two blanks, or a blank and a star: text and binary are one on POSIX.
        const bool good = line.size() > k_digits + 2 &&
                          sum.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
                          line[k_digits] == ' ' && (line[k_digits + 1] == ' ' || line[k_digits + 1] == '*');
        if (!good || !read.sums.emplace(std::string(line.substr(k_digits + 2)), std::string(sum)).second) {
            read.wrong_lines.push_back(number);
        }
    }
    return read;
}

} // namespace hpcdoc::bundle

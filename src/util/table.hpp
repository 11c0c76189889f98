// SPDX-License-Identifier: Apache-2.0
// A table for a terminal: render() returns a string.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hpcdoc::util {

class TextTable {
public:
    void header(std::vector<std::string> cells);
    void row(std::vector<std::string> cells);
    // At most `width` columns: the widest cells are shortened first. Numbers are right-aligned. No trailing blanks.
    std::string render(std::size_t width, bool unicode) const;

private:
    std::vector<std::string> m_header{};
    std::vector<std::vector<std::string>> m_rows{};
};

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
// The lines of a log as a reader of the screen saw them: a lone CR ends a line too (progress bars), escape sequences are
// taken out. Numbers count LF only, as `grep -n` and editors do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::scan {

struct Line {
    std::string_view text{};
    std::uint64_t number = 0; // 1-based
};

class Lines {
public:
    explicit Lines(std::string_view text); // must outlive this

    // The text that lines() point into: the one given, or a copy without escape sequences.
    std::string_view text() const { return m_text; }
    const std::vector<Line>& lines() const { return m_lines; }
    // The line that holds this byte of text(); a line end belongs to the line that it ends.
    std::size_t index_at(std::size_t position) const;
    std::size_t offset(std::size_t line) const { return static_cast<std::size_t>(m_lines[line].text.data() - m_text.data()); }

    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

private:
    std::string m_plain{};
    std::string_view m_text{};
    std::vector<Line> m_lines{};
};

} // namespace hpcdoc::scan

// SPDX-License-Identifier: Apache-2.0
// Records of a fixed number of cells, each cell followed by the unit separator, each record by a newline: what
// "sacct -p --delimiter" and our squeue format print. A newline within a cell does no harm.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::slurm {

class Rows {
public:
    // `first_free`: the first column that a user can write. If someone put separators into such a text, the record has
    // too many cells: those from `first_free` on are then given as empty, because nobody can say where they end.
    Rows(std::string_view text, std::size_t columns, std::size_t first_free, std::string_view source);

    // Nothing (an empty span) at the end of the text; Code::parse for a record that is cut short.
    Result<std::span<const std::string_view>> next();

private:
    bool record_ends_at(std::size_t offset) const;
    bool resynchronise();

    std::string_view m_text;
    std::size_t m_columns, m_first_free;
    std::string_view m_source;
    std::size_t m_at = 0, m_record = 0;
    std::vector<std::string_view> m_cells{};
};

} // namespace hpcdoc::slurm

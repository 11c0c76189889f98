// SPDX-License-Identifier: Apache-2.0
#include "tools/slurm/rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr char k_separator = k_unit_separator.front();

} // namespace

Rows::Rows(std::string_view text, std::size_t columns, std::size_t first_free, std::string_view source)
    : m_text(text), m_columns(columns), m_first_free(first_free), m_source(source)
{
    m_cells.reserve(columns);
}

bool Rows::record_ends_at(std::size_t offset) const
{
    const std::string_view rest = m_text.substr(offset);
    return rest.empty() || rest.front() == '\n' || rest.substr(0, 2) == "\r\n";
}

// Goes on behind the next end of a record: separator, newline, and then a job id or the end of the text.
bool Rows::resynchronise()
{
    for (std::size_t end = m_at; (end = m_text.find("\x1f\n", end)) != std::string_view::npos; ++end) {
        const std::size_t next = end + 2;
        if (next == m_text.size() || (m_text[next] >= '0' && m_text[next] <= '9')) {
            m_at = next;
            return true;
        }
    }
    return false;
}

Result<std::span<const std::string_view>> Rows::next()
{
    m_cells.clear();
    if (m_columns == 0 || util::trim(m_text.substr(m_at)).empty()) {
        return std::span<const std::string_view>();
    }
    ++m_record;
    const std::size_t start = m_at;
    for (std::size_t column = 0; column < m_columns; ++column) {
        const std::size_t end = m_text.find(k_separator, m_at);
        if (end == std::string_view::npos) {
            return failure(Code::parse,
                           fmt::format("output of {} is cut short: record {} (line {}) has {} of {} fields", m_source, m_record,
                                       line_at(m_text, start), column, m_columns),
                           "ask again, or record it anew");
        }
        m_cells.push_back(m_text.substr(m_at, end - m_at));
        m_at = end + 1;
    }
    if (record_ends_at(m_at)) {
        const std::size_t newline = m_text.find('\n', m_at);
        m_at = newline == std::string_view::npos ? m_text.size() : newline + 1;
        return std::span<const std::string_view>(m_cells);
    }
    const auto sure = static_cast<std::ptrdiff_t>(std::min(m_first_free, m_columns));
    std::fill(m_cells.begin() + sure, m_cells.end(), std::string_view());
    if (!resynchronise()) {
        return failure(Code::parse,
                       fmt::format("output of {} is not what was asked for: record {} (line {}) does not end after {} fields",
                                   m_source, m_record, line_at(m_text, start), m_columns));
    }
    return std::span<const std::string_view>(m_cells);
}

} // namespace hpcdoc::slurm

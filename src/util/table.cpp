// SPDX-License-Identifier: Apache-2.0
#include "util/table.hpp"

#include <algorithm>
#include <numeric>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

constexpr std::size_t k_gap = 2;

using Row = std::vector<std::string>;

// A cell is one line of plain text, whatever was put in it.
Row safe(Row cells)
{
    for (std::string& cell : cells) {
        cell = replace_all(printable(cell), "\t", " ");
    }
    return cells;
}

bool number(std::string_view cell)
{
    return parse_real(cell.ends_with('%') ? trim(cell.substr(0, cell.size() - 1)) : cell).has_value();
}

std::string_view cell_of(const Row& row, std::size_t column)
{
    return column < row.size() ? std::string_view(row[column]) : std::string_view();
}

bool right_aligned(const std::vector<Row>& rows, std::size_t column)
{
    bool any = false;
    for (const Row& row : rows) {
        const std::string_view cell = cell_of(row, column);
        if (number(cell)) {
            any = true;
        } else if (!cell.empty() && cell != "-") {
            return false;
        }
    }
    return any;
}

// Takes from the widest columns first until the line fits, as long as a column shows anything.
void fit(std::vector<std::size_t>& widths, std::size_t width)
{
    const std::size_t gaps = widths.empty() ? 0 : k_gap * (widths.size() - 1);
    std::size_t total = std::accumulate(widths.begin(), widths.end(), gaps);
    while (total > width) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (widest == widths.end() || *widest <= 1) {
            return;
        }
        --*widest;
        --total;
    }
}

std::string render_row(const Row& row, const std::vector<std::size_t>& widths, const std::vector<bool>& right,
                       bool unicode)
{
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const std::string cell = shorten(cell_of(row, i), widths[i], unicode);
        const std::string blank(widths[i] - std::min(widths[i], display_width(cell)), ' ');
        line.append(i == 0 ? 0 : k_gap, ' ').append(right[i] ? blank + cell : cell + blank);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

} // namespace

void TextTable::header(std::vector<std::string> cells)
{
    m_header = safe(std::move(cells));
}

void TextTable::row(std::vector<std::string> cells)
{
    m_rows.push_back(safe(std::move(cells)));
}

std::string TextTable::render(std::size_t width, bool unicode) const
{
    std::vector<std::size_t> widths(m_header.size());
    const auto widen = [&](const Row& row) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    };
    widen(m_header);
    std::for_each(m_rows.begin(), m_rows.end(), widen);
    fit(widths, width);

    std::vector<bool> right(widths.size());
    for (std::size_t i = 0; i < widths.size(); ++i) {
        right[i] = right_aligned(m_rows, i);
    }
    std::string text;
    if (!m_header.empty()) {
        text += shorten(render_row(m_header, widths, right, unicode), width, unicode) + '\n';
    }
    for (const Row& row : m_rows) {
        text += shorten(render_row(row, widths, right, unicode), width, unicode) + '\n';
    }
    return text;
}

} // namespace hpcdoc::util

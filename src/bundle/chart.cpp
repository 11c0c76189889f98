// SPDX-License-Identifier: Apache-2.0
#include "bundle/chart.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "report/html_parts.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle::chart {

namespace {

namespace html = report::html;

// Pixels.
constexpr std::size_t k_axis = 18, k_label = 16, k_lane = 9, k_bar = 7, k_gap = 8;
constexpr std::size_t k_label_width = 36, k_remark_width = 48; // columns

std::string percent(double part)
{
    return fmt::format("{:.2f}%", std::clamp(std::isfinite(part) ? part : 0.0, 0.0, 1.0) * 100);
}

std::size_t lanes_of(const Row& row)
{
    std::size_t lanes = 1;
    for (const Bar& bar : row.bars) {
        lanes = std::max(lanes, bar.lane + 1);
    }
    return lanes;
}

std::size_t height_of(const Row& row)
{
    return k_label + lanes_of(row) * k_lane + k_gap;
}

std::string bar_of(const Bar& bar, std::size_t top)
{
    const double from = std::min(bar.from, bar.to), width = std::max(bar.to - bar.from, 0.0);
    const std::string title = bar.title.empty() ? "" : fmt::format("<title>{}</title>", html::text(bar.title));
    return fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"1\">{}</rect>\n",
                       bar.css_class, percent(from), top + k_label + bar.lane * k_lane, percent(width), k_bar, title);
}

std::string row_of(const Row& row, std::size_t top)
{
    std::string text = fmt::format("<text x=\"0\" y=\"{}\">{}", top + k_label - 5,
                                   html::text(util::shorten(row.label, k_label_width)));
    if (!row.remark.empty()) {
        text += fmt::format("<tspan class=\"remark\" dx=\"8\">{}</tspan>",
                            html::text(util::shorten(row.remark, k_remark_width)));
    }
    text += "</text>\n";
    for (const Bar& bar : row.bars) {
        text += bar_of(bar, top);
    }
    return text;
}

std::string tick_of(const Tick& tick, std::size_t height)
{
    const std::string_view anchor = tick.at < 0.05 ? "start" : (tick.at > 0.95 ? "end" : "middle");
    return fmt::format("<line class=\"grid\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>\n"
                       "<text class=\"tick\" x=\"{0}\" y=\"{3}\" text-anchor=\"{4}\">{5}</text>\n",
                       percent(tick.at), k_axis - 4, height, k_axis - 7, anchor, html::text(tick.label));
}

} // namespace

std::string svg(const Chart& chart)
{
    std::size_t height = chart.ticks.empty() ? 0 : k_axis;
    const std::size_t first = height;
    for (const Row& row : chart.rows) {
        height += height_of(row);
    }
    std::string text = fmt::format("<svg class=\"chart\" role=\"img\" aria-labelledby=\"{0}-title {0}-desc\" "
                                   "width=\"100%\" height=\"{1}\">\n<title id=\"{0}-title\">{2}</title>\n"
                                   "<desc id=\"{0}-desc\">{3}</desc>\n",
                                   chart.id, height, html::text(chart.title), html::text(chart.description));
    for (const Tick& tick : chart.ticks) {
        text += tick_of(tick, height);
    }
    std::size_t top = first;
    for (const Row& row : chart.rows) {
        text += row_of(row, top);
        top += height_of(row);
    }
    return text + "</svg>\n";
}

std::vector<double> round_steps(double most, std::size_t count)
{
    if (!std::isfinite(most) || most <= 0 || count == 0) {
        return {0};
    }
    const double rough = most / static_cast<double>(count);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double times = rough / power;
    const double step = power * (times <= 1 ? 1 : (times <= 2 ? 2 : (times <= 5 ? 5 : 10)));
    std::vector<double> steps;
    for (std::size_t i = 0; i <= count && step * static_cast<double>(i) <= most * 1.0000001; ++i) {
        steps.push_back(step * static_cast<double>(i));
    }
    return steps;
}

} // namespace hpcdoc::bundle::chart

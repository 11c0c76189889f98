// SPDX-License-Identifier: Apache-2.0
// When each item was asked for, how long it took and what came of it.
#include "bundle/page.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "bundle/chart.hpp"
#include "bundle/view.hpp"
#include "report/html_parts.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle::page {

namespace {

namespace html = report::html;
using archive::Item;
using archive::Manifest;
using std::chrono::milliseconds;
using Status = Item::Status;

constexpr std::size_t k_single = 24; // up to so many items have a row each; more are grouped by topic
constexpr std::size_t k_lanes = 8, k_bars = 2000, k_rows = 60, k_table = 5000;

constexpr std::array k_all{Status::ok,      Status::nonzero, Status::timeout, Status::unkillable,    Status::denied,
                           Status::missing, Status::failed,  Status::budget,  Status::redact_failed, Status::skipped};

// What was never started has no place in time.
bool drawn(const Item& item)
{
    return item.start.time_since_epoch().count() > 0;
}

class Scale {
public:
    explicit Scale(const Manifest& manifest)
    {
        bool any = false;
        for (const Item& item : manifest.items) {
            if (drawn(item)) {
                m_start = any ? std::min(m_start, item.start) : item.start;
                m_end = any ? std::max(m_end, item.start + item.duration) : item.start + item.duration;
                any = true;
            }
        }
        m_any = any;
    }

    bool any() const { return m_any; }
    milliseconds offset(const Item& item) const { return item.start - m_start; }
    milliseconds length() const { return std::max(m_end - m_start, milliseconds(1)); }
    double at(milliseconds offset) const { return part(static_cast<double>(offset.count())); }
    double part(double ms) const { return ms / static_cast<double>(length().count()); }

private:
    std::chrono::sys_time<milliseconds> m_start{}, m_end{};
    bool m_any = false;
};

std::string said(const Item& item, const Scale& scale)
{
    return fmt::format("{}: {}, after {}, took {}", item.id, meaning_of(item.status), took_text(scale.offset(item)),
                       took_text(item.duration));
}

chart::Bar bar_of(const Item& item, const Scale& scale, std::size_t lane)
{
    return {scale.at(scale.offset(item)), scale.at(scale.offset(item) + item.duration), lane,
            std::string(class_of(item.status)), said(item, scale)};
}

// "12 items; no answer in time 1, no permission 2"
std::string remark_of(const std::vector<const Item*>& items)
{
    std::string text = report::count_text(items.size(), "item");
    std::string_view before = "; ";
    for (const Status status : k_all) {
        const auto count =
            std::count_if(items.begin(), items.end(), [&](const Item* i) { return i->status == status; });
        if (status != Status::ok && count > 0) {
            text += fmt::format("{}{} {}", before, count, to_string(status));
            before = ", ";
        }
    }
    return text;
}

chart::Row row_of_topic(const std::string& topic, std::vector<const Item*> items, const Scale& scale)
{
    chart::Row row{topic.empty() ? "other" : topic, remark_of(items), {}};
    std::stable_sort(items.begin(), items.end(), [](const Item* a, const Item* b) { return a->start < b->start; });
    std::vector<milliseconds> ends; // of each lane
    for (const Item* item : items) {
        if (!drawn(*item)) {
            continue;
        }
        const milliseconds start = scale.offset(*item);
        const auto free = std::find_if(ends.begin(), ends.end(), [&](milliseconds end) { return end <= start; });
        std::size_t lane = static_cast<std::size_t>(free - ends.begin());
        if (free == ends.end() && ends.size() < k_lanes) {
            ends.push_back(start);
        }
        lane = std::min(lane, k_lanes - 1);
        ends[lane] = std::max(ends[lane], start + item->duration);
        row.bars.push_back(bar_of(*item, scale, lane));
    }
    return row;
}

std::vector<chart::Row> rows_of(const Manifest& manifest, const Scale& scale)
{
    std::vector<chart::Row> rows;
    if (manifest.items.size() <= k_single) {
        for (const Item& item : manifest.items) {
            if (drawn(item)) {
                const std::string came = item.status == Status::ok ? "" : fmt::format(", {}", meaning_of(item.status));
                rows.push_back({item.id, took_text(item.duration) + came, {bar_of(item, scale, 0)}});
            }
        }
        return rows;
    }
    std::map<std::string, std::vector<const Item*>> topics;
    std::size_t count = 0;
    for (const Item& item : manifest.items) {
        if (++count <= k_bars) {
            topics[item.topic].push_back(&item);
        }
    }
    for (const auto& [topic, items] : topics) {
        if (rows.size() < k_rows) {
            rows.push_back(row_of_topic(topic, items, scale));
        }
    }
    return rows;
}

std::string legend(const Manifest& manifest)
{
    std::string entries;
    for (const Status status : k_all) {
        const auto count = std::count_if(manifest.items.begin(), manifest.items.end(),
                                         [&](const Item& item) { return item.status == status; });
        if (count > 0) {
            entries += fmt::format("<li><svg class=\"key\" aria-hidden=\"true\"><rect class=\"{}\" width=\"10\" "
                                   "height=\"10\"/></svg> {} {}</li>\n",
                                   class_of(status), count, meaning_of(status));
        }
    }
    return fmt::format("<ul class=\"legend\">\n{}</ul>\n", entries);
}

std::string table(const Manifest& manifest, const Scale& scale)
{
    Table table{"items", "", {"Item", "What came of it", "After", "Took", "Bytes kept", "Asked", "Note"}, {}};
    for (const Item& item : manifest.items) {
        if (table.rows.size() >= k_table) {
            break;
        }
        const std::uint64_t kept = item.out.kept + item.err.kept;
        table.rows.push_back({item.id, std::string(meaning_of(item.status)),
                              drawn(item) ? took_text(scale.offset(item)) : "never",
                              drawn(item) ? took_text(item.duration) : "", kept == 0 ? "" : util::human_size(kept),
                              source_of(item), item.note});
    }
    return html::details("All items as a table", html::table(table, 3), false, "all-items");
}

} // namespace

std::string_view class_of(Status status)
{
    switch (status) {
    case Status::ok: return "s-ok";
    case Status::nonzero: return "s-nonzero";
    case Status::timeout:
    case Status::unkillable: return "s-hung";
    case Status::redact_failed:
    case Status::failed: return "s-failed";
    case Status::missing:
    case Status::denied:
    case Status::skipped:
    case Status::budget: break;
    }
    return "s-absent";
}

std::string timeline(const Manifest& manifest)
{
    if (manifest.items.empty()) {
        return {};
    }
    const Scale scale(manifest);
    std::string drawing;
    if (scale.any()) {
        chart::Chart chart{"timeline-chart",
                           "Timeline of collecting",
                           fmt::format("When each of {} was asked for and how long it took, over {} in all. The table "
                                       "below says the same.",
                                       report::count_text(manifest.items.size(), "item"), took_text(scale.length())),
                           rows_of(manifest, scale),
                           {}};
        for (const double step : chart::round_steps(static_cast<double>(scale.length().count()), 5)) {
            chart.ticks.push_back({scale.part(step), took_text(milliseconds(static_cast<std::int64_t>(step)))});
        }
        drawing = chart::svg(chart);
    }
    std::string text = fmt::format("<div class=\"card\">\n{}{}</div>\n", legend(manifest), drawing);
    if (manifest.items.size() > k_bars) {
        text += html::paragraph("muted", fmt::format("Drawn are the first {} items.", k_bars));
    }
    return text + table(manifest, scale);
}

} // namespace hpcdoc::bundle::page

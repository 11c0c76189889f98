// SPDX-License-Identifier: Apache-2.0
// What the jobs used of what they asked for.
#include "bundle/page.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "bundle/chart.hpp"
#include "report/html_parts.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle::page {

namespace {

namespace html = report::html;

constexpr std::size_t k_jobs = 6, k_meters = 24;
constexpr double k_full = 0.95; // of memory: the next allocation may be the last

struct Kind {
    std::string_view id, title;
    std::string (*text)(double amount);
    bool fills = false; // to use all of it is a danger, not the aim
};

std::string size_text(double bytes)
{
    return util::human_size(static_cast<std::uint64_t>(std::max(bytes, 0.0)));
}

std::string cpu_text(double cpus)
{
    return fmt::format("{:.1f} CPUs", cpus);
}

std::string gpu_text(double gpus)
{
    return fmt::format("{:.0f} %", gpus * 100);
}

// "3.9 GiB of 4.0 GiB (98 %)"
std::string used_text(const Meter& meter, const Kind& kind)
{
    if (meter.asked <= 0) {
        return kind.text(meter.used) + " used";
    }
    return fmt::format("{} of {} ({:.0f} %)", kind.text(meter.used), kind.text(meter.asked),
                       100 * meter.used / meter.asked);
}

// Of a thousand steps the fullest; in their order.
std::vector<Meter> worth_showing(std::vector<Meter> meters)
{
    if (meters.size() <= k_meters) {
        return meters;
    }
    std::vector<double> sizes;
    for (const Meter& meter : meters) {
        sizes.push_back(meter.used);
    }
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(k_meters), sizes.end(),
                     std::greater<>());
    const double least = sizes[k_meters];
    std::erase_if(meters, [&](const Meter& meter) { return meter.used <= least; });
    return meters;
}

std::string meter_table(const std::vector<Meter>& meters, const Kind& kind, const std::string& id)
{
    Table table{id, "", {"Where", "Used", "Asked for", "Share"}, {}};
    for (const Meter& meter : meters) {
        const bool known = meter.asked > 0;
        table.rows.push_back({meter.what, kind.text(meter.used), known ? kind.text(meter.asked) : "not known",
                              known ? fmt::format("{:.0f} %", 100 * meter.used / meter.asked) : ""});
    }
    return html::details("The numbers", html::table(table, 4), false, "numbers");
}

chart::Row row_of(const Meter& meter, const Kind& kind, double most)
{
    const bool full = kind.fills && meter.asked > 0 && meter.used >= meter.asked * k_full;
    chart::Row row{meter.what, used_text(meter, kind), {}};
    if (meter.asked > 0) {
        row.bars.push_back({0, meter.asked / most, 0, "u-asked", "asked for: " + kind.text(meter.asked)});
    }
    row.bars.push_back({0, meter.used / most, 0, full ? "u-full" : "u-used", "used: " + kind.text(meter.used)});
    return row;
}

std::string meters(const std::vector<Meter>& all, const Kind& kind, const JobUsage& job, const std::string& id)
{
    const std::vector<Meter> shown = worth_showing(all);
    double most = 0;
    for (const Meter& meter : shown) {
        most = std::max({most, meter.used, meter.asked});
    }
    if (shown.empty() || most <= 0 || !std::isfinite(most)) {
        return {};
    }
    chart::Chart chart{id,
                       fmt::format("{} of job {}", kind.title, job.job),
                       fmt::format("Bars: what was used, before what was asked for. By {}. The table below says the "
                                   "same.",
                                   job.source),
                       {},
                       {}};
    for (const Meter& meter : shown) {
        chart.rows.push_back(row_of(meter, kind, most));
    }
    const std::string rest =
        shown.size() == all.size() ? "" : html::paragraph("muted", fmt::format("The fullest of {}.", all.size()));
    return html::heading(4, kind.title) + chart::svg(chart) + rest + meter_table(shown, kind, id);
}

std::string job_usage(const JobUsage& job, const std::string& id)
{
    const Kind memory{"memory", "Memory", size_text, true}, cpu{"cpu", "CPUs busy on average", cpu_text, false},
        gpu{"gpu", "GPUs busy on average", gpu_text, false};
    std::string text = html::heading(3, fmt::format("Job {}{}{}", job.job, job.name.empty() ? "" : " ", job.name));
    text += meters(job.memory, memory, job, id + "-memory") + meters(job.cpu, cpu, job, id + "-cpu") +
            meters(job.gpu, gpu, job, id + "-gpu");
    return fmt::format("<div class=\"card usage\">\n{}{}</div>\n", text,
                       html::paragraph("muted", job.source == "sacct"
                                                    ? "From sacct. Slurm samples now and then: a short peak of memory "
                                                      "may be missing."
                                                    : "From jobstats, which the site runs."));
}

} // namespace

std::string usage(const Content& content, const Recording& recording)
{
    std::vector<std::string> wanted = content.manifest.jobs;
    for (const Report& part : content.report.reports()) {
        if (part.command == "job explain") {
            wanted.push_back(part.subject);
        }
    }
    const std::vector<JobUsage> all = usage_of(recording, wanted);
    std::string text;
    for (std::size_t i = 0; i < std::min(all.size(), k_jobs); ++i) {
        text += job_usage(all[i], fmt::format("u-{}", i + 1));
    }
    if (all.size() > k_jobs) {
        text += html::paragraph("muted", fmt::format("The first {} of {} jobs.", k_jobs, all.size()));
    }
    return text;
}

} // namespace hpcdoc::bundle::page

// SPDX-License-Identifier: Apache-2.0
// hpcdoc bundle diff: what changed between two bundles.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/host.hpp>

#include "bundle/compare.hpp"
#include "bundle/noise.hpp"
#include "bundle/opened.hpp"
#include "bundle/pieces.hpp"
#include "bundle/read_report.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using archive::Item;
using archive::Manifest;
using bundle::Noise;
using bundle::Opened;
using bundle::Piece;

constexpr std::uint64_t k_small = 4096; // bytes: below, a size says nothing

class Difference {
public:
    Difference(const Noise& noise, const Opened& before, const Opened& after, Report& report)
        : m_noise(noise), m_before(before), m_after(after), m_report(report)
    {
    }

    void all()
    {
        add_findings();
        if (m_before.manifest && m_after.manifest) {
            add_bundle(*m_before.manifest, *m_after.manifest);
            add_items(*m_before.manifest, *m_after.manifest);
        } else {
            m_report.skipped("bundle.diff", "manifest.json",
                             "not in both: what was collected, and how that went, is not compared");
        }
        add_pieces();
    }
    std::size_t count() const { return m_count; }
    bool compared() const { return m_compared; }

private:
    void add(Table table)
    {
        if (!table.rows.empty()) {
            m_count += table.rows.size();
            m_report.add(std::move(table));
        }
    }

    // Findings by id and by what they say; numbers in a title differ from job to job.
    void gather(const Report& report, std::map<std::string, const Finding*>& findings) const
    {
        for (const Finding& finding : report.findings()) {
            findings.emplace(finding.id + " " + m_noise.mask(finding.title, true), &finding);
        }
        for (const Report& part : report.reports()) {
            gather(part, findings);
        }
    }

    void add_findings()
    {
        const std::string* a = m_before.find(archive::k_findings_member);
        const std::string* b = m_after.find(archive::k_findings_member);
        if (a == nullptr || b == nullptr) {
            m_report.skipped("bundle.diff", "findings.json", "not in both: findings are not compared");
            return;
        }
        const Result<Report> was = bundle::report_from(*a, m_before.source + "/findings.json");
        const Result<Report> is = bundle::report_from(*b, m_after.source + "/findings.json");
        if (!was || !is) {
            m_report.failed("bundle.diff", "findings.json", was ? is.error() : was.error());
            return;
        }
        std::map<std::string, const Finding*> before, after;
        gather(*was, before);
        gather(*is, after);
        Table table{"findings", "Findings", {"Change", "Severity", "Id", "Finding"}, {}};
        add_missing(before, after, "gone", table);
        add_missing(after, before, "new", table);
        add(std::move(table));
    }

    static void add_missing(const std::map<std::string, const Finding*>& findings,
                            const std::map<std::string, const Finding*>& others, const char* change, Table& table)
    {
        for (const auto& [key, finding] : findings) {
            if (!others.contains(key)) {
                table.rows.push_back({change, std::string(to_string(finding->severity)), finding->id, finding->title});
            }
        }
    }

    void add_bundle(const Manifest& a, const Manifest& b)
    {
        Table table{"bundle", "Bundle", {"Name", "Before", "After"}, {}};
        const auto row = [&](const char* name, const std::string& was, const std::string& is) {
            if (was != is) {
                table.rows.push_back({name, was.empty() ? "-" : was, is.empty() ? "-" : is});
            }
        };
        row("Host", a.host, b.host);
        row("Role", a.role, b.role);
        row("User", a.user, b.user);
        row("Cluster", a.cluster, b.cluster);
        row("Jobs", util::join(a.jobs, ", "), util::join(b.jobs, ", "));
        row("Made by", a.hpcdoc, b.hpcdoc);
        row("Rules", a.rules.substr(0, 12), b.rules.substr(0, 12));
        row("For", a.audience, b.audience);
        row("Note", a.note, b.note);
        row("Complete", a.complete ? "yes" : "no: " + a.incomplete, b.complete ? "yes" : "no: " + b.incomplete);
        add(std::move(table));
    }

    static bool sizes_differ(const Item& a, const Item& b)
    {
        const std::uint64_t small = std::min(a.out.seen, b.out.seen), large = std::max(a.out.seen, b.out.seen);
        return large > k_small && large / 2 >= small;
    }

    static std::string outcome(const Item* item, bool with_size)
    {
        if (item == nullptr) {
            return "-";
        }
        const std::string text = bundle::status_text(*item);
        return with_size ? text + ", " + util::human_size(item->out.seen) : text;
    }

    void add_items(const Manifest& a, const Manifest& b)
    {
        std::map<std::string, std::pair<const Item*, const Item*>> items;
        for (const Item& item : a.items) {
            items[bundle::with_job_masked(m_before, item.id)].first = &item;
        }
        for (const Item& item : b.items) {
            items[bundle::with_job_masked(m_after, item.id)].second = &item;
        }
        Table table{"items", "Collected", {"Item", "Before", "After"}, {}};
        for (const auto& [id, pair] : items) {
            const auto [was, is] = pair;
            const bool both = was != nullptr && is != nullptr;
            const bool sizes = both && sizes_differ(*was, *is);
            if (!both || sizes || was->status != is->status || was->exit != is->exit || was->signal != is->signal) {
                table.rows.push_back({id, outcome(was, sizes), outcome(is, sizes)});
            }
        }
        add(std::move(table));
    }

    void add_pieces()
    {
        std::map<std::string, Piece> before = bundle::pieces_of(m_before, m_noise);
        std::map<std::string, Piece> after = bundle::pieces_of(m_after, m_noise);
        std::size_t compared = 0;
        for (auto& [key, piece] : before) {
            const auto other = after.find(key);
            if (other == after.end()) {
                continue; // an item that one bundle lacks is told above
            }
            ++compared;
            piece.text = bundle::with_job_masked(m_before, std::move(piece.text));
            other->second.text = bundle::with_job_masked(m_after, std::move(other->second.text));
            if (std::optional<Table> table = bundle::compare(key, piece, other->second, m_noise)) {
                add(std::move(*table));
            }
        }
        m_compared = compared > 0 || (m_before.manifest && m_after.manifest);
        if (!m_compared) {
            m_report.failed("bundle.diff", "", Error{Code::unsupported, "the two have nothing in common that could be compared", "", {}});
        } else if (m_count == 0) {
            m_report.passed("bundle.diff", fmt::format("{} texts compared", compared));
        }
    }

    const Noise& m_noise;
    const Opened& m_before;
    const Opened& m_after;
    Report& m_report;
    std::size_t m_count = 0;
    bool m_compared = false;
};

std::string name_of(const Opened& opened, std::chrono::seconds utc_offset)
{
    return opened.manifest
               ? fmt::format("{} ({})", opened.manifest->host, util::local_stamp(opened.manifest->started, utc_offset))
               : opened.name();
}

} // namespace

Result<void> diff_bundles(Context& ctx, const std::string& before, const std::string& after, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::string data, ctx.data("bundle/diff.toml"));
    HPCDOC_TRY_ASSIGN(const Noise noise, Noise::parse(data, (ctx.share / "bundle/diff.toml").string()));
    HPCDOC_TRY_ASSIGN(const Opened was, bundle::open(before));
    HPCDOC_TRY_ASSIGN(const Opened is, bundle::open(after));
    Difference difference(noise, was, is, report);
    difference.all();
    report.subject = before + " " + after;
    const std::string names = name_of(was, ctx.host.utc_offset()) + " and " + name_of(is, ctx.host.utc_offset());
    report.headline = !difference.compared()    ? "nothing could be compared: " + names
                      : difference.count() == 0 ? "nothing that matters differs between " + names
                                              : fmt::format("{} difference{} between {}", difference.count(),
                                                            difference.count() == 1 ? "" : "s", names);
    return {};
}

} // namespace hpcdoc

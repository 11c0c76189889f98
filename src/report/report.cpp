// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/report.hpp>

#include <algorithm>
#include <tuple>

namespace hpcdoc {

namespace {

// Causes first, then the worst, then the surest, then by id: the order is the same on every run.
bool before(const Finding& a, const Finding& b)
{
    return std::tuple(a.role, b.severity, b.certainty, std::string_view(a.id)) <
           std::tuple(b.role, a.severity, a.certainty, std::string_view(b.id));
}

bool same_thing(const Finding& a, const Finding& b)
{
    return a.id == b.id && a.title == b.title && a.origin == b.origin;
}

template<class T> void add_missing(std::vector<T>& into, std::vector<T>&& from)
{
    for (T& item : from) {
        if (std::find(into.begin(), into.end(), item) == into.end()) {
            into.push_back(std::move(item));
        }
    }
}

// Two ways led to one finding: it is as bad and as sure as the stronger of them says, with the proofs of both.
void merge(Finding& into, Finding&& from)
{
    into.severity = std::max(into.severity, from.severity);
    into.certainty = std::max(into.certainty, from.certainty);
    into.role = std::min(into.role, from.role);
    add_missing(into.evidence, std::move(from.evidence));
    add_missing(into.fixes, std::move(from.fixes));
    add_missing(into.labels, std::move(from.labels));
    add_missing(into.see, std::move(from.see));
    if (into.cause.empty()) {
        into.cause = std::move(from.cause);
    }
    if (!into.escalate) {
        into.escalate = std::move(from.escalate);
    }
}

// Something could not be looked at and no cause was found, here or for one of the subjects. A cause below the
// threshold is an answer all the same.
bool unanswered(const Report& report)
{
    const std::span<const Report> parts = report.reports();
    return (!report.complete() && report.verdict() == nullptr) || std::any_of(parts.begin(), parts.end(), unanswered);
}

} // namespace

void Report::fact(Fact fact)
{
    m_facts.push_back(std::move(fact));
}

void Report::passed(std::string check, std::string about)
{
    m_checks.push_back({std::move(check), std::move(about), Check::Outcome::passed, {}});
}

void Report::found(std::string check, std::string about)
{
    m_checks.push_back({std::move(check), std::move(about), Check::Outcome::found, {}});
}

void Report::skipped(std::string check, std::string about, std::string reason)
{
    m_checks.push_back({std::move(check), std::move(about), Check::Outcome::skipped, std::move(reason)});
}

void Report::failed(std::string check, std::string about, const Error& error)
{
    std::string reason = describe(error);
    if (!error.hint.empty()) {
        reason += "; " + error.hint;
    }
    m_checks.push_back({std::move(check), std::move(about), Check::Outcome::failed, std::move(reason)});
}

void Report::add(Finding finding)
{
    const auto same = std::find_if(m_findings.begin(), m_findings.end(),
                                   [&](const Finding& other) { return same_thing(other, finding); });
    if (same != m_findings.end()) {
        merge(*same, std::move(finding));
        finding = std::move(*same);
        m_findings.erase(same);
    }
    const auto place = std::upper_bound(m_findings.begin(), m_findings.end(), finding, before);
    m_findings.insert(place, std::move(finding));
}

void Report::add(Table table)
{
    for (auto& row : table.rows) {
        row.resize(table.columns.size());
    }
    m_tables.push_back(std::move(table));
}

void Report::add(Report child)
{
    m_reports.push_back(std::move(child));
}

const Finding* Report::verdict() const
{
    if (!m_findings.empty() && m_findings.front().role == Role::cause) {
        return &m_findings.front();
    }
    const Finding* worst = nullptr;
    for (const Report& part : m_reports) {
        const Finding* verdict = part.verdict();
        if (verdict != nullptr && (worst == nullptr || std::tuple(verdict->severity, verdict->certainty) >
                                                           std::tuple(worst->severity, worst->certainty))) {
            worst = verdict;
        }
    }
    return worst;
}

std::optional<Severity> Report::worst() const
{
    std::optional<Severity> worst;
    for (const Finding& finding : m_findings) {
        worst = std::max(worst, std::optional(finding.severity));
    }
    for (const Report& part : m_reports) {
        worst = std::max(worst, part.worst());
    }
    return worst;
}

bool Report::complete() const
{
    return std::none_of(m_checks.begin(), m_checks.end(),
                        [](const Check& check) { return check.outcome == Check::Outcome::failed; }) &&
           std::all_of(m_reports.begin(), m_reports.end(), [](const Report& part) { return part.complete(); });
}

Exit exit_for(const Report& report, Severity fail_on)
{
    const std::optional<Severity> worst = report.worst();
    if (worst && *worst >= fail_on) {
        return Exit::found;
    }
    return unanswered(report) ? Exit::incomplete : Exit::clean;
}

} // namespace hpcdoc

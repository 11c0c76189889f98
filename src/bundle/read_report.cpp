// SPDX-License-Identifier: Apache-2.0
#include "bundle/read_report.hpp"

#include <limits>
#include <type_traits>

#include <nlohmann/json.hpp>

#include "exec/json_view.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

constexpr std::string_view k_schema = "hpcdoc.report/1";

template<class Enum> Enum word(const JsonView& view, std::optional<Enum> (*from)(std::string_view))
{
    const std::string text = view.text();
    const std::optional<Enum> value = from(text);
    if (!value && !view.failed()) {
        view.fail("is not a word that this version knows");
    }
    return value.value_or(Enum{});
}

Fix fix_of(const JsonView& view)
{
    return {view.member("text").text(), view.member("commands").texts(), word(view.member("risk"), risk_from)};
}

std::optional<Escalation> escalation_of(const JsonView& view)
{
    if (view.null()) {
        return std::nullopt;
    }
    return Escalation{view.member("to").text(), view.member("contact").text(), view.member("why").text(),
                      view.member("attach").texts(), view.member("message").text()};
}

std::optional<Origin> origin_of(const JsonView& view)
{
    if (view.null()) {
        return std::nullopt;
    }
    constexpr auto k_most = std::numeric_limits<std::int64_t>::max();
    Origin origin;
    const JsonView line = view.member("line"), rank = view.member("rank");
    origin.file = view.member("file").text();
    origin.line = line.null() ? 0 : line.whole(0);
    origin.rank = rank.null() ? std::nullopt : std::optional(rank.number(0, -k_most, k_most));
    origin.host = view.member("host").text();
    origin.time = view.member("time").text();
    return origin;
}

Finding finding_of(const JsonView& view)
{
    Finding finding;
    finding.id = view.member("id").text();
    finding.severity = word(view.member("severity"), severity_from);
    finding.certainty = word(view.member("certainty"), certainty_from);
    finding.role = word(view.member("role"), role_from);
    finding.title = view.member("title").text();
    finding.cause = view.member("cause").text();
    view.member("evidence").each([&](const JsonView& one) {
        finding.evidence.push_back({one.member("source").text(), one.member("excerpt").text()});
    });
    view.member("fixes").each([&](const JsonView& one) { finding.fixes.push_back(fix_of(one)); });
    finding.escalate = escalation_of(view.member("escalate"));
    finding.origin = origin_of(view.member("origin"));
    finding.labels = view.member("labels").texts();
    finding.see = view.member("see").texts();
    finding.rule = view.member("rule").text();
    return finding;
}

void add_check(const JsonView& view, Report& report)
{
    std::string id = view.member("id").text(), subject = view.member("subject").text();
    const std::string outcome = view.member("outcome").text();
    std::string reason = view.member("reason").text();
    if (outcome == to_string(Check::Outcome::passed)) {
        report.passed(std::move(id), std::move(subject));
    } else if (outcome == to_string(Check::Outcome::found)) {
        report.found(std::move(id), std::move(subject));
    } else if (outcome == to_string(Check::Outcome::skipped)) {
        report.skipped(std::move(id), std::move(subject), std::move(reason));
    } else {
        report.failed(std::move(id), std::move(subject), Error{Code::io, std::move(reason), {}, {}});
    }
}

Report report_of(const JsonView& view) // as deep as parse_json lets it be
{
    Report report;
    report.command = view.member("command").text();
    report.subject = view.member("subject").text();
    report.headline = view.member("headline").text();
    report.generated = view.member("generated").time();
    view.member("checks").each([&](const JsonView& one) { add_check(one, report); });
    view.member("findings").each([&](const JsonView& one) { report.add(finding_of(one)); });
    view.member("reports").each([&](const JsonView& one) { report.add(report_of(one)); });
    return report;
}

} // namespace

Result<Report> report_from(std::string_view json, std::string_view source)
{
    std::string problem;
    const nlohmann::json root = parse_json(json, problem);
    const JsonView view(root, problem);
    if (problem.empty() && view.member("schema").text() != k_schema && problem.empty()) {
        problem = "its schema is not '" + std::string(k_schema) + "'";
    }
    Report report = problem.empty() ? report_of(view) : Report{};
    if (!problem.empty()) {
        return failure(Code::config, "'" + util::printable(source) + "': " + util::printable(problem),
                       "another version of hpcdoc made it, or it is damaged: 'hpcdoc bundle verify' says more");
    }
    return report;
}

} // namespace hpcdoc::bundle

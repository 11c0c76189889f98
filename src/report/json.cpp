// SPDX-License-Identifier: Apache-2.0
// "hpcdoc.report/1", described by share/hpcdoc/schema/report.json. Nothing is left out: null and [] say "none"; but
// "body" is there only when there is a text to show.
#include "report/renderers.hpp"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"
#include "util/utf8.hpp"

namespace hpcdoc::report {

namespace {

using Json = nlohmann::json; // an ordered map inside: keys come out sorted

template<class Range, class Make> Json array_of(const Range& range, Make make)
{
    Json array = Json::array();
    for (const auto& item : range) {
        array.push_back(make(item));
    }
    return array;
}

Json json_of(const Fact& fact)
{
    return {{"name", fact.name}, {"label", fact.label}, {"value", fact.value}, {"source", fact.source}};
}

Json json_of(const Check& check)
{
    return {
        {"id", check.id}, {"subject", check.subject}, {"outcome", to_string(check.outcome)}, {"reason", check.reason}};
}

Json json_of(const Table& table)
{
    return {{"id", table.id}, {"title", table.title}, {"columns", table.columns}, {"rows", table.rows}};
}

Json json_of(const Evidence& evidence)
{
    return {{"source", evidence.source}, {"excerpt", evidence.excerpt}};
}

Json json_of(const Fix& fix)
{
    return {{"text", fix.text}, {"commands", fix.commands}, {"risk", to_string(fix.risk)}};
}

Json json_of(const std::optional<Escalation>& escalation)
{
    if (!escalation) {
        return nullptr;
    }
    return {{"to", escalation->to},
            {"contact", escalation->contact},
            {"why", escalation->why},
            {"attach", escalation->attach},
            {"message", escalation->message}};
}

Json json_of(const std::optional<Origin>& origin)
{
    if (!origin) {
        return nullptr;
    }
    return {{"file", origin->file},
            {"line", origin->line == 0 ? Json() : Json(origin->line)},
            {"rank", origin->rank ? Json(*origin->rank) : Json()},
            {"host", origin->host},
            {"time", origin->time}};
}

Json json_of(const Finding& finding)
{
    return {{"id", finding.id},
            {"severity", to_string(finding.severity)},
            {"certainty", to_string(finding.certainty)},
            {"role", to_string(finding.role)},
            {"title", finding.title},
            {"cause", finding.cause},
            {"evidence", array_of(finding.evidence, [](const Evidence& evidence) { return json_of(evidence); })},
            {"fixes", array_of(finding.fixes, [](const Fix& fix) { return json_of(fix); })},
            {"escalate", json_of(finding.escalate)},
            {"origin", json_of(finding.origin)},
            {"labels", finding.labels},
            {"see", finding.see},
            {"rule", finding.rule}};
}

Json verdict_of(const Report& report)
{
    const Finding* verdict = report.verdict();
    if (verdict == nullptr) {
        return nullptr;
    }
    return {{"id", verdict->id},
            {"severity", to_string(verdict->severity)},
            {"certainty", to_string(verdict->certainty)},
            {"title", verdict->title},
            {"labels", verdict->labels}};
}

// A part that was given no command or time of its own has those of the whole.
Json json_of(const Report& report, std::string_view command, std::chrono::sys_seconds generated)
{
    if (!report.command.empty()) {
        command = report.command;
    }
    if (report.generated != std::chrono::sys_seconds{}) {
        generated = report.generated;
    }
    return {
        {"command", command},
        {"subject", report.subject},
        {"headline", report.headline},
        {"generated", util::rfc3339(generated)},
        {"complete", report.complete()},
        {"verdict", verdict_of(report)},
        {"facts", array_of(report.facts(), [](const Fact& fact) { return json_of(fact); })},
        {"checks", array_of(report.checks(), [](const Check& check) { return json_of(check); })},
        {"findings", array_of(report.findings(), [](const Finding& finding) { return json_of(finding); })},
        {"tables", array_of(report.tables(), [](const Table& table) { return json_of(table); })},
        {"reports", array_of(report.reports(), [&](const Report& part) { return json_of(part, command, generated); })}};
}

// JSON itself needs escapes below U+0020 only, but people print JSON on terminals, and those obey U+009B (CSI) and
// bidi overrides too. Outside ASCII such characters stand only inside strings, where an escape means the same.
std::string escape_unsafe(std::string_view json)
{
    std::string safe;
    safe.reserve(json.size() + 1);
    while (!json.empty()) {
        if (static_cast<unsigned char>(json.front()) < 0x7f) {
            safe += json.front();
            json.remove_prefix(1);
            continue;
        }
        const util::CodePoint code = util::decode_utf8(json);
        const std::string_view character = json.substr(0, code.length);
        const auto value = static_cast<std::uint32_t>(code.value);
        if (util::printable(character) == character) {
            safe += character;
        } else if (value < 0x10000) {
            safe += fmt::format("\\u{:04x}", value);
        } else {
            safe += fmt::format("\\u{:04x}\\u{:04x}", 0xd7c0 + (value >> 10), 0xdc00 + (value & 0x3ff));
        }
        json.remove_prefix(code.length);
    }
    return safe;
}

} // namespace

std::string render_json(const Report& report)
{
    Json json = json_of(report, report.command, report.generated);
    if (report.body && report.tables().empty()) {
        json["body"] = *report.body;
    }
    json["schema"] = "hpcdoc.report/1";
    json["hpcdoc"] = version();
    // `replace`: bytes that are not UTF-8 become U+FFFD instead of an exception.
    return escape_unsafe(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

} // namespace hpcdoc::report

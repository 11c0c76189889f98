// SPDX-License-Identifier: Apache-2.0
#include "explain/from_text.hpp"

#include <algorithm>
#include <tuple>

namespace hpcdoc::explain {

namespace {

constexpr std::size_t k_most_others = 6;
constexpr std::size_t k_a_few_lines = 16 * 1024; // bytes

// A cause before its echo, an error before a warning, the surer before the vaguer; then the earliest line, as all that
// comes later may follow from it; then the more specific rule.
auto order_of(const LogMatch& match)
{
    return std::tuple(match.kind, match.finding.severity < Severity::error, -static_cast<int>(match.finding.certainty), match.line, match.priority);
}

Result<void> add_matches(const RuleBook& rules, const TextPart& part, std::string_view source, std::vector<LogMatch>& into)
{
    HPCDOC_TRY_ASSIGN(std::vector<LogMatch> found, rules.read_log(part.text, source, Facts{}, part.text.size() <= k_a_few_lines ? LogLines::all : LogLines::suspicious));
    for (LogMatch& match : found) {
        match.line += part.lines_before;
        if (match.finding.origin) {
            match.finding.origin->line = match.line;
        }
        for (Evidence& evidence : match.finding.evidence) {
            evidence.source = std::string(source) + ":" + std::to_string(match.line);
        }
        into.push_back(std::move(match));
    }
    return {};
}

void drop_noise(std::vector<LogMatch>& matches)
{
    const auto noise = [](const LogMatch& match) { return match.kind == LogMatch::Kind::noise; };
    if (!std::all_of(matches.begin(), matches.end(), noise)) {
        std::erase_if(matches, noise);
    }
}

} // namespace

Result<std::vector<Finding>> findings_in(const RuleBook& rules, std::span<const TextPart> parts, std::string_view source)
{
    std::vector<LogMatch> matches;
    for (const TextPart& part : parts) {
        HPCDOC_TRY(add_matches(rules, part, source, matches));
    }
    drop_noise(matches);
    std::stable_sort(matches.begin(), matches.end(), [](const LogMatch& a, const LogMatch& b) { return order_of(a) < order_of(b); });
    std::vector<Finding> findings;
    for (LogMatch& match : matches) {
        const bool told = std::any_of(findings.begin(), findings.end(), [&](const Finding& other) { return other.id == match.finding.id; });
        if (told || findings.size() > k_most_others) {
            continue;
        }
        if (!findings.empty() && match.finding.role == Role::cause) {
            match.finding.role = Role::context;
        }
        findings.push_back(std::move(match.finding));
    }
    if (!findings.empty() && findings.front().role != Role::advice) {
        findings.front().role = Role::cause;
    }
    return findings;
}

} // namespace hpcdoc::explain

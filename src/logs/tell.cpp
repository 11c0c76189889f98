// SPDX-License-Identifier: Apache-2.0
#include "logs/tell.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "logs/unusual.hpp"
#include "scan/lines.hpp"
#include "util/hostlist.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::size_t k_most_others = 5;   // further causes that are told
constexpr std::size_t k_most_spread = 15;  // rows of how it spread
constexpr std::size_t k_most_unusual = 5;

// All that is of one rule: its ranks, nodes and first line.
struct Group {
    const Suspect* first = nullptr;
    std::set<std::int64_t> ranks{};
    std::set<std::string> hosts{};
    std::set<std::size_t> logs{};
    std::uint64_t count = 0;
    bool capped = false;
};

std::vector<Group> groups_of(const std::vector<Log>& logs, const std::vector<Suspect>& suspects)
{
    std::vector<Group> groups;
    std::map<std::uint32_t, std::size_t> of_rule;
    for (const Suspect& suspect : suspects) {
        const auto [entry, fresh] = of_rule.emplace(suspect.priority, groups.size());
        if (fresh) {
            groups.push_back({&suspect, {}, {}, {}, 0, false});
        }
        Group& group = groups[entry->second];
        const Event& event = logs[suspect.log].scan.events[suspect.event];
        if (const auto rank = rank_of(logs[suspect.log], event)) {
            group.ranks.insert(*rank);
        }
        if (!event.tags.host.empty()) {
            group.hosts.insert(event.tags.host);
        }
        group.logs.insert(suspect.log);
        group.count += event.count;
        group.capped = group.capped || event.capped;
    }
    return groups;
}

std::string ranges(const std::set<std::int64_t>& ranks)
{
    std::vector<std::uint64_t> numbers;
    for (const std::int64_t rank : ranks) {
        numbers.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(rank, 0)));
    }
    return util::fold_numbers(numbers);
}

std::string_view file_name(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string hosts_text(const std::set<std::string>& hosts)
{
    return util::fold_hostlist(std::vector<std::string>(hosts.begin(), hosts.end()));
}

std::string_view part_of(const Suspect& suspect, bool verdict)
{
    if (verdict) {
        return "first";
    }
    if (suspect.recovered) {
        return "went on after it";
    }
    return suspect.rule->log.kind == LogMatch::Kind::consequence ? "echo" : is_error(*suspect.rule) ? "error" : "warning";
}

Result<void> add_spread(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const std::vector<Suspect>& suspects,
                        const LogRequest& request, Report& report)
{
    std::vector<Group> groups = groups_of(logs, suspects);
    if (groups.size() < 2 && (groups.empty() || groups.front().ranks.size() < 2)) {
        return {};
    }
    Table table{"spread", "How it spread", {"Part", "What", "Ranks", "Nodes", "Time", "First seen", "Lines"}, {}, 0};
    for (const Group& group : groups) {
        if (table.rows.size() >= k_most_spread && !request.everything) {
            break;
        }
        HPCDOC_TRY_ASSIGN(const LogMatch match, match_of(topic, tags, logs, *group.first, {}, {0, 0}));
        const Event& event = logs[group.first->log].scan.events[group.first->event];
        table.rows.push_back({std::string(part_of(*group.first, &group == &groups.front())), match.finding.title, ranges(group.ranks), hosts_text(group.hosts),
                              event.tags.time ? event.tags.time->text : "", fmt::format("{}:{}", file_name(logs[group.first->log].name), event.line),
                              fmt::format("{}{}", group.capped ? "about " : "", group.count)});
    }
    report.add(std::move(table));
    return {};
}

// Of a log in which nothing sounds like trouble they would only alarm.
void add_unusual(const std::vector<Log>& logs, const LogRequest& request, Report& report)
{
    const std::vector<Unusual> lines = unusual_lines(logs, k_most_unusual);
    if (!request.everything && std::none_of(lines.begin(), lines.end(), [](const Unusual& line) { return line.trouble; })) {
        return;
    }
    Table table{"unusual", "No rule knows a failure here; the most unusual lines (hpcdoc rules new makes a rule of one)", {"Line", "Text"}, {}, 0};
    for (const Unusual& line : lines) {
        table.rows.push_back({fmt::format("{}:{}", file_name(logs[line.log].name), line.line), line.text});
    }
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
}

// A consequence is told as what it is: what it followed from is not in these logs.
void tell_echo(Finding& finding)
{
    finding.certainty = std::min(finding.certainty, Certainty::likely);
    finding.cause += finding.cause.empty() ? "" : " ";
    finding.cause += "This usually follows from something else, and what came first is not in these logs.";
}

Result<void> add_findings(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const std::vector<Suspect>& suspects,
                          const LogRequest& request, Report& report)
{
    std::set<std::string> told;
    for (const Suspect& suspect : suspects) {
        const bool root = suspect.rule->log.kind == LogMatch::Kind::root;
        if (told.size() > k_most_others && !request.everything) {
            break;
        }
        if (!told.empty() && !request.everything && (!root || !is_error(*suspect.rule) || suspect.recovered)) {
            continue;
        }
        if (!told.insert(suspect.rule->id).second) {
            continue;
        }
        HPCDOC_TRY_ASSIGN(LogMatch match, match_of(topic, tags, logs, suspect, {}, k_around));
        Finding& finding = match.finding;
        finding.role = told.size() == 1 ? Role::cause : Role::context;
        if (suspect.recovered) {
            finding.severity = std::min(finding.severity, Severity::warning);
            finding.cause += " The work went on after it.";
        }
        if (!root && told.size() == 1 && is_error(*suspect.rule)) {
            tell_echo(finding);
        }
        report.add(std::move(finding));
    }
    return {};
}

std::string headline(const std::vector<Log>& logs)
{
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    for (const Log& log : logs) {
        bytes += log.scan.bytes;
        lines += log.scan.newlines + (log.scan.tail.empty() || log.scan.tail.ends_with('\n') ? 0 : 1);
    }
    const std::string what = logs.size() == 1 ? logs.front().name : fmt::format("{} logs", logs.size());
    return fmt::format("{}: {} in {}", what, util::human_size(bytes), lines == 1 ? "1 line" : fmt::format("{} lines", lines));
}

} // namespace

Result<LogMatch> match_of(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const Suspect& suspect, const Facts& facts,
                          rules::Around shown)
{
    const Log& log = logs[suspect.log];
    const Event& event = log.scan.events[suspect.event];
    HPCDOC_TRY_ASSIGN(LogMatch match, explain_event(topic, event, log.name, facts, shown));
    Origin origin = match.finding.origin.value_or(Origin{log.name, event.line, {}, "", ""});
    Tags around;
    if (!event.tags.rank && !log.rank && !origin.rank) {
        const scan::Lines lines(event.window);
        for (const scan::Line& line : lines.lines()) {
            const Tags more = tags.near(line.text);
            around.rank = around.rank ? around.rank : more.rank;
            around.host = around.host.empty() ? more.host : around.host;
        }
    }
    if (!origin.rank) {
        origin.rank = rank_of(log, event) ? rank_of(log, event) : around.rank;
    }
    if (origin.host.empty()) {
        origin.host = event.tags.host.empty() ? around.host : event.tags.host;
    }
    if (origin.time.empty() && event.tags.time) {
        origin.time = event.tags.time->text;
    }
    if (event.offset >= log.counted_to) {
        origin.line = 0;
        for (Evidence& evidence : match.finding.evidence) {
            evidence.source = log.name + " (last part)";
        }
    }
    match.finding.origin = std::move(origin);
    return match;
}

Result<void> tell(const rules::Topic& topic, const TagReader& tags, const std::vector<Log>& logs, const LogRequest& request, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::vector<Suspect> suspects, judge(topic, logs));
    report.headline = headline(logs);
    HPCDOC_TRY(add_findings(topic, tags, logs, suspects, request, report));
    const bool failed = std::any_of(suspects.begin(), suspects.end(), [](const Suspect& suspect) { return is_error(*suspect.rule) && !suspect.recovered; });
    for (const Log& log : logs) {
        const bool found = std::any_of(suspects.begin(), suspects.end(), [&](const Suspect& suspect) { return &logs[suspect.log] == &log; });
        found ? report.found("logs.rules", log.name) : report.passed("logs.rules", log.name);
    }
    HPCDOC_TRY(add_spread(topic, tags, logs, suspects, request, report));
    if (!failed) {
        add_unusual(logs, request, report);
    }
    return {};
}

} // namespace hpcdoc::logs

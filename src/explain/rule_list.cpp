// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include <hpcdoc/rule_views.hpp>

#include "config/suggest.hpp"
#include "explain/rule_tables.hpp"
#include "rules/nearest.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace explain {

namespace {

bool passes(const RuleDetail& rule, const RuleListQuestion& question)
{
    const std::vector<std::string>& labels = rule.info.labels;
    return (question.topic.empty() || rule.info.topic == question.topic) &&
           (question.severity.empty() || to_string(rule.info.severity) == question.severity) &&
           (question.label.empty() || std::find(labels.begin(), labels.end(), question.label) != labels.end());
}

tl::unexpected<Error> none_such(std::string_view what, const std::string& word, const std::set<std::string>& known)
{
    const std::vector<std::string_view> words(known.begin(), known.end());
    return failure(Code::usage, fmt::format("no rule has the {} '{}'", what, util::printable(word)), config::suggest(word, words));
}

Result<void> check_question(const std::vector<RuleDetail>& rules, const RuleListQuestion& question)
{
    std::set<std::string> topics, labels;
    for (const RuleDetail& rule : rules) {
        topics.insert(rule.info.topic);
        labels.insert(rule.info.labels.begin(), rule.info.labels.end());
    }
    if (!question.topic.empty() && !topics.contains(question.topic)) {
        return none_such("topic", question.topic, topics);
    }
    if (!question.label.empty() && !labels.contains(question.label)) {
        return none_such("label", question.label, labels);
    }
    return {};
}

Table table_of_topic(const Context& ctx, const std::vector<RuleDetail>& rules, const std::string& topic, const RuleListQuestion& question)
{
    Table table;
    table.id = "rules." + topic;
    table.title = "Topic " + topic;
    table.columns = {"Id", "Severity", "Says", "Labels", "Where"};
    table.data_columns = 2; // ids are to be copied, and a terminal is not wide enough for all of it
    for (const RuleDetail& rule : rules) {
        if (rule.info.topic == topic && passes(rule, question)) {
            const std::string severity = rule.kind == LogMatch::Kind::noise ? "noise" : std::string(to_string(rule.info.severity));
            table.rows.push_back({rule.key, severity, says(rule), util::join(rule.info.labels, ", "), short_place(ctx, rule.file)});
        }
    }
    return table;
}

Finding note(std::string id, std::string title)
{
    Finding finding;
    finding.id = std::move(id);
    finding.severity = Severity::note;
    finding.certainty = Certainty::certain;
    finding.title = std::move(title);
    return finding;
}

// How much each place of a rule counts for a word.
struct Field {
    std::string text{};
    double weight = 0;
};

std::array<Field, 5> fields_of(const RuleDetail& rule)
{
    return {Field{rule.key + " " + rule.info.id, 8}, Field{util::join(rule.titles, " "), 4}, Field{util::join(rule.info.labels, " "), 4},
            Field{util::join(rule.contains, " ") + " " + util::join(rule.patterns, " ") + " " + util::join(rule.when, " "), 2},
            Field{util::join(rule.cause, " "), 1}};
}

// 0: it has not all the words.
double score_of(const RuleDetail& rule, const std::vector<std::string>& words)
{
    double score = 0;
    const auto fields = fields_of(rule);
    for (const std::string& word : words) {
        double best = 0;
        for (const Field& field : fields) {
            if (util::contains(util::to_lower(field.text), word)) {
                best += field.weight;
            }
        }
        if (best <= 0) {
            return 0;
        }
        score += best;
    }
    return score;
}

} // namespace

std::string short_place(const Context& ctx, const std::string& file)
{
    const std::string own = (ctx.share / "rules").string() + "/";
    return file.starts_with(own) ? file.substr(own.size()) : file;
}

std::string kind_name(LogMatch::Kind kind)
{
    switch (kind) {
    case LogMatch::Kind::root: return "root: may be the cause";
    case LogMatch::Kind::consequence: return "consequence: follows from something else";
    case LogMatch::Kind::noise: return "noise: looks like an error and is none";
    }
    return {};
}

std::string says(const RuleDetail& rule)
{
    return rule.titles.empty() ? "(known to be harmless)" : rule.titles.front();
}

} // namespace explain

Result<void> list_rules(Context& ctx, const RuleListQuestion& question, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::vector<RuleDetail> rules, ctx.rules.details());
    HPCDOC_TRY(explain::check_question(rules, question));
    std::vector<std::string> topics;
    for (const RuleDetail& rule : rules) {
        if (std::find(topics.begin(), topics.end(), rule.info.topic) == topics.end()) {
            topics.push_back(rule.info.topic);
        }
    }
    std::size_t count = 0;
    std::vector<Table> tables;
    for (const std::string& topic : topics) {
        Table table = explain::table_of_topic(ctx, rules, topic, question);
        count += table.rows.size();
        if (!table.rows.empty()) {
            tables.push_back(std::move(table));
        }
    }
    report.passed("rules.list", "");
    Finding finding = explain::note("rules.list", fmt::format("{} {}", count, count == 1 ? "rule" : "rules"));
    finding.fixes.push_back({"Read one", {"hpcdoc rules show ID"}, Risk::none});
    report.add(std::move(finding));
    for (Table& table : tables) {
        report.add(std::move(table));
    }
    return {};
}

Result<void> search_rules(Context& ctx, const std::vector<std::string>& words, Report& report)
{
    std::vector<std::string> wanted;
    for (const std::string& word : words) {
        for (const std::string_view part : util::split(word, ' ')) {
            if (!util::trim(part).empty()) {
                wanted.push_back(util::to_lower(util::trim(part)));
            }
        }
    }
    if (wanted.empty()) {
        return failure(Code::usage, "there is no word to search for", "such as: hpcdoc rules search memory");
    }
    HPCDOC_TRY_ASSIGN(const std::vector<RuleDetail> rules, ctx.rules.details());
    std::vector<std::pair<double, const RuleDetail*>> found;
    for (const RuleDetail& rule : rules) {
        if (const double score = explain::score_of(rule, wanted); score > 0) {
            found.emplace_back(score, &rule);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    report.subject = util::printable(util::join(wanted, " "));
    report.passed("rules.search", report.subject);
    Finding finding = explain::note("rules.search", fmt::format("{} {} '{}'", found.empty() ? "No" : std::to_string(found.size()), found.size() == 1 ? "rule has" : "rules have", report.subject));
    if (found.empty()) {
        finding.title = fmt::format("No rule has '{}'", report.subject);
        finding.fixes.push_back({"Search for fewer words, or see all", {"hpcdoc rules list"}, Risk::none});
    } else {
        finding.fixes.push_back({"Read one", {"hpcdoc rules show " + found.front().second->info.id}, Risk::none});
    }
    Table table;
    table.id = "rules.found";
    table.title = "The nearest first";
    table.columns = {"Id", "Severity", "Says", "Where"};
    table.data_columns = 1;
    for (const auto& [score, rule] : found) {
        table.rows.push_back({rule->key, std::string(to_string(rule->info.severity)), explain::says(*rule), explain::short_place(ctx, rule->file)});
    }
    report.add(std::move(finding));
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
    return {};
}

std::vector<Candidate> rule_candidates(Context& ctx, std::string_view argument)
{
    const auto rules = ctx.rules.details();
    std::map<std::string, std::string> words;
    if (rules) {
        for (const RuleDetail& rule : *rules) {
            if (argument == "ID") {
                words.emplace(rule.key, explain::says(rule));
            } else if (argument == "--topic") {
                words.emplace(rule.info.topic, "");
            } else if (argument == "--label") {
                for (const std::string& label : rule.info.labels) {
                    words.emplace(label, "");
                }
            }
        }
    }
    std::vector<Candidate> found;
    for (const auto& [word, about] : words) {
        found.push_back({word, about});
    }
    return found;
}

} // namespace hpcdoc

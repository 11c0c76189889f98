// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/rule_views.hpp>

#include "config/suggest.hpp"
#include "explain/rule_tables.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace explain {

namespace {

// A rule as a person reads it: a text face that is never cut, as patterns are to be copied.
class RulePage {
public:
    void head(const Context& ctx, const RuleDetail& rule)
    {
        line(rule.key == rule.info.id ? rule.key : rule.key + "  (gives " + rule.info.id + ")");
        const bool noise = rule.kind == LogMatch::Kind::noise;
        row("Says", says(rule));
        for (std::size_t at = 1; at < rule.titles.size(); ++at) {
            row("or", rule.titles[at]);
        }
        row("Topic", rule.info.topic);
        if (!noise) {
            row("Severity", fmt::format("{}, {}", to_string(rule.info.severity), to_string(rule.certainty)));
        }
        if (rule.info.topic == "log") {
            row("Kind", kind_name(rule.kind));
        }
        row("Labels", util::join(rule.info.labels, ", "));
        row("Proves", rule.evidences);
        row("File", short_place(ctx, rule.file));
        for (const std::string& file : rule.replaces) {
            row("Replaces", short_place(ctx, file));
        }
    }

    void list(std::string_view title, const std::vector<std::string>& lines)
    {
        if (!lines.empty()) {
            line("");
            line(title);
            for (const std::string& text : lines) {
                line("  " + util::replace_all(text, "\n", "\n  "));
            }
        }
    }

    void fixes(const RuleDetail& rule)
    {
        std::vector<std::string> lines;
        for (const Fix& fix : rule.fixes) {
            lines.push_back(fix.text + (fix.risk == Risk::none ? "" : fmt::format("  ({})", to_string(fix.risk))));
            for (const std::string& command : fix.commands) {
                lines.push_back("    " + command);
            }
        }
        list("What to do", lines);
        if (rule.escalate) {
            std::vector<std::string> who{rule.escalate->to + ": " + rule.escalate->why};
            if (!rule.escalate->attach.empty()) {
                who.push_back("attach: " + util::join(rule.escalate->attach, ", "));
            }
            list("Who to ask", who);
        }
    }

    std::string take() { return std::move(m_text); }

private:
    void line(std::string_view text) { m_text.append(util::printable(text, true)).append("\n"); }
    void row(std::string_view label, const std::string& value)
    {
        if (!value.empty()) {
            line(fmt::format("  {:<9} {}", label, value));
        }
    }

    std::string m_text{};
};

std::string page_of(const Context& ctx, const RuleDetail& rule)
{
    RulePage page;
    page.head(ctx, rule);
    page.list("Looks at lines with one of", rule.contains);
    page.list("Matches (RE2)", rule.patterns);
    page.list("Captures, for {name} in its texts", rule.captures.empty() ? std::vector<std::string>{} : std::vector<std::string>{util::join(rule.captures, ", ")});
    page.list("Fires when", rule.when);
    page.list("Unless", rule.unless);
    page.list("Why", rule.cause);
    page.fixes(rule);
    page.list("See", rule.see);
    if (rule.info.topic == "log") {
        page.list("Lines that it knows", rule.fires);
        page.list("Lines that it leaves alone", rule.silent);
    } else {
        page.list("Examples", {fmt::format("fires on {}, silent on {}, in its file", rule.fires_count, rule.silent_count)});
    }
    return page.take();
}

// The same for programs.
void add_rows(Table& table, std::string_view key, const std::vector<std::string>& values)
{
    for (const std::string& value : values) {
        if (!value.empty()) {
            table.rows.push_back({std::string(key), value});
        }
    }
}

Table table_of(const Context& ctx, const RuleDetail& rule)
{
    Table table;
    table.id = "rules.rule";
    table.title = rule.key;
    table.columns = {"Key", "Value"};
    add_rows(table, "id", {rule.info.id});
    add_rows(table, "name", {rule.key == rule.info.id ? "" : rule.key});
    add_rows(table, "topic", {rule.info.topic});
    add_rows(table, "severity", {std::string(to_string(rule.info.severity))});
    add_rows(table, "certainty", {std::string(to_string(rule.certainty))});
    if (rule.info.topic == "log") {
        const std::string kind = kind_name(rule.kind);
        add_rows(table, "kind", {kind.substr(0, kind.find(':'))});
    }
    add_rows(table, "label", rule.info.labels);
    add_rows(table, "file", {short_place(ctx, rule.file)});
    for (const std::string& file : rule.replaces) {
        add_rows(table, "replaces", {short_place(ctx, file)});
    }
    add_rows(table, "contains", rule.contains);
    add_rows(table, "pattern", rule.patterns);
    add_rows(table, "capture", rule.captures);
    add_rows(table, "when", rule.when);
    add_rows(table, "unless", rule.unless);
    add_rows(table, "title", rule.titles);
    add_rows(table, "cause", rule.cause);
    for (const Fix& fix : rule.fixes) {
        add_rows(table, "fix", {fix.text});
        add_rows(table, "command", fix.commands);
    }
    if (rule.escalate) {
        add_rows(table, "escalate", {rule.escalate->to + ": " + rule.escalate->why});
    }
    add_rows(table, "see", rule.see);
    add_rows(table, "fires", rule.fires);
    add_rows(table, "silent", rule.silent);
    return table;
}

tl::unexpected<Error> no_rule(const std::vector<RuleDetail>& rules, const std::string& id)
{
    std::vector<std::string> ids;
    for (const RuleDetail& rule : rules) {
        ids.push_back(rule.key);
        ids.push_back(rule.info.id);
    }
    const auto near = id.size() <= 100 ? util::nearest(id, ids) : std::nullopt;
    return failure(Code::usage, fmt::format("there is no rule '{}'", util::printable(id)),
                   near ? fmt::format("did you mean '{}'?", *near) : "search for a word: hpcdoc rules search WORD");
}

} // namespace

} // namespace explain

Result<void> show_rules(Context& ctx, const std::vector<std::string>& ids, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::vector<RuleDetail> rules, ctx.rules.details());
    std::string text;
    std::size_t count = 0;
    for (const std::string& id : ids) {
        const std::size_t before = count;
        for (const RuleDetail& rule : rules) {
            if (rule.key == id || rule.info.id == id) {
                text += (text.empty() ? "" : "\n") + explain::page_of(ctx, rule);
                report.add(explain::table_of(ctx, rule));
                ++count;
            }
        }
        if (count == before) {
            return explain::no_rule(rules, id);
        }
    }
    report.subject = util::join(ids, " ");
    report.headline = fmt::format("{} {}", count, count == 1 ? "rule" : "rules");
    report.passed("rules.show", report.subject);
    report.body = std::move(text);
    return {};
}

} // namespace hpcdoc

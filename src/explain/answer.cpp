// SPDX-License-Identifier: Apache-2.0
#include "explain/answer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/rules.hpp>

#include "explain/near.hpp"
#include "scan/lines.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::size_t k_subject_width = 60;
constexpr std::size_t k_most_also = 6;

std::string short_text(std::string_view text, std::size_t width)
{
    const std::string plain = util::strip_ansi(text.substr(0, 4096));
    std::string line = util::printable(plain);
    std::replace(line.begin(), line.end(), '\t', ' ');
    return util::shorten(util::trim(line), width, false);
}

std::string_view first_line(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(std::string_view(" \t\r\n\0", 5)), text.size());
    return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

std::string ask_command(std::string_view words)
{
    return "hpcdoc explain " + util::shell_quote(words);
}

Table senses_table(std::string title, const std::vector<Sense>& senses, std::size_t from)
{
    Table table;
    table.id = "explain.also";
    table.title = std::move(title);
    table.columns = {"Ask", "Means"};
    for (std::size_t at = from; at < senses.size() && table.rows.size() < k_most_also; ++at) {
        table.rows.push_back({ask_command(senses[at].ask), senses[at].finding.title});
    }
    return table;
}

void add_table(Table table, Report& report)
{
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
}

Table near_table(const std::vector<NearName>& near)
{
    Table table;
    table.id = "explain.nearest";
    table.title = "Did you mean";
    table.columns = {"Ask", "Means"};
    for (const NearName& name : near) {
        table.rows.push_back({ask_command(name.ask), name.title});
    }
    return table;
}

// The last lines that say anything: where a program usually tells why it stopped.
std::string last_lines(std::string_view text, std::size_t most)
{
    constexpr std::size_t k_looked_at = 16384;
    const scan::Lines lines(text.substr(text.size() > k_looked_at ? text.size() - k_looked_at : 0));
    std::vector<std::string> last;
    for (auto line = lines.lines().rbegin(); line != lines.lines().rend() && last.size() < most; ++line) {
        if (!util::trim(line->text).empty()) {
            last.insert(last.begin(), util::printable(line->text.substr(0, 300)));
        }
    }
    return util::join(last, "\n");
}

Finding unknown_finding(const Asked& asked)
{
    Finding finding;
    finding.id = "explain.unknown";
    finding.severity = Severity::note;
    finding.certainty = Certainty::certain;
    finding.title = "No rule and no card of hpcdoc knows this text";
    finding.cause = "That says nothing about how bad it is. The words of a program usually stand in its manual, or in its source next to the reason.";
    finding.evidence.push_back({asked.source, last_lines(asked.tail.empty() ? asked.head : asked.tail, 3)});
    const std::string_view line = first_line(asked.head);
    const bool short_line = asked.tail.empty() && line.size() <= 200 && util::valid_utf8(line) && util::printable(line) == line;
    finding.fixes.push_back({"Paste more of it: the lines before the last error usually name the cause", {"mycommand 2>&1 | hpcdoc explain -"}, Risk::none});
    finding.fixes.push_back({"See what there is", {"hpcdoc explain --list", "hpcdoc rules search WORD"}, Risk::none});
    finding.fixes.push_back({"You know what it means? Make a rule of it, and hpcdoc knows it from then on (man hpcdoc-rules)",
                             {"hpcdoc rules new " + (short_line ? util::shell_quote(line) : "'THE LINE'")}, Risk::none});
    finding.escalate = Escalation{"support", {}, "They may know the text; a rule for it then helps everybody", {"the whole output", "the command that was run"}, {}};
    return finding;
}

void add_job_hint(const Asked& asked, Finding& finding)
{
    const std::string_view text = util::trim(asked.head);
    const bool digits = !text.empty() && text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        finding.title = fmt::format("{} is no exit code, signal or error number that hpcdoc knows", text);
        finding.cause = "Exit codes go from 0 to 255.";
        finding.fixes = {Fix{"If it is the id of a job, ask about the job", {fmt::format("hpcdoc job explain {}", text)}, Risk::none},
                         Fix{"If it is another kind of number, say which", {fmt::format("hpcdoc explain Xid {}", text), fmt::format("hpcdoc explain CUDA error {}", text)}, Risk::none}};
        finding.escalate.reset();
    }
}

// Who mistyped a name wants to hear the right one first.
void ask_back(const Asked& asked, const std::vector<NearName>& near, Finding& finding)
{
    finding.title = fmt::format("Nothing is called '{}'; did you mean '{}'?", short_text(first_line(asked.head), k_subject_width), near.front().ask);
    finding.cause.clear();
    finding.escalate.reset();
    finding.fixes = {Fix{"Ask for the nearest", {ask_command(near.front().ask)}, Risk::none}, Fix{"Or see what there is", {"hpcdoc explain --list"}, Risk::none}};
}

std::vector<std::string> reason_names(const job::Knowledge& knowledge)
{
    std::vector<std::string> names;
    if (const auto all = knowledge.all_reasons()) {
        for (const slurm::Reason& reason : **all) {
            names.push_back(reason.name);
        }
    }
    return names;
}

} // namespace

void tell_asked(const Asked& asked, Report& report)
{
    if (asked.source == "your text") {
        report.subject = short_text(first_line(asked.head), k_subject_width);
        return;
    }
    report.subject = asked.source == "standard input" ? "-" : asked.source;
    report.headline = fmt::format("{}, {}", asked.source, util::human_size(asked.total));
    if (!asked.tail.empty()) {
        report.skipped("explain.middle", asked.source, fmt::format("only the first {} and the last {} were read", util::human_size(asked.head.size()), util::human_size(asked.tail.size())));
    }
    if (asked.end == PipedText::End::time_over) {
        report.failed("explain.input", asked.source, Error{Code::timed_out, "the input had not ended when the time was over: this is about what had come by then", "--deadline gives it more time", {}});
    } else if (asked.end == PipedText::End::too_much) {
        report.failed("explain.input", asked.source, Error{Code::unsupported, fmt::format("the input did not end after {}: this is about what had come by then", util::human_size(asked.total)), {}, {}});
    }
}

void tell_senses(std::vector<Sense> senses, Report& report)
{
    Sense& first = senses.front();
    for (Fact& fact : first.facts) {
        report.fact(std::move(fact));
    }
    report.found("explain.card", report.subject);
    add_table(senses_table("It could also mean", senses, 1), report);
    report.add(std::move(first.finding));
}

void tell_findings(std::vector<Finding> findings, const std::vector<Sense>& named, const std::vector<NearName>& near, const Asked& asked, Report& report)
{
    report.found("explain.rules", asked.source);
    for (Finding& finding : findings) {
        report.add(std::move(finding));
    }
    add_table(senses_table("Codes and names in it", named, 0), report);
    if (util::trim(asked.head).find(' ') == std::string_view::npos) {
        add_table(near_table(near), report);
    }
}

void tell_named(std::vector<Sense> named, Report& report)
{
    Sense& first = named.front();
    report.passed("explain.rules", report.subject);
    report.found("explain.card", report.subject);
    add_table(senses_table("Also in it", named, 1), report);
    report.add(std::move(first.finding));
}

std::vector<NearName> names_near(const Cards& cards, const job::Knowledge& knowledge, const Asked& asked)
{
    return asked.tail.empty() ? near_names(cards, reason_names(knowledge), util::trim(asked.head), k_most_also) : std::vector<NearName>{};
}

Result<void> tell_unknown(const Context& ctx, const std::vector<NearName>& near, const std::vector<Sense>& named, const Asked& asked, Report& report)
{
    Finding finding = unknown_finding(asked);
    add_job_hint(asked, finding);
    if (!near.empty()) {
        ask_back(asked, near, finding);
    }
    report.passed("explain.card", report.subject);
    report.passed("explain.rules", report.subject);
    add_table(senses_table("Codes and names in it, of account or not", named, 0), report);
    add_table(near_table(near), report);
    if (near.empty()) {
        Table table;
        table.id = "explain.nearest";
        table.title = "Rules that share words with it";
        table.columns = {"Ask", "Means"};
        const std::string_view text = asked.tail.empty() ? asked.head : asked.tail;
        HPCDOC_TRY_ASSIGN(const std::vector<RuleInfo> rules, ctx.rules.nearest(text.substr(text.size() > 4096 ? text.size() - 4096 : 0), 5));
        for (const RuleInfo& rule : rules) {
            table.rows.push_back({"hpcdoc rules show " + rule.id, rule.title});
        }
        add_table(std::move(table), report);
    }
    report.add(std::move(finding));
    return {};
}

} // namespace hpcdoc::explain

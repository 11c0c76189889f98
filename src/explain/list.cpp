// SPDX-License-Identifier: Apache-2.0
#include "explain/list.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/rules.hpp>

#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

// Where a word begins in a text or in a NameLikeThis: "oom" stands in OOMKilled, and not in "room".
bool begins_word(std::string_view text, std::size_t at)
{
    return at == 0 || !letter(text[at - 1]) || (capital(text[at]) && !capital(text[at - 1]));
}

class Filter {
public:
    explicit Filter(std::string_view words)
    {
        for (const std::string_view word : util::split(words, ' ')) {
            if (!util::trim(word).empty()) {
                m_words.push_back(util::to_lower(util::trim(word)));
            }
        }
    }
    bool passes(std::string_view text) const
    {
        const std::string low = util::to_lower(text);
        return std::all_of(m_words.begin(), m_words.end(), [&](const std::string& word) { return has(text, low, word); });
    }
    bool any() const { return !m_words.empty(); }

private:
    static bool has(std::string_view text, std::string_view low, std::string_view word)
    {
        std::size_t at = low.find(word);
        while (at != std::string_view::npos && !begins_word(text, at)) {
            at = low.find(word, at + 1);
        }
        return at != std::string_view::npos;
    }

    std::vector<std::string> m_words{};
};

// The title without the name that stands beside it.
std::string meaning_of(const CardHead& head)
{
    const std::size_t colon = head.title.find(": ");
    return head.title.starts_with(head.name) && colon != std::string::npos ? head.title.substr(colon + 2) : head.title;
}

std::string number_text(const CardHead& head)
{
    if (!head.first) {
        return {};
    }
    return head.ranged() ? fmt::format("{}-{}", *head.first, *head.last) : std::to_string(*head.first);
}

Table kind_table(const Cards& cards, std::size_t kind, const Filter& filter)
{
    Table table;
    table.id = "explain." + cards.kinds()[kind].name;
    table.title = cards.kinds()[kind].title;
    bool numbers = false;
    for (const CardRef ref : cards.all()) {
        const CardHead& head = cards.head(ref);
        const std::string number = number_text(head);
        const std::string all = head.name + " " + number + " " + head.title + " " + util::join(head.also, " ") + " " + table.title;
        if (ref.kind == kind && filter.passes(all)) {
            numbers |= !number.empty() && number != head.name;
            table.rows.push_back({head.name, number, meaning_of(head)});
        }
    }
    table.columns = {"Name", "Number", "Means"};
    if (!numbers) {
        table.columns.erase(table.columns.begin() + 1);
        for (std::vector<std::string>& row : table.rows) {
            row.erase(row.begin() + 1);
        }
    }
    return table;
}

Table reason_table(const job::Knowledge& knowledge, const Filter& filter)
{
    Table table;
    table.id = "explain.reason";
    table.title = "Slurm: why a job waits or has ended (squeue, NODELIST(REASON))";
    table.columns = {"Name", "Means"};
    if (const auto all = knowledge.all_reasons()) {
        for (const slurm::Reason& reason : **all) {
            if (filter.passes(reason.name + " " + reason.meaning + " slurm reason")) {
                table.rows.push_back({reason.name, reason.meaning});
            }
        }
    }
    return table;
}

Result<Table> rule_table(const Context& ctx, const Filter& filter)
{
    Table table;
    table.id = "explain.rules";
    table.title = "Messages (hpcdoc rules show ID)";
    table.columns = {"Id", "Means"};
    HPCDOC_TRY_ASSIGN(const std::vector<RuleInfo> rules, ctx.rules.rules());
    std::string last;
    for (const RuleInfo& rule : rules) {
        if (rule.topic == "log" && rule.id != last && filter.passes(rule.id + " " + rule.title + " " + util::join(rule.labels, " "))) {
            table.rows.push_back({rule.id, rule.title});
            last = rule.id;
        }
    }
    return table;
}

} // namespace

Result<void> list_cards(const Context& ctx, const Cards& cards, const job::Knowledge& knowledge, std::string_view words, Report& report)
{
    const Filter filter(words);
    std::size_t count = 0;
    std::vector<Table> tables;
    const auto add = [&](Table table) {
        if (!table.rows.empty()) {
            count += table.rows.size();
            tables.push_back(std::move(table));
        }
    };
    for (std::size_t kind = 0; kind < cards.kinds().size(); ++kind) {
        if (cards.kinds()[kind].listed) {
            add(kind_table(cards, kind, filter));
        }
    }
    add(reason_table(knowledge, filter));
    HPCDOC_TRY_ASSIGN(Table rules, rule_table(ctx, filter));
    add(std::move(rules));
    report.subject = util::printable(words);
    Finding finding;
    finding.id = "explain.list";
    finding.severity = Severity::note;
    finding.certainty = Certainty::certain;
    const std::string many = count == 1 ? "One thing" : fmt::format("{} things", count);
    finding.title = count == 0 ? fmt::format("Nothing of what hpcdoc can explain has '{}' in it", report.subject)
                               : fmt::format("{} that hpcdoc can explain{}", many, filter.any() ? fmt::format(", with '{}' in it", report.subject) : "");
    finding.fixes.push_back({"Ask for one", {"hpcdoc explain NAME"}, Risk::none});
    report.passed("explain.list", report.subject);
    report.add(std::move(finding));
    for (Table& table : tables) {
        report.add(std::move(table));
    }
    return {};
}

} // namespace hpcdoc::explain

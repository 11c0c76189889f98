// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/config.hpp>
#include <hpcdoc/explain.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/rules.hpp>
#include <hpcdoc/terminal.hpp>

#include "explain/answer.hpp"
#include "explain/asked.hpp"
#include "explain/from_text.hpp"
#include "explain/list.hpp"
#include "explain/sense.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace explain {

namespace {

std::vector<std::filesystem::path> card_dirs(const Context& ctx)
{
    std::vector<std::filesystem::path> dirs{ctx.share / "cards"};
    for (const std::string& dir : ctx.config.list("explain.cards")) {
        dirs.emplace_back(dir);
    }
    dirs.emplace_back("/etc/hpcdoc/cards.d");
    return dirs;
}

// One line and no log: what it names is what is asked for. In a log a "404" or a "SIGTERM" may be of no account.
bool is_message(const Asked& asked)
{
    constexpr std::size_t k_longest_message = 1000;
    const std::string_view text = util::trim(asked.head);
    return asked.tail.empty() && text.size() <= k_longest_message && text.find('\n') == std::string_view::npos;
}

Result<void> answer(Context& ctx, const Asked& asked, Report& report)
{
    HPCDOC_TRY_ASSIGN(const Cards cards, Cards::load(card_dirs(ctx)));
    HPCDOC_TRY_ASSIGN(const job::Knowledge knowledge, job::Knowledge::load(ctx));
    const Senses senses(cards, knowledge);
    tell_asked(asked, report);
    HPCDOC_TRY_ASSIGN(std::vector<Sense> exact, senses.of(asked.head));
    if (!exact.empty() && asked.tail.empty()) {
        tell_senses(std::move(exact), report);
        return {};
    }
    std::vector<TextPart> parts{{asked.head, 0}};
    if (!asked.tail.empty()) {
        parts.push_back({asked.tail, asked.lines_before_tail});
    }
    HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, findings_in(ctx.rules, parts, asked.source));
    HPCDOC_TRY_ASSIGN(std::vector<Sense> named, senses.within(asked.tail.empty() ? asked.head : asked.tail));
    if (!findings.empty()) {
        tell_findings(std::move(findings), named, names_near(cards, knowledge, asked), asked, report);
        return {};
    }
    if (!named.empty() && (is_message(asked) || named.front().telling)) {
        tell_named(std::move(named), report);
        return {};
    }
    return tell_unknown(ctx, names_near(cards, knowledge, asked), named, asked, report);
}

} // namespace

} // namespace explain

Result<void> explain_text(Context& ctx, const ExplainQuestion& question, TextInput& input, Report& report)
{
    if (question.list) {
        HPCDOC_TRY_ASSIGN(const explain::Cards cards, explain::Cards::load(explain::card_dirs(ctx)));
        HPCDOC_TRY_ASSIGN(const job::Knowledge knowledge, job::Knowledge::load(ctx));
        return explain::list_cards(ctx, cards, knowledge, util::join(question.words, " "), report);
    }
    HPCDOC_TRY_ASSIGN(const explain::Asked asked, explain::read_asked(ctx, question, input));
    return explain::answer(ctx, asked, report);
}

std::vector<Candidate> explain_candidates(Context& ctx)
{
    std::vector<Candidate> found;
    const auto cards = explain::Cards::load(explain::card_dirs(ctx));
    if (cards) {
        for (const explain::CardRef ref : cards->all()) {
            if (cards->kind(ref).listed && cards->head(ref).name.find(' ') == std::string::npos) {
                found.push_back({cards->head(ref).name, cards->head(ref).title});
            }
        }
    }
    return found;
}

} // namespace hpcdoc

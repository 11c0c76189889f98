// SPDX-License-Identifier: Apache-2.0
#include "explain/card_parse.hpp"

#include <array>

#include "config/toml_source.hpp"
#include "rules/rule_reader.hpp"
#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::array<std::string_view, 10> k_kind_keys{"kind", "title", "source", "ask", "order", "bare", "listed", "forms", "inside", "card"};
constexpr std::array<std::string_view, 14> k_card_keys{"name", "number", "numbers", "also", "famous", "severity", "certainty", "title", "meaning",
    "causes", "fix", "escalate", "labels", "see"};
constexpr std::array<std::string_view, 4> k_card_severities{"note", "warning", "error", "critical"};
constexpr std::array<std::string_view, 3> k_card_certainties{"possible", "likely", "certain"};

std::vector<std::string> values(config::TomlReader& toml, const toml::table& table, std::string_view key)
{
    std::vector<std::string> found;
    for (config::TomlText& text : toml.texts(table, key)) {
        found.push_back(std::move(text.value));
    }
    return found;
}

std::optional<std::int64_t> integer(config::TomlReader& toml, const toml::table& table, std::string_view key)
{
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    const auto* value = node->as_integer();
    if (value == nullptr) {
        toml.fail(*node, "'" + std::string(key) + "' must be a whole number, not " + std::string(config::kind_of(*node)));
        return std::nullopt;
    }
    return value->get();
}

void read_range(config::TomlReader& toml, const toml::table& table, CardHead& head)
{
    if (const auto number = integer(toml, table, "number")) {
        head.first = head.last = number;
        return;
    }
    const toml::node* node = table.get("numbers");
    if (node == nullptr) {
        return;
    }
    const toml::array* range = node->as_array();
    if (range == nullptr || range->size() != 2 || !range->get(0)->is_integer() || !range->get(1)->is_integer()) {
        toml.fail(*node, "'numbers' must be a list of the first and the last number");
        return;
    }
    head.first = range->get(0)->as_integer()->get();
    head.last = range->get(1)->as_integer()->get();
}

std::vector<scan::Pattern> patterns(config::TomlReader& toml, const toml::table& table, std::string_view key)
{
    std::vector<scan::Pattern> found;
    for (config::TomlText& text : toml.texts(table, key)) {
        scan::Pattern pattern(std::move(text.value));
        if (const auto mistake = pattern.mistake()) {
            toml.fail(text.place, "wrong pattern: " + util::printable(*mistake));
        }
        found.push_back(std::move(pattern));
    }
    return found;
}

Card read_card(config::TomlReader& toml, const toml::table& table)
{
    rules::RuleReader parts(toml);
    toml.only(table, k_card_keys, "card");
    Card card;
    card.head.name = toml.needed_text(table, "name", "card").value;
    card.head.also = values(toml, table, "also");
    card.head.famous = toml.flag(table, "famous").value_or(false);
    read_range(toml, table, card.head);
    rules::Rule& rule = card.rule;
    rule.source = toml.source();
    rule.place = config::place_of(table.source());
    rule.id = rule.key = card.head.name;
    rule.severity = static_cast<Severity>(toml.choice(table, "severity", k_card_severities).value_or(2));
    rule.certainty = static_cast<Certainty>(toml.choice(table, "certainty", k_card_certainties).value_or(2));
    rule.titles = parts.templates(table, "title");
    if (rule.titles.empty()) {
        toml.fail(table, "this card has no 'title'");
        return card;
    }
    card.head.title = rule.titles.front().source();
    rule.cause = parts.templates(table, "meaning");
    card.causes = parts.templates(table, "causes");
    rule.fixes = parts.fixes(table);
    rule.escalate = parts.escalation(table);
    rule.labels = values(toml, table, "labels");
    rule.see = values(toml, table, "see");
    if (rule.severity >= Severity::warning && rule.fixes.empty() && !rule.escalate) {
        toml.fail(table, "a card from 'warning' up needs a 'fix' or an 'escalate'");
    }
    return card;
}

} // namespace

Result<CardKind> parse_card_kind(std::string name, std::string text)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource file, config::TomlSource::parse(std::move(name), std::move(text)));
    config::TomlReader toml(file.source);
    toml.only(file.root, k_kind_keys, "file of cards");
    CardKind kind;
    kind.name = toml.needed_text(file.root, "kind", "file of cards").value;
    const auto word = [&](std::string_view key) {
        const auto found = toml.text(file.root, key);
        return found ? found->value : std::string();
    };
    kind.title = word("title");
    kind.source = word("source");
    kind.ask = word("ask");
    kind.order = integer(toml, file.root, "order").value_or(kind.order);
    kind.bare = integer(toml, file.root, "bare").value_or(0);
    kind.listed = toml.flag(file.root, "listed").value_or(true);
    kind.forms = patterns(toml, file.root, "forms");
    kind.inside = patterns(toml, file.root, "inside");
    HPCDOC_TRY(toml.result());
    return kind;
}

Result<std::vector<Card>> parse_cards(std::string name, std::string text)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource file, config::TomlSource::parse(std::move(name), std::move(text)));
    config::TomlReader toml(file.source);
    std::vector<Card> cards;
    for (const toml::table* table : toml.tables(file.root, "card")) {
        Card card = read_card(toml, *table);
        if (!toml.ok()) {
            break;
        }
        cards.push_back(std::move(card));
    }
    HPCDOC_TRY(toml.result());
    return cards;
}

} // namespace hpcdoc::explain

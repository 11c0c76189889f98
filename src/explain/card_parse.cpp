// SPDX-License-Identifier: Apache-2.0
#include "explain/card_parse.hpp"

#include <array>

#include "config/suggest.hpp"
#include "config/toml_source.hpp"
#include "rules/rule_reader.hpp"
#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::array<std::string_view, 12> k_kind_keys{"kind", "title", "source", "ask", "order", "bare", "listed", "telling", "forms", "inside", "group", "card"};
constexpr std::array<std::string_view, 15> k_card_keys{"name", "group", "number", "numbers", "also", "famous", "severity", "certainty", "title",
    "meaning", "causes", "fix", "escalate", "labels", "see"};
constexpr std::array<std::string_view, 9> k_group_keys{"name", "severity", "certainty", "meaning", "causes", "fix", "escalate", "labels", "see"};
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

// The groups of a file: what several of its cards have in common.
class CardReader {
public:
    CardReader(config::TomlReader& toml, const toml::table& root) : m_toml(toml), m_groups(toml.tables(root, "group"))
    {
        for (const toml::table* group : m_groups) {
            m_toml.only(*group, k_group_keys, "group");
        }
    }

    Card read(const toml::table& table);

private:
    const toml::table* group_of(const toml::table& table);
    // The card's own word, else that of its group.
    const toml::table& with(std::string_view key) const
    {
        return m_group != nullptr && !m_card->contains(key) && m_group->contains(key) ? *m_group : *m_card;
    }
    void read_head(CardHead& head);
    void read_words(Card& card);

    config::TomlReader& m_toml;
    std::vector<const toml::table*> m_groups;
    const toml::table* m_card = nullptr;
    const toml::table* m_group = nullptr;
};

const toml::table* CardReader::group_of(const toml::table& table)
{
    const auto name = m_toml.text(table, "group");
    if (!name) {
        return nullptr;
    }
    std::vector<std::string> names;
    for (const toml::table* group : m_groups) {
        names.push_back(m_toml.needed_text(*group, "name", "group").value);
        if (names.back() == name->value) {
            return group;
        }
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    m_toml.fail(name->place, "there is no group '" + util::printable(name->value) + "'", config::suggest(name->value, known));
    return nullptr;
}

void CardReader::read_head(CardHead& head)
{
    head.name = m_toml.needed_text(*m_card, "name", "card").value;
    head.also = values(m_toml, *m_card, "also");
    head.famous = m_toml.flag(*m_card, "famous").value_or(false);
    read_range(m_toml, *m_card, head);
}

void CardReader::read_words(Card& card)
{
    rules::RuleReader parts(m_toml);
    rules::Rule& rule = card.rule;
    rule.titles = parts.templates(*m_card, "title");
    if (rule.titles.empty()) {
        m_toml.fail(*m_card, "this card has no 'title'");
        return;
    }
    card.head.title = rule.titles.front().source();
    rule.cause = parts.templates(with("meaning"), "meaning");
    card.causes = parts.templates(with("causes"), "causes");
    rule.fixes = parts.fixes(with("fix"));
    rule.escalate = parts.escalation(with("escalate"));
    rule.labels = values(m_toml, with("labels"), "labels");
    rule.see = values(m_toml, with("see"), "see");
    if (rule.severity >= Severity::warning && rule.fixes.empty() && !rule.escalate) {
        m_toml.fail(*m_card, "a card from 'warning' up needs a 'fix' or an 'escalate'");
    }
}

Card CardReader::read(const toml::table& table)
{
    m_card = &table;
    m_toml.only(table, k_card_keys, "card");
    m_group = group_of(table);
    Card card;
    read_head(card.head);
    rules::Rule& rule = card.rule;
    rule.source = m_toml.source();
    rule.place = config::place_of(table.source());
    rule.id = rule.key = card.head.name;
    rule.severity = static_cast<Severity>(m_toml.choice(with("severity"), "severity", k_card_severities).value_or(2));
    rule.certainty = static_cast<Certainty>(m_toml.choice(with("certainty"), "certainty", k_card_certainties).value_or(2));
    read_words(card);
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
    kind.telling = toml.flag(file.root, "telling").value_or(false);
    kind.forms = patterns(toml, file.root, "forms");
    kind.inside = patterns(toml, file.root, "inside");
    HPCDOC_TRY(toml.result());
    return kind;
}

Result<std::vector<Card>> parse_cards(std::string name, std::string text)
{
    HPCDOC_TRY_ASSIGN(const config::TomlSource file, config::TomlSource::parse(std::move(name), std::move(text)));
    config::TomlReader toml(file.source);
    CardReader reader(toml, file.root);
    std::vector<Card> cards;
    for (const toml::table* table : toml.tables(file.root, "card")) {
        Card card = reader.read(*table);
        if (!toml.ok()) {
            break;
        }
        cards.push_back(std::move(card));
    }
    HPCDOC_TRY(toml.result());
    return cards;
}

} // namespace hpcdoc::explain

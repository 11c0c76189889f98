// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "config/suggest.hpp"
#include "rules/rule_reader.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

using Relation = Condition::Relation;

struct RelationName {
    std::string_view key;
    Relation relation;
    bool other_fact;
};

constexpr std::array k_relations{
    RelationName{"is", Relation::is, false},
    RelationName{"is_not", Relation::is_not, false},
    RelationName{"one_of", Relation::one_of, false},
    RelationName{"none_of", Relation::none_of, false},
    RelationName{"at_least", Relation::at_least, false},
    RelationName{"at_most", Relation::at_most, false},
    RelationName{"above", Relation::above, false},
    RelationName{"below", Relation::below, false},
    RelationName{"matches", Relation::matches, false},
    RelationName{"known", Relation::known, false},
    RelationName{"at_least_fact", Relation::at_least, true},
    RelationName{"at_most_fact", Relation::at_most, true},
    RelationName{"above_fact", Relation::above, true},
    RelationName{"below_fact", Relation::below, true},
};

constexpr std::array<std::string_view, k_relations.size() + 1> k_keys = [] {
    std::array<std::string_view, k_relations.size() + 1> keys{"fact"};
    for (std::size_t at = 0; at < k_relations.size(); ++at) {
        keys[at + 1] = k_relations[at].key;
    }
    return keys;
}();

bool orders(Relation relation)
{
    return relation == Relation::at_least || relation == Relation::at_most || relation == Relation::above || relation == Relation::below;
}

bool takes_list(Relation relation)
{
    return relation == Relation::one_of || relation == Relation::none_of;
}

} // namespace

std::optional<Operand> RuleReader::operand(const toml::node& value, std::string_view key)
{
    if (const auto* flag = value.as_boolean()) {
        return Operand{flag->get(), {}, {}, {}};
    }
    if (const auto* integer = value.as_integer()) {
        return Operand{integer->get(), {}, {}, {}};
    }
    if (const auto* real = value.as_floating_point()) {
        return Operand{real->get(), {}, {}, {}};
    }
    if (const auto* text = value.as_string()) {
        return Operand::of(text->get());
    }
    m_toml.fail(value, "'" + std::string(key) + "' cannot be " + std::string(config::kind_of(value)));
    return std::nullopt;
}

std::vector<Operand> RuleReader::operands(const toml::node& value, std::string_view key)
{
    const toml::array* list = value.as_array();
    if (list == nullptr || list->empty()) {
        m_toml.fail(value, "'" + std::string(key) + "' must be a list with at least one value");
        return {};
    }
    std::vector<Operand> found;
    for (const toml::node& item : *list) {
        if (auto made = operand(item, key)) {
            found.push_back(std::move(*made));
        }
    }
    return found;
}

void RuleReader::relation(const toml::table& table, std::string_view fact, std::string_view key, std::vector<Condition>& into)
{
    const toml::node& value = *table.get(key);
    const auto& named = *std::find_if(k_relations.begin(), k_relations.end(), [key](const RelationName& name) { return name.key == key; });
    Condition made;
    made.fact = fact;
    made.relation = named.relation;
    made.place = config::place_of(value.source());
    if (named.other_fact) {
        made.other = m_toml.needed_text(table, key, "condition").value;
    } else if (named.relation == Relation::known) {
        made.known = m_toml.flag(table, key).value_or(true);
    } else if (named.relation == Relation::matches) {
        made.pattern.emplace(m_toml.needed_text(table, key, "condition").value);
    } else if (takes_list(named.relation)) {
        made.operands = operands(value, key);
    } else if (auto single = operand(value, key)) {
        const bool word = std::holds_alternative<std::string>(single->value) && !single->duration && !single->size && !single->stamp;
        if (orders(named.relation) && (word || std::holds_alternative<bool>(single->value))) {
            m_toml.fail(value, "'" + std::string(key) + "' must be a number, a duration (\"10m\"), a size (\"4G\") or a time (\"2026-11-25T12:00:00Z\")");
        }
        made.operands.push_back(std::move(*single));
    }
    into.push_back(std::move(made));
}

void RuleReader::condition(const toml::table& table, std::vector<Condition>& into)
{
    m_toml.only(table, k_keys, "condition");
    const std::string fact = m_toml.needed_text(table, "fact", "condition").value;
    const std::size_t before = into.size();
    for (const RelationName& name : k_relations) {
        if (m_toml.ok() && table.contains(name.key)) {
            relation(table, fact, name.key, into);
        }
    }
    if (m_toml.ok() && into.size() == before) {
        m_toml.fail(table, "this condition compares '" + util::printable(fact) + "' with nothing",
                    "add one of: is, is_not, one_of, none_of, at_least, at_most, above, below, matches, known");
    }
}

std::vector<Condition> RuleReader::conditions(const toml::table& table, std::string_view key)
{
    std::vector<Condition> found;
    for (const toml::table* entry : m_toml.tables(table, key)) {
        condition(*entry, found);
    }
    return found;
}

} // namespace hpcdoc::rules

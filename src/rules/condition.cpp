// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.hpp"

#include <algorithm>
#include <compare>

#include "util/units.hpp"

namespace hpcdoc::rules {

namespace {

using Relation = Condition::Relation;
// Nothing: the two cannot be compared, and the condition does not hold whatever it asks.
using Order = std::optional<std::partial_ordering>;

std::optional<double> number_of(const FactValue& value)
{
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* real = std::get_if<double>(&value)) {
        return *real;
    }
    return std::nullopt;
}

std::optional<double> number_of(const Operand& operand)
{
    if (const auto* integer = std::get_if<std::int64_t>(&operand.value)) {
        return static_cast<double>(*integer);
    }
    if (const auto* real = std::get_if<double>(&operand.value)) {
        return *real;
    }
    return std::nullopt;
}

Order order(std::chrono::seconds value, const Operand& operand)
{
    if (operand.duration) {
        return std::chrono::milliseconds(value) <=> *operand.duration;
    }
    const auto number = number_of(operand);
    return number ? Order(static_cast<double>(value.count()) <=> *number) : std::nullopt;
}

Order order(Bytes value, const Operand& operand)
{
    if (operand.size) {
        return value.count <=> *operand.size;
    }
    const auto number = number_of(operand);
    return number ? Order(static_cast<double>(value.count) <=> *number) : std::nullopt;
}

Order order(const FactValue& value, const Operand& operand)
{
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* given = std::get_if<std::int64_t>(&operand.value);
    if (whole != nullptr && given != nullptr) {
        return *whole <=> *given; // a double would lose the last digits
    }
    if (const auto number = number_of(value)) {
        const auto other = number_of(operand);
        return other ? Order(*number <=> *other) : std::nullopt;
    }
    if (const auto* duration = std::get_if<std::chrono::seconds>(&value)) {
        return order(*duration, operand);
    }
    if (const auto* size = std::get_if<Bytes>(&value)) {
        return order(*size, operand);
    }
    if (const auto* stamp = std::get_if<std::chrono::sys_seconds>(&value)) {
        return operand.stamp ? Order(*stamp <=> *operand.stamp) : std::nullopt;
    }
    return std::nullopt;
}

Order order(const FactValue& value, const FactValue& other)
{
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* other_whole = std::get_if<std::int64_t>(&other);
    if (whole != nullptr && other_whole != nullptr) {
        return *whole <=> *other_whole;
    }
    if (const auto number = number_of(value)) {
        const auto other_number = number_of(other);
        return other_number ? Order(*number <=> *other_number) : std::nullopt;
    }
    if (value.index() != other.index()) {
        return std::nullopt;
    }
    if (const auto* duration = std::get_if<std::chrono::seconds>(&value)) {
        return *duration <=> std::get<std::chrono::seconds>(other);
    }
    if (const auto* size = std::get_if<Bytes>(&value)) {
        return *size <=> std::get<Bytes>(other);
    }
    if (const auto* stamp = std::get_if<std::chrono::sys_seconds>(&value)) {
        return *stamp <=> std::get<std::chrono::sys_seconds>(other);
    }
    return std::nullopt;
}

std::optional<bool> equal(const FactValue& value, const Operand& operand)
{
    const auto* text = std::get_if<std::string>(&operand.value);
    if (const auto* flag = std::get_if<bool>(&value)) {
        const auto* wanted = std::get_if<bool>(&operand.value);
        return wanted != nullptr ? std::optional(*flag == *wanted) : std::nullopt;
    }
    if (const auto* words = std::get_if<std::string>(&value)) {
        return text != nullptr ? std::optional(*words == *text) : std::nullopt;
    }
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        return text != nullptr ? std::optional(std::find(list->begin(), list->end(), *text) != list->end()) : std::nullopt;
    }
    const Order compared = order(value, operand);
    return compared ? std::optional(std::is_eq(*compared)) : std::nullopt;
}

bool is_any(const FactValue& value, std::span<const Operand> operands)
{
    return std::any_of(operands.begin(), operands.end(), [&value](const Operand& operand) { return equal(value, operand).value_or(false); });
}

// A value of another type than the rule expects is no proof that it differs.
bool is_none(const FactValue& value, std::span<const Operand> operands)
{
    return std::all_of(operands.begin(), operands.end(), [&value](const Operand& operand) { return !equal(value, operand).value_or(true); });
}

bool in_relation(Relation relation, const Order& compared)
{
    if (!compared) {
        return false;
    }
    switch (relation) {
    case Relation::at_least: return std::is_gteq(*compared);
    case Relation::at_most: return std::is_lteq(*compared);
    case Relation::above: return std::is_gt(*compared);
    case Relation::below: return std::is_lt(*compared);
    default: return false;
    }
}

bool matches(const FactValue& value, const scan::Pattern& pattern)
{
    if (const auto* text = std::get_if<std::string>(&value)) {
        return pattern.matches(*text);
    }
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    return list != nullptr && std::any_of(list->begin(), list->end(), [&pattern](const std::string& entry) { return pattern.matches(entry); });
}

} // namespace

std::optional<std::chrono::sys_seconds> parse_utc_stamp(std::string_view text)
{
    if (!text.ends_with('Z')) {
        return std::nullopt;
    }
    text.remove_suffix(1);
    return util::parse_stamp(text, std::chrono::seconds(0));
}

Operand Operand::of(std::string text)
{
    Operand operand;
    operand.duration = util::parse_duration(text);
    operand.size = util::parse_size(text);
    operand.stamp = parse_utc_stamp(text);
    operand.value = std::move(text);
    return operand;
}

bool Condition::holds(const Lookup& lookup) const
{
    const FactValue* value = lookup.find(fact);
    if (relation == Relation::known) {
        return (value != nullptr) == known;
    }
    if (value == nullptr) {
        return false;
    }
    if (!other.empty()) {
        const FactValue* against = lookup.find(other);
        return against != nullptr && in_relation(relation, order(*value, *against));
    }
    switch (relation) {
    case Relation::is:
    case Relation::one_of: return is_any(*value, operands);
    case Relation::is_not:
    case Relation::none_of: return is_none(*value, operands);
    case Relation::matches: return pattern && matches(*value, *pattern);
    default: return in_relation(relation, order(*value, operands.front()));
    }
}

bool all_hold(std::span<const Condition> conditions, const Lookup& lookup)
{
    return std::all_of(conditions.begin(), conditions.end(), [&lookup](const Condition& condition) { return condition.holds(lookup); });
}

bool any_holds(std::span<const Condition> conditions, const Lookup& lookup)
{
    return std::any_of(conditions.begin(), conditions.end(), [&lookup](const Condition& condition) { return condition.holds(lookup); });
}

} // namespace hpcdoc::rules

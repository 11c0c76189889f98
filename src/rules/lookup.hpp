// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/rules.hpp>

namespace hpcdoc::rules {

// What a template or a condition may name: what a pattern captured, then the facts.
class Lookup {
public:
    using Captures = std::vector<std::pair<std::string, FactValue>>;

    explicit Lookup(const Facts& facts) : m_facts(facts) {}
    Lookup(const Facts& facts, Captures captures) : m_facts(facts), m_captures(std::move(captures)) {}

    const FactValue* find(std::string_view name) const;
    const Facts& facts() const { return m_facts; }
    const Captures& captures() const { return m_captures; }

private:
    const Facts& m_facts;
    Captures m_captures{};
};

} // namespace hpcdoc::rules

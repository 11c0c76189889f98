// SPDX-License-Identifier: Apache-2.0
#include "rules/lookup.hpp"

namespace hpcdoc::rules {

const FactValue* Lookup::find(std::string_view name) const
{
    for (const auto& [captured, value] : m_captures) {
        if (captured == name) {
            return &value;
        }
    }
    return m_facts.find(name);
}

} // namespace hpcdoc::rules

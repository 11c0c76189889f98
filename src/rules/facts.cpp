// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <hpcdoc/rules.hpp>

namespace hpcdoc {

Facts& Facts::set(std::string name, FactValue value)
{
    m_entries[std::move(name)] = Entry{std::move(value), {}};
    return *this;
}

Facts& Facts::set(std::string name, FactValue value, Evidence proof)
{
    Entry entry{std::move(value), {}};
    entry.proof.push_back(std::move(proof));
    m_entries[std::move(name)] = std::move(entry);
    return *this;
}

Facts& Facts::prove(std::string_view name, Evidence proof)
{
    const auto found = m_entries.find(name);
    if (found == m_entries.end()) {
        return *this;
    }
    std::vector<Evidence>& proofs = found->second.proof;
    if (std::find(proofs.begin(), proofs.end(), proof) == proofs.end()) {
        proofs.push_back(std::move(proof));
    }
    return *this;
}

const FactValue* Facts::find(std::string_view name) const
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? nullptr : &found->second.value;
}

std::span<const Evidence> Facts::proof(std::string_view name) const
{
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? std::span<const Evidence>() : std::span<const Evidence>(found->second.proof);
}

} // namespace hpcdoc

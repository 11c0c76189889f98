// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>

#include <hpcdoc/finding.hpp>

namespace hpcdoc {

namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 4> k_severities{"note", "warning", "error", "critical"};
constexpr std::array<std::string_view, 3> k_certainties{"possible", "likely", "certain"};
constexpr std::array<std::string_view, 4> k_risks{"none", "reversible", "needs_admin", "destructive"};
constexpr std::array<std::string_view, 3> k_roles{"cause", "context", "advice"};

template<class Enum, std::size_t count>
std::optional<Enum> find(const std::array<std::string_view, count>& names, std::string_view text)
{
    for (std::size_t at = 0; at < count; ++at) {
        if (names[at] == text) {
            return static_cast<Enum>(at);
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view to_string(Severity severity) { return k_severities.at(static_cast<std::size_t>(severity)); }
std::string_view to_string(Certainty certainty) { return k_certainties.at(static_cast<std::size_t>(certainty)); }
std::string_view to_string(Risk risk) { return k_risks.at(static_cast<std::size_t>(risk)); }
std::string_view to_string(Role role) { return k_roles.at(static_cast<std::size_t>(role)); }

std::optional<Severity> severity_from(std::string_view text) { return find<Severity>(k_severities, text); }
std::optional<Certainty> certainty_from(std::string_view text) { return find<Certainty>(k_certainties, text); }
std::optional<Risk> risk_from(std::string_view text) { return find<Risk>(k_risks, text); }
std::optional<Role> role_from(std::string_view text) { return find<Role>(k_roles, text); }

} // namespace hpcdoc

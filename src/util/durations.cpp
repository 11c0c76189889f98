// SPDX-License-Identifier: Apache-2.0
#include "util/units.hpp"

#include <algorithm>
#include <array>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

struct Unit {
    std::string_view name;
    double in_milliseconds;
};

// From large to small: in a duration each may come once, in this order.
constexpr std::array<Unit, 6> k_units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr double k_longest = 1e15; // milliseconds; 31,000 years

} // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text)
{
    if (const std::optional<std::uint64_t> plain = parse_unsigned(text)) {
        const double total = static_cast<double>(*plain) * 1'000;
        return total > k_longest ? std::nullopt
                                 : std::optional(std::chrono::milliseconds{static_cast<std::int64_t>(total)});
    }
    double total = 0;
    std::size_t next_unit = 0;
    while (!text.empty()) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
        const std::size_t letters = std::min(text.find_first_of("0123456789.", digits), text.size()) - digits;
        const std::optional<double> number =
            digits > 0 && text.front() != '.' ? parse_real(text.substr(0, digits)) : std::nullopt;
        const std::string_view name = text.substr(digits, letters);
        const auto unit = std::find_if(k_units.begin(), k_units.end(), [&](const Unit& u) { return u.name == name; });
        const auto index = static_cast<std::size_t>(unit - k_units.begin());
        if (!number || unit == k_units.end() || index < next_unit) {
            return std::nullopt;
        }
        next_unit = name == "min" ? index + 2 : index + 1;
        total += *number * unit->in_milliseconds;
        text.remove_prefix(digits + letters);
    }
    if (next_unit == 0 || total > k_longest) {
        return std::nullopt;
    }
    return std::chrono::milliseconds{static_cast<std::int64_t>(total + 0.5)};
}

} // namespace hpcdoc::util

// SPDX-License-Identifier: Apache-2.0
#include "util/units.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

constexpr std::string_view k_prefixes = "KMGTPE";
constexpr std::uint64_t k_max = std::numeric_limits<std::uint64_t>::max();

bool digits_only(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Takes the number "12" or "12.5" that `text` starts with; nothing if it does not start with one.
struct Decimal {
    std::uint64_t whole = 0;
    double fraction = 0;
};

std::optional<Decimal> take_decimal(std::string_view& text)
{
    const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string_view number = text.substr(0, end);
    const std::size_t dot = std::min(number.find('.'), number.size());
    const std::optional<std::uint64_t> whole = parse_unsigned(number.substr(0, dot));
    Decimal decimal;
    if (dot < number.size()) {
        const std::optional<double> fraction = parse_real(fmt::format("0{}", number.substr(dot)));
        if (!digits_only(number.substr(dot + 1)) || !fraction) {
            return std::nullopt;
        }
        decimal.fraction = *fraction;
    }
    if (!whole) {
        return std::nullopt;
    }
    decimal.whole = *whole;
    text.remove_prefix(end);
    return decimal;
}

std::optional<std::uint64_t> scaled(const Decimal& number, std::uint64_t scale)
{
    if (scale != 0 && number.whole > k_max / scale) {
        return std::nullopt;
    }
    const std::uint64_t whole = number.whole * scale;
    const auto part = static_cast<std::uint64_t>(number.fraction * static_cast<double>(scale) + 0.5);
    return part > k_max - whole ? std::nullopt : std::optional(whole + part);
}

// "", "B", "K", "KB", "KiB": the factor, of base 1024 as everything in Slurm.
std::optional<std::uint64_t> scale_of(std::string_view suffix, std::uint64_t unit)
{
    if (suffix.empty()) {
        return unit;
    }
    const std::string lower = to_lower(suffix);
    if (lower == "b") {
        return 1;
    }
    const std::size_t power = to_lower(k_prefixes).find(lower.front());
    const std::string_view rest = std::string_view(lower).substr(1);
    if (power == std::string::npos || !(rest.empty() || rest == "b" || rest == "ib" || rest == "i")) {
        return std::nullopt;
    }
    return std::uint64_t{1} << (10 * (power + 1));
}

} // namespace

std::optional<std::uint64_t> parse_size(std::string_view text, std::uint64_t unit)
{
    const std::optional<Decimal> number = take_decimal(text);
    if (!number) {
        return std::nullopt;
    }
    if (text.size() > 1 && text.front() == ' ') { // "3.9 GiB", as human_size() writes it
        text.remove_prefix(1);
    }
    const std::optional<std::uint64_t> scale = scale_of(text, unit);
    return scale ? scaled(*number, *scale) : std::nullopt;
}

std::string human_size(std::uint64_t bytes)
{
    if (bytes < 1024) {
        return fmt::format("{} B", bytes);
    }
    std::size_t power = 1;
    while (power < k_prefixes.size() && bytes >> (10 * (power + 1)) != 0) {
        ++power;
    }
    const auto in_tenths = [&](std::size_t p) {
        return static_cast<double>(bytes) / static_cast<double>(std::uint64_t{1} << (10 * p));
    };
    if (in_tenths(power) >= 1023.95 && power < k_prefixes.size()) {
        ++power; // 1023.97 MiB would read "1024.0 MiB"
    }
    const std::uint64_t one = std::uint64_t{1} << (10 * power);
    if (bytes % one == 0) { // "4 GiB" is exact; "4.0 GiB" is not quite
        return fmt::format("{} {}iB", bytes / one, k_prefixes[power - 1]);
    }
    return fmt::format("{:.1f} {}iB", in_tenths(power), k_prefixes[power - 1]);
}

std::string slurm_size(std::uint64_t bytes)
{
    constexpr std::uint64_t k_mib = 1u << 20;
    const std::uint64_t mib = bytes / k_mib + (bytes % k_mib == 0 ? 0 : 1);
    if (mib == 0) {
        return "0";
    }
    return mib % 1024 == 0 ? fmt::format("{}G", mib / 1024) : fmt::format("{}M", mib);
}

} // namespace hpcdoc::util

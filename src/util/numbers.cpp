// SPDX-License-Identifier: Apache-2.0
#include "util/hostlist.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

struct Progression {
    std::uint64_t first = 0, last = 0, step = 1;
    std::uint64_t steps() const { return (last - first) / step; } // one less than the count: no overflow
};

std::optional<Progression> parse_progression(std::string_view text)
{
    const std::size_t colon = text.find(':');
    const std::string_view range = text.substr(0, colon);
    const std::size_t dash = range.find('-');
    const std::optional<std::uint64_t> first = parse_unsigned(range.substr(0, dash));
    const std::optional<std::uint64_t> last =
        dash == std::string_view::npos ? first : parse_unsigned(range.substr(dash + 1));
    const std::optional<std::uint64_t> step =
        colon == std::string_view::npos ? std::optional<std::uint64_t>(1) : parse_unsigned(text.substr(colon + 1));
    if (!first || !last || !step || *step == 0 || *last < *first) {
        return std::nullopt;
    }
    return Progression{*first, *last, *step};
}

std::string_view without_throttle(std::string_view text)
{
    const std::size_t percent = text.find('%');
    return percent != std::string_view::npos && parse_unsigned(text.substr(percent + 1)) ? text.substr(0, percent)
                                                                                         : text;
}

} // namespace

std::optional<std::vector<std::uint64_t>> expand_numbers(std::string_view text, std::size_t cap)
{
    std::vector<std::uint64_t> numbers;
    for (const std::string_view part : split(without_throttle(text), ',')) {
        const std::optional<Progression> progression = parse_progression(part);
        if (!progression || numbers.size() >= cap || progression->steps() >= cap - numbers.size()) {
            return std::nullopt;
        }
        for (std::uint64_t i = 0; i <= progression->steps(); ++i) {
            numbers.push_back(progression->first + i * progression->step);
        }
    }
    return numbers;
}

std::string fold_numbers(std::span<const std::uint64_t> numbers)
{
    std::vector<std::uint64_t> sorted(numbers.begin(), numbers.end());
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::string text;
    for (std::size_t i = 0; i < sorted.size();) {
        std::size_t last = i;
        while (last + 1 < sorted.size() && sorted[last + 1] == sorted[last] + 1) {
            ++last;
        }
        text += fmt::format("{}{}", text.empty() ? "" : ",", sorted[i]);
        if (last > i) {
            text += fmt::format("-{}", sorted[last]);
        }
        i = last + 1;
    }
    return text;
}

} // namespace hpcdoc::util

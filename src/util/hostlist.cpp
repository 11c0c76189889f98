// SPDX-License-Identifier: Apache-2.0
#include "util/hostlist.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

constexpr std::size_t k_digits = 18; // more do not fit in 64 bits

bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool name_char(char c)
{
    return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

bool all_digits(std::string_view text)
{
    return !text.empty() && text.size() <= k_digits && std::all_of(text.begin(), text.end(), digit);
}

// One element of a bracket: numbers written with at least `width` digits, or a word.
struct Range {
    std::uint64_t first = 0, last = 0;
    std::size_t width = 0;
    std::string_view word{};
    std::uint64_t count() const { return word.empty() ? last - first + 1 : 1; }
};

struct Piece { // literal text, or a bracket
    std::string_view literal{};
    std::vector<Range> ranges{};
};

using Name = std::vector<Piece>;

std::optional<Range> parse_range(std::string_view text)
{
    if (text.empty() || !digit(text.front())) {
        const bool word = !text.empty() && std::all_of(text.begin(), text.end(), name_char) && !contains(text, "-");
        return word ? std::optional(Range{0, 0, 0, text}) : std::nullopt;
    }
    const std::size_t dash = text.find('-');
    const std::string_view low = text.substr(0, dash);
    const std::string_view high = dash == std::string_view::npos ? low : text.substr(dash + 1);
    if (!all_digits(low) || !all_digits(high)) {
        return std::nullopt;
    }
    const Range range{*parse_unsigned(low), *parse_unsigned(high), low.size(), {}};
    return range.first <= range.last ? std::optional(range) : std::nullopt;
}

// Takes one name off the front of the text, up to a comma outside of brackets.
std::optional<Name> take_name(std::string_view& text)
{
    Name name;
    while (!text.empty() && text.front() != ',') {
        Piece piece;
        if (text.front() != '[') {
            const auto end = std::find_if_not(text.begin(), text.end(), name_char);
            piece.literal = text.substr(0, static_cast<std::size_t>(end - text.begin()));
            if (piece.literal.empty()) {
                return std::nullopt;
            }
            text.remove_prefix(piece.literal.size());
        } else {
            const std::size_t close = text.find(']');
            if (close == std::string_view::npos) {
                return std::nullopt;
            }
            for (const std::string_view part : split(text.substr(1, close - 1), ',')) {
                const std::optional<Range> range = parse_range(part);
                if (!range) {
                    return std::nullopt;
                }
                piece.ranges.push_back(*range);
            }
            text.remove_prefix(close + 1);
        }
        name.push_back(std::move(piece));
    }
    return name.empty() ? std::nullopt : std::optional(std::move(name));
}

std::optional<std::vector<Name>> parse_hostlist(std::string_view text)
{
    std::vector<Name> names;
    while (true) {
        std::optional<Name> name = take_name(text);
        if (!name) {
            return std::nullopt;
        }
        names.push_back(std::move(*name));
        if (text.empty()) {
            return names;
        }
        text.remove_prefix(1); // the comma
    }
}

std::optional<std::size_t> count_names(const std::vector<Name>& names)
{
    constexpr std::uint64_t k_most = std::numeric_limits<std::uint32_t>::max();
    std::uint64_t total = 0;
    for (const Name& name : names) {
        std::uint64_t product = 1;
        for (const Piece& piece : name) {
            std::uint64_t sum = piece.ranges.empty() ? 1 : 0;
            for (const Range& range : piece.ranges) {
                sum += std::min(range.count(), k_most);
            }
            product = std::min(product, k_most) * std::min(sum, k_most);
        }
        total += std::min(product, k_most);
        if (total >= k_most) {
            return std::nullopt;
        }
    }
    return static_cast<std::size_t>(total);
}

void append_names(std::vector<std::string>& hosts, const Name& name)
{
    std::vector<std::string> made{""};
    for (const Piece& piece : name) {
        if (piece.ranges.empty()) {
            for (std::string& host : made) {
                host += piece.literal;
            }
            continue;
        }
        std::vector<std::string> longer;
        for (const std::string& host : made) {
            for (const Range& range : piece.ranges) {
                if (!range.word.empty()) {
                    longer.push_back(fmt::format("{}{}", host, range.word));
                    continue;
                }
                for (std::uint64_t n = range.first; n <= range.last; ++n) {
                    longer.push_back(fmt::format("{}{:0{}}", host, n, range.width));
                }
            }
        }
        made = std::move(longer);
    }
    hosts.insert(hosts.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
}

struct Numbered {
    std::uint64_t value = 0;
    std::string_view text{};
    auto operator<=>(const Numbered&) const = default;
};

// The digits a name is folded by: the last ones before the domain.
std::pair<std::size_t, std::size_t> number_in(std::string_view host)
{
    std::size_t end = std::min(host.find('.'), host.size());
    while (end > 0 && !digit(host[end - 1])) {
        --end;
    }
    std::size_t begin = end;
    while (begin > 0 && digit(host[begin - 1])) {
        --begin;
    }
    return {begin, end};
}

std::string fold_group(std::vector<Numbered> numbers, std::string_view prefix, std::string_view suffix)
{
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    std::string inside;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1].value == numbers[last].value + 1 &&
               numbers[last + 1].text == fmt::format("{:0{}}", numbers[last + 1].value, numbers[i].text.size())) {
            ++last;
        }
        inside += fmt::format("{}{}", inside.empty() ? "" : ",", numbers[i].text);
        if (last > i) {
            inside += fmt::format("-{}", numbers[last].text);
        }
        i = last + 1;
    }
    return numbers.size() == 1 ? fmt::format("{}{}{}", prefix, inside, suffix)
                               : fmt::format("{}[{}]{}", prefix, inside, suffix);
}

} // namespace

std::optional<std::vector<std::string>> expand_hostlist(std::string_view text, std::size_t cap)
{
    const std::optional<std::vector<Name>> names = parse_hostlist(text);
    const std::optional<std::size_t> count = names ? count_names(*names) : std::nullopt;
    if (!count || *count > cap) {
        return std::nullopt;
    }
    std::vector<std::string> hosts;
    hosts.reserve(*count);
    for (const Name& name : *names) {
        append_names(hosts, name);
    }
    return hosts;
}

std::optional<std::size_t> count_hostlist(std::string_view text)
{
    const std::optional<std::vector<Name>> names = parse_hostlist(text);
    return names ? count_names(*names) : std::nullopt;
}

std::string fold_hostlist(std::span<const std::string> hosts)
{
    std::map<std::pair<std::string_view, std::string_view>, std::vector<Numbered>> groups;
    std::map<std::string_view, std::string> folded; // by what sorts it
    for (const std::string_view host : hosts) {
        const auto [begin, end] = number_in(host);
        const std::string_view number = host.substr(begin, end - begin);
        if (all_digits(number)) {
            groups[{host.substr(0, begin), host.substr(end)}].push_back({*parse_unsigned(number), number});
        } else {
            folded.emplace(host, host);
        }
    }
    std::vector<std::string> parts;
    auto plain = folded.begin();
    for (const auto& [ends, numbers] : groups) {
        for (; plain != folded.end() && plain->first < ends.first; ++plain) {
            parts.push_back(plain->second);
        }
        parts.push_back(fold_group(numbers, ends.first, ends.second));
    }
    for (; plain != folded.end(); ++plain) {
        parts.push_back(plain->second);
    }
    return join(parts, ",");
}

} // namespace hpcdoc::util

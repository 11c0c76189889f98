// SPDX-License-Identifier: Apache-2.0
#include "util/strings.hpp"

#include <charconv>
#include <cmath>

namespace hpcdoc::util {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template<class Number> std::optional<Number> parse_whole(std::string_view text)
{
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::string_view trim(std::string_view text)
{
    constexpr std::string_view k_blank = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(k_blank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(k_blank) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    return split(text, std::string_view(&separator, 1));
}

std::vector<std::string_view> split(std::string_view text, std::string_view separator)
{
    std::vector<std::string_view> parts;
    if (!separator.empty()) {
        for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
            parts.push_back(text.substr(0, at));
            text.remove_prefix(at + separator.size());
        }
    }
    parts.push_back(text);
    return parts;
}

std::vector<std::string_view> lines(std::string_view text)
{
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        found.push_back(line);
    }
    return found;
}

std::string join(std::span<const std::string> parts, std::string_view separator)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) {
            text += separator;
        }
        text += parts[i];
    }
    return text;
}

std::string replace_all(std::string text, std::string_view what, std::string_view with)
{
    if (what.empty() || text.find(what) == std::string::npos) {
        return text;
    }
    std::string result;
    std::size_t from = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, from)) {
        result.append(text, from, at - from).append(with);
        from = at + what.size();
    }
    return result.append(text, from);
}

std::string to_lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result) {
        c = lower(c);
    }
    return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    if (a.size() != b.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::optional<std::uint64_t> parse_unsigned(std::string_view text)
{
    return parse_whole<std::uint64_t>(text);
}

std::optional<std::int64_t> parse_signed(std::string_view text)
{
    if (text.starts_with('+') && !text.starts_with("+-")) {
        text.remove_prefix(1);
    }
    return parse_whole<std::int64_t>(text);
}

std::optional<double> parse_real(std::string_view text)
{
    const std::optional<double> value = parse_whole<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

} // namespace hpcdoc::util

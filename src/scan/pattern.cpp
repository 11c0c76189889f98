// SPDX-License-Identifier: Apache-2.0
#include "scan/pattern.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <re2/re2.h>

namespace hpcdoc::scan {

namespace {

constexpr std::size_t k_most_groups = 16; // the whole match and fifteen groups

re2::RE2::Options options()
{
    re2::RE2::Options made;
    made.set_encoding(re2::RE2::Options::EncodingLatin1); // texts are bytes; what is no UTF-8 must match too
    made.set_log_errors(false);
    return made;
}

} // namespace

struct Pattern::Compiled {
    std::string expression{};
    std::once_flag once{};
    std::unique_ptr<re2::RE2> regex{};
    std::vector<std::pair<int, std::string>> names{};
};

Pattern::Pattern(std::string expression) : m_compiled(std::make_shared<Compiled>())
{
    m_compiled->expression = std::move(expression);
}

const Pattern::Compiled& Pattern::compiled() const
{
    std::call_once(m_compiled->once, [this] {
        m_compiled->regex = std::make_unique<re2::RE2>(m_compiled->expression, options());
        if (m_compiled->regex->ok()) {
            for (const auto& [number, name] : m_compiled->regex->CapturingGroupNames()) {
                m_compiled->names.emplace_back(number, name);
            }
        }
    });
    return *m_compiled;
}

const std::string& Pattern::expression() const
{
    return m_compiled->expression;
}

std::optional<std::string> Pattern::mistake() const
{
    const re2::RE2& regex = *compiled().regex;
    if (!regex.ok()) {
        return regex.error();
    }
    if (regex.NumberOfCapturingGroups() >= static_cast<int>(k_most_groups)) {
        return "more than 15 groups";
    }
    return std::nullopt;
}

std::vector<std::string> Pattern::names() const
{
    std::vector<std::string> found;
    for (const auto& [number, name] : compiled().names) {
        found.push_back(name);
    }
    return found;
}

std::optional<Match> Pattern::find(std::string_view text, std::size_t from, std::size_t to) const
{
    return search(text, from, to, Anchor::none);
}

std::optional<Match> Pattern::find_at(std::string_view text, std::size_t from, std::size_t to) const
{
    return search(text, from, to, Anchor::start);
}

std::optional<Match> Pattern::search(std::string_view text, std::size_t from, std::size_t to, Anchor anchor) const
{
    const Compiled& pattern = compiled();
    to = std::min(to, text.size());
    if (!pattern.regex->ok() || from > to) {
        return std::nullopt;
    }
    std::array<re2::StringPiece, k_most_groups> groups{};
    const int highest = pattern.names.empty() ? 0 : pattern.names.back().first;
    const int wanted = std::min(highest + 1, static_cast<int>(k_most_groups));
    const auto kind = anchor == Anchor::start ? re2::RE2::ANCHOR_START : re2::RE2::UNANCHORED;
    if (!pattern.regex->Match(re2::StringPiece(text.data(), text.size()), from, to, kind, groups.data(), wanted)) {
        return std::nullopt;
    }
    Match match;
    match.begin = static_cast<std::size_t>(groups[0].data() - text.data());
    match.end = match.begin + groups[0].size();
    for (const auto& [number, name] : pattern.names) {
        if (number < wanted && groups[static_cast<std::size_t>(number)].data() != nullptr) {
            const re2::StringPiece& group = groups[static_cast<std::size_t>(number)];
            match.captures.push_back({name, std::string_view(group.data(), group.size())});
        }
    }
    return match;
}

bool Pattern::matches(std::string_view text) const
{
    const re2::RE2& regex = *compiled().regex;
    return regex.ok() && regex.Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

} // namespace hpcdoc::scan

// SPDX-License-Identifier: Apache-2.0
#include "explain/near.hpp"

#include <algorithm>
#include <set>

#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::size_t k_longest = 60;

// How far a name is from what was typed; nothing: too far. A part of a name is nearer than one with mistakes.
std::optional<std::size_t> distance(std::string_view typed, std::string_view name)
{
    constexpr std::size_t k_least_part = 4;
    if (typed.size() >= k_least_part && util::contains(name, typed)) {
        return 1;
    }
    const std::size_t longer = std::max(typed.size(), name.size());
    const std::size_t shorter = std::min(typed.size(), name.size());
    const std::size_t allowed = typed.size() / 4 + 1;
    if (longer - shorter > allowed || shorter < 3) {
        return std::nullopt;
    }
    const std::size_t edits = util::edit_distance(typed, name);
    return edits <= allowed && edits < shorter ? std::optional(edits) : std::nullopt;
}

} // namespace

std::vector<NearName> near_names(const Cards& cards, std::span<const std::string> reasons, std::string_view text, std::size_t most)
{
    const std::string typed = card_key(text);
    if (typed.empty() || text.size() > k_longest || typed.size() * 2 < text.size()) { // mostly signs
        return {};
    }
    std::vector<std::pair<std::size_t, NearName>> found;
    for (const CardRef ref : cards.all()) {
        const CardHead& head = cards.head(ref);
        if (!cards.kind(ref).listed || util::parse_signed(head.name)) {
            continue;
        }
        std::optional<std::size_t> best = distance(typed, card_key(head.name));
        for (const std::string& other : head.also) {
            const auto next = distance(typed, card_key(other));
            best = next && (!best || *next < *best) ? next : best;
        }
        if (best) {
            found.push_back({*best, {head.name, head.title}});
        }
    }
    for (const std::string& reason : reasons) {
        if (const auto far = distance(typed, card_key(reason))) {
            found.push_back({*far, {reason, "a reason of Slurm's"}});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<NearName> near;
    std::set<std::string> told;
    for (auto& [far, name] : found) {
        if (near.size() < most && told.insert(name.ask).second) {
            near.push_back(std::move(name));
        }
    }
    return near;
}

} // namespace hpcdoc::explain

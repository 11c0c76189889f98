// SPDX-License-Identifier: Apache-2.0
#include "explain/cards.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "config/own_files.hpp"

namespace hpcdoc::explain {

Result<Cards> Cards::load(std::span<const std::filesystem::path> dirs_low_to_high)
{
    Cards cards;
    for (std::size_t layer = 0; layer < dirs_low_to_high.size(); ++layer) {
        const std::filesystem::path& dir = dirs_low_to_high[layer];
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(dir, ".toml"));
        for (const std::string& name : names) {
            HPCDOC_TRY(cards.add_file(dir / name, layer == 0));
        }
    }
    if (cards.m_files.empty() && !dirs_low_to_high.empty()) {
        return failure(Code::config, "no cards in '" + dirs_low_to_high.front().string() + "'",
                       "reinstall hpcdoc, or set HPCDOC_SHARE to its share directory");
    }
    cards.sort_kinds();
    cards.index();
    return cards;
}

// A site's file may add to a kind, and need not say again what the kind is.
std::size_t Cards::kind_index(const CardKind& kind)
{
    const auto found = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const CardKind& known) { return known.name == kind.name; });
    if (found == m_kinds.end()) {
        m_kinds.push_back(kind);
        if (m_kinds.back().title.empty()) {
            m_kinds.back().title = kind.name;
        }
        return m_kinds.size() - 1;
    }
    found->forms.insert(found->forms.end(), kind.forms.begin(), kind.forms.end());
    found->inside.insert(found->inside.end(), kind.inside.begin(), kind.inside.end());
    return static_cast<std::size_t>(found - m_kinds.begin());
}

Result<void> Cards::add_file(const std::filesystem::path& file, bool proven)
{
    HPCDOC_TRY_ASSIGN(std::string text, config::read_own_file(file));
    HPCDOC_TRY_ASSIGN(CardFile read, CardFile::read(file, std::move(text), proven));
    m_kind_of_file.push_back(kind_index(read.kind()));
    m_files.push_back(std::move(read));
    return {};
}

void Cards::sort_kinds()
{
    std::vector<std::size_t> order(m_kinds.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return m_kinds[a].order < m_kinds[b].order; });
    std::vector<CardKind> sorted;
    std::vector<std::size_t> place(m_kinds.size());
    for (const std::size_t from : order) {
        place[from] = sorted.size();
        sorted.push_back(std::move(m_kinds[from]));
    }
    m_kinds = std::move(sorted);
    for (std::size_t& kind : m_kind_of_file) {
        kind = place[kind];
    }
}

void Cards::index()
{
    std::set<std::pair<std::size_t, std::string>> taken; // the later file's card stays
    for (std::size_t file = m_files.size(); file-- > 0;) {
        const std::vector<CardHead>& heads = m_files[file].heads();
        for (std::size_t at = heads.size(); at-- > 0;) {
            if (taken.emplace(m_kind_of_file[file], card_key(heads[at].name)).second) {
                m_all.push_back({m_kind_of_file[file], file, at});
            }
        }
    }
    std::sort(m_all.begin(), m_all.end(), [](CardRef a, CardRef b) { return std::tuple(a.kind, a.file, a.index) < std::tuple(b.kind, b.file, b.index); });
    for (const CardRef ref : m_all) {
        const CardHead& card = head(ref);
        std::set<std::string> keys{card_key(card.name)};
        for (const std::string& other : card.also) {
            keys.insert(card_key(other));
        }
        for (const std::string& key : keys) {
            m_by_key[key].push_back(ref);
        }
    }
}

std::vector<CardRef> Cards::named(std::string_view name) const
{
    const std::string key = card_key(name);
    const auto found = m_by_key.find(key);
    if (found == m_by_key.end()) {
        return {};
    }
    // A card's own name before what another is also called, within one kind.
    std::vector<CardRef> refs = found->second;
    std::stable_sort(refs.begin(), refs.end(), [&](CardRef a, CardRef b) {
        return std::tuple(a.kind, card_key(head(a).name) != key) < std::tuple(b.kind, card_key(head(b).name) != key);
    });
    return refs;
}

std::optional<CardRef> Cards::find(std::string_view kind, std::string_view name) const
{
    for (const CardRef ref : named(name)) {
        if (m_kinds[ref.kind].name == kind) {
            return ref;
        }
    }
    return std::nullopt;
}

std::optional<CardRef> Cards::find(std::string_view kind, std::int64_t number) const
{
    std::optional<CardRef> range;
    for (const CardRef ref : m_all) {
        if (m_kinds[ref.kind].name != kind || !head(ref).numbered(number)) {
            continue;
        }
        if (!head(ref).ranged()) {
            return ref;
        }
        range = ref;
    }
    return range;
}

std::vector<CardRef> Cards::numbered(std::int64_t number) const
{
    std::vector<CardRef> found;
    for (const CardKind& kind : m_kinds) {
        if (kind.bare > 0) {
            if (const auto ref = find(kind.name, number)) {
                found.push_back(*ref);
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [this](CardRef a, CardRef b) {
        return std::tuple(!head(a).famous, kind(a).bare) < std::tuple(!head(b).famous, kind(b).bare);
    });
    return found;
}

} // namespace hpcdoc::explain

// SPDX-License-Identifier: Apache-2.0
// All cards of all directories; a later one adds kinds and cards, and replaces those of the same kind and name.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "explain/card_file.hpp"

namespace hpcdoc::explain {

struct CardRef {
    std::size_t kind = 0, file = 0, index = 0;
    bool operator==(const CardRef&) const = default;
};

class Cards {
public:
    static Result<Cards> load(std::span<const std::filesystem::path> dirs_low_to_high);

    const std::vector<CardKind>& kinds() const { return m_kinds; } // the likeliest first
    const CardKind& kind(CardRef ref) const { return m_kinds[ref.kind]; }
    const CardHead& head(CardRef ref) const { return m_files[ref.file].heads()[ref.index]; }
    // What says so: as the card's file says, else the file itself.
    const std::string& source(CardRef ref) const { return m_files[ref.file].source(); }
    Result<std::shared_ptr<const Card>> card(CardRef ref) const { return m_files[ref.file].card(ref.index); }
    const std::vector<CardRef>& all() const { return m_all; } // by kind, as written

    std::optional<CardRef> find(std::string_view kind, std::string_view name) const;
    // A card of its own before one of a range.
    std::optional<CardRef> find(std::string_view kind, std::int64_t number) const;
    std::vector<CardRef> named(std::string_view name) const; // of every kind
    // What a number alone may mean, the likeliest first.
    std::vector<CardRef> numbered(std::int64_t number) const;

private:
    Result<void> add_file(const std::filesystem::path& file, bool proven);
    std::size_t kind_index(const CardKind& kind);
    void sort_kinds();
    void index();

    std::vector<CardKind> m_kinds{};
    std::vector<CardFile> m_files{};
    std::vector<std::size_t> m_kind_of_file{};
    std::vector<CardRef> m_all{};
    std::map<std::string, std::vector<CardRef>, std::less<>> m_by_key{};
};

} // namespace hpcdoc::explain

// SPDX-License-Identifier: Apache-2.0
// One file of cards: share/hpcdoc/cards/*.toml, or a site's own.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/result.hpp>

#include "explain/card.hpp"

namespace hpcdoc::explain {

class CardFile {
public:
    // `proven`: hpcdoc's own, which its tests prove: only the heads are read, a card in full when it is asked for.
    static Result<CardFile> read(const std::filesystem::path& file, std::string text, bool proven);

    const CardKind& kind() const { return m_kind; }
    const std::string& source() const { return m_kind.source.empty() ? m_name : m_kind.source; }
    const std::vector<CardHead>& heads() const { return m_heads; }
    Result<std::shared_ptr<const Card>> card(std::size_t index) const;

private:
    struct Block {
        std::size_t begin = 0, end = 0, lines_before = 0;
    };

    static std::string alone(const std::string& text, std::size_t first, const Block& block);
    static Result<CardFile> read_whole(const std::filesystem::path& file, std::string text);
    static std::optional<Result<CardFile>> read_heads(const std::filesystem::path& file, const std::string& text);

    std::string m_name{}, m_where{}; // the file's path; "cards/exit.toml"
    std::string m_text{};
    CardKind m_kind{};
    std::vector<CardHead> m_heads{};
    std::vector<Block> m_blocks{};                     // of each head; none when all cards were read
    std::vector<std::shared_ptr<const Card>> m_cards{}; // then these
};

} // namespace hpcdoc::explain

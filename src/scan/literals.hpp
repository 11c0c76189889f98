// SPDX-License-Identifier: Apache-2.0
// Which of many fixed words stand in a text, and where: the cheap first look that decides which patterns are tried.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::scan {

enum class Case { exact, ignored }; // ignored: ASCII letters only

class Literals {
public:
    struct Hit {
        std::size_t position = 0;
        std::uint32_t word = 0; // index in the list given
    };
    using Visitor = std::function<void(Hit)>;

    Literals() = default;
    explicit Literals(std::vector<std::string> words, Case letters = Case::exact);

    // Every place of every word, in the order of their positions. Empty words are never found.
    void find(std::string_view text, const Visitor& visit) const;

private:
    static constexpr std::size_t k_key = 4;  // bytes that are hashed
    static constexpr std::size_t k_head = 8; // bytes that are compared at once
    static constexpr unsigned k_hash_bits = 14;

    struct Entry {
        std::uint64_t head = 0, mask = 0; // the first eight bytes, folded; mask: those that the word has
        std::uint32_t word = 0;
    };

    static std::uint32_t hash(std::uint64_t head)
    {
        return (static_cast<std::uint32_t>(head) * 0x9E3779B1U) >> (32 - k_hash_bits);
    }
    std::uint64_t folded_head(std::uint64_t head) const { return m_case == Case::ignored ? head | 0x2020202020202020U : head; }
    std::uint64_t head_at(std::string_view text, std::size_t position) const; // of what may be shorter than a head
    bool rest_stands_at(std::string_view text, std::size_t position, const std::string& word) const;
    void find_at(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const;
    void find_listed(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const;
    void find_short(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const;

    std::vector<std::string> m_words{};
    Case m_case = Case::exact;
    std::vector<std::uint64_t> m_seen{};   // one bit for each hash of a word's first four bytes
    std::vector<std::uint32_t> m_first{};  // hash -> index of its first entry
    std::vector<Entry> m_entries{};        // by hash, then by word
    std::vector<Entry> m_short{};          // words of fewer than four bytes
    std::array<bool, 256> m_short_first{}; // first bytes of those
};

} // namespace hpcdoc::scan

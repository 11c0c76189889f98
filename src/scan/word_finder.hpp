// SPDX-License-Identifier: Apache-2.0
// Which of many fixed words stand in a text, in any case, at the speed of memory: every step looks at 32 bytes and asks
// whether three bytes there could belong to a word (buckets of nibbles, as in Hyperscan's Teddy); what could is
// compared.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::scan {

class WordFinder {
public:
    struct Hit {
        std::size_t position = 0;
        std::uint32_t word = 0; // index in the list given
        bool operator==(const Hit&) const = default;
    };
    using Hits = std::vector<Hit>;

    WordFinder() = default;
    // ASCII letters are found in any case. Empty words are never found.
    explicit WordFinder(std::vector<std::string> words);

    // Adds every place of every word, in the order of their positions.
    void find(std::string_view text, Hits& hits) const;
    // The same without vector instructions: what processors without AVX2 do.
    void find_plainly(std::string_view text, Hits& hits) const;

private:
    static constexpr std::size_t k_buckets = 16; // in two bytes of a mask

    struct Key {
        std::uint32_t gram = 0; // three bytes of the word, roughly folded
        std::uint32_t word = 0;
        std::size_t offset = 0; // where they stand in the word
    };
    // For each nibble value: the buckets that have it at one of the three bytes.
    struct Masks {
        alignas(32) std::array<std::uint8_t, 16> low{}, high{};
    };

    void add_keys();
    void fill_buckets();
    bool seen(std::uint32_t gram) const;
    void compare(std::string_view text, std::size_t position, std::uint32_t gram, Hits& hits) const;
    void look_at_short(std::string_view text, std::size_t position, Hits& hits) const;
    void find_from(std::string_view text, std::size_t position, Hits& hits) const;
    std::size_t find_wide(std::string_view text, Hits& hits) const;

    std::vector<std::string> m_words{};
    std::vector<std::uint64_t> m_seen{};  // a bit for each hash of the three bytes of a key
    std::vector<Key> m_keys{};            // by slot
    std::vector<std::uint32_t> m_first{}; // slot -> its first key
    std::vector<std::uint32_t> m_short{}; // words of one or two bytes: looked for everywhere
    std::array<std::array<Masks, 2>, 3> m_masks{};
};

} // namespace hpcdoc::scan

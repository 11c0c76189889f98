// SPDX-License-Identifier: Apache-2.0
// Which of many fixed words stand in a text, at the speed of memory on any processor: only every fourth position is looked
// at, where four bytes are asked for in a table of bits. Of each word those four bytes are in the table at four
// neighbouring places, so one of them falls on such a position wherever the word stands; the places are chosen to be
// rare in ordinary logs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::scan {

class GramFinder {
public:
    static constexpr std::size_t k_shortest = 5; // bytes; shorter words are not found

    struct Hit {
        std::size_t position = 0;
        std::uint32_t word = 0; // index in the list given
        bool operator==(const Hit&) const = default;
    };
    using Hits = std::vector<Hit>;

    GramFinder() = default;
    // Exact: letters are found in the case given. `ordinary` is a sample of the texts to come, so that what is frequent
    // there is not looked for; it decides the speed, never what is found.
    explicit GramFinder(std::vector<std::string> words, std::string_view ordinary = {});

    const std::vector<std::string>& words() const { return m_words; }
    // Every place of every word that lies wholly in `text`, in the order of their positions.
    void find(std::string_view text, Hits& hits) const; // replaces what is in `hits`
    // The same, by asking at every position for every word: what proves find().
    void find_plainly(std::string_view text, Hits& hits) const;

private:
    static constexpr std::size_t k_gram = 4; // bytes asked for
    static constexpr std::size_t k_stride = 4;

    enum class Known { all, first_three, last_three }; // bytes of the gram that belong to the word

    struct Key {
        std::uint32_t gram = 0; // with the unknown byte 0
        std::uint32_t word = 0;
        std::int32_t offset = 0; // where the gram begins in the word; -1, or one byte too far, with an unknown byte
    };
    struct Keys {
        std::vector<Key> by_slot{};
        std::vector<std::uint32_t> first{}; // slot -> its first key
    };

    void add_word(std::uint32_t index, const std::vector<std::uint16_t>& ordinary);
    void add_key(std::uint32_t index, std::ptrdiff_t offset);
    void mark(std::uint32_t gram);
    void compare(std::string_view text, std::size_t position, std::uint32_t gram, Hits& hits) const;
    void compare(const Keys& keys, std::uint32_t gram, std::string_view text, std::size_t position, Hits& hits) const;

    std::vector<std::string> m_words{};
    std::array<Keys, 3> m_keys{}; // by what is known
    std::vector<std::uint64_t> m_table{}, m_second{}; // bits by two hashes
};

} // namespace hpcdoc::scan

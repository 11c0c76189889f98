// SPDX-License-Identifier: Apache-2.0
#include "scan/word_finder.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "scan/nibble_buckets.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hpcdoc::scan {

namespace {

constexpr std::uint32_t k_rough_fold = 0x202020; // also maps '@' to '`': what was found is compared again

constexpr char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

// The rarest three bytes of a word are looked for: "al-" of "local-".
std::size_t rarest(const std::string& word, std::size_t length)
{
    std::size_t best = 0;
    double least = 2;
    for (std::size_t at = 0; at + length <= word.size(); ++at) {
        double share = 1;
        for (std::size_t byte = at; byte < at + length; ++byte) {
            const auto cases = both_cases(static_cast<unsigned char>(word[byte]));
            share *= byte_share(cases[0]) + (cases[0] == cases[1] ? 0 : byte_share(cases[1]));
        }
        if (share < least) {
            least = share;
            best = at;
        }
    }
    return best;
}

void add_in_order(WordFinder::Hits& hits, WordFinder::Hit hit)
{
    hits.push_back(hit);
    for (std::size_t at = hits.size() - 1; at > 0 && hits[at - 1].position > hit.position; --at) {
        std::swap(hits[at], hits[at - 1]);
    }
}

} // namespace

std::uint32_t WordFinder::gram_at(const char* text)
{
    const auto byte = [text](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(text[at])}; };
    return (byte(0) | byte(1) << 8U | byte(2) << 16U) | k_rough_fold;
}

std::uint32_t WordFinder::seen_of(std::uint32_t gram)
{
    return (gram * 0x9E3779B1U) >> (32 - k_seen_bits);
}

std::uint32_t WordFinder::slot_of(std::uint32_t gram)
{
    return (gram * 0x9E3779B1U) >> (32 - k_slot_bits);
}

WordFinder::WordFinder(std::vector<std::string> words) : m_words(std::move(words))
{
    for (std::string& word : m_words) {
        std::transform(word.begin(), word.end(), word.begin(), fold);
    }
    add_keys();
    fill_buckets();
}

void WordFinder::add_keys()
{
    for (std::uint32_t index = 0; index < m_words.size(); ++index) {
        const std::string& word = m_words[index];
        if (word.size() >= k_gram) {
            const std::size_t offset = rarest(word, k_gram);
            m_keys.push_back({gram_at(word.data() + offset), index, offset});
        } else if (!word.empty()) {
            m_short.push_back(index);
        }
    }
    std::stable_sort(m_keys.begin(), m_keys.end(),
                     [](const Key& a, const Key& b) { return slot_of(a.gram) < slot_of(b.gram); });
    m_first.resize((std::size_t{1} << k_slot_bits) + 1);
    m_seen.resize((std::size_t{1} << k_seen_bits) / 64);
    for (const Key& key : m_keys) {
        m_seen[seen_of(key.gram) / 64] |= std::uint64_t{1} << (seen_of(key.gram) % 64);
        ++m_first[slot_of(key.gram) + 1];
    }
    for (std::size_t at = 1; at < m_first.size(); ++at) {
        m_first[at] += m_first[at - 1];
    }
}

void WordFinder::fill_buckets()
{
    std::map<std::uint32_t, Gram> grams;
    for (const Key& key : m_keys) {
        Gram gram{};
        std::memcpy(gram.data(), m_words[key.word].data() + key.offset, k_gram);
        grams.emplace(key.gram, gram);
    }
    std::vector<Gram> each;
    for (const auto& [rough, gram] : grams) {
        each.push_back(gram);
    }
    const std::vector<std::size_t> places = distribute(each, k_buckets);
    for (std::size_t at = 0; at < each.size(); ++at) {
        const auto bit = static_cast<std::uint8_t>(1U << (places[at] % 8));
        for (std::size_t byte = 0; byte < k_gram; ++byte) {
            Masks& masks = m_masks[byte][places[at] / 8];
            for (const unsigned char value : both_cases(each[at][byte])) {
                masks.low[value & 15U] |= bit;
                masks.high[value >> 4U] |= bit;
            }
        }
    }
}

bool WordFinder::stands_at(std::string_view text, std::size_t position, const std::string& word) const
{
    return text.size() - position >= word.size() &&
           std::equal(word.begin(), word.end(), text.data() + position, [](char a, char b) { return a == fold(b); });
}

// Three bytes stand at `position`.
inline void WordFinder::look_at(std::string_view text, std::size_t position, Hits& hits) const
{
    const std::uint32_t gram = gram_at(text.data() + position);
    const std::uint32_t seen = seen_of(gram);
    if ((m_seen[seen / 64] >> (seen % 64) & 1U) != 0) {
        compare(text, position, gram, hits);
    }
}

void WordFinder::compare(std::string_view text, std::size_t position, std::uint32_t gram, Hits& hits) const
{
    const std::uint32_t slot = slot_of(gram);
    for (std::uint32_t at = m_first[slot]; at < m_first[slot + 1]; ++at) {
        const Key& key = m_keys[at];
        if (key.gram == gram && position >= key.offset && stands_at(text, position - key.offset, m_words[key.word])) {
            add_in_order(hits, {position - key.offset, key.word});
        }
    }
}

void WordFinder::look_at_short(std::string_view text, std::size_t position, Hits& hits) const
{
    for (const std::uint32_t word : m_short) {
        if (stands_at(text, position, m_words[word])) {
            add_in_order(hits, {position, word});
        }
    }
}

void WordFinder::find_from(std::string_view text, std::size_t position, Hits& hits) const
{
    for (; position + k_gram <= text.size(); ++position) {
        look_at(text, position, hits);
    }
}

void WordFinder::find_plainly(std::string_view text, Hits& hits) const
{
    if (!m_keys.empty()) {
        find_from(text, 0, hits);
    }
    for (std::size_t position = 0; !m_short.empty() && position < text.size(); ++position) {
        look_at_short(text, position, hits);
    }
}

#if defined(__x86_64__)

namespace {

struct Tables {
    __m256i low, high;
};

[[gnu::target("avx2")]] Tables tables(const std::uint8_t* low, const std::uint8_t* high)
{
    return {_mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(low))),
            _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(high)))};
}

[[gnu::target("avx2")]] inline __m256i buckets_of(__m256i low, __m256i high, const Tables& table)
{
    return _mm256_and_si256(_mm256_shuffle_epi8(table.low, low), _mm256_shuffle_epi8(table.high, high));
}

} // namespace

// Returns up to where it has looked.
[[gnu::target("avx2")]] std::size_t WordFinder::find_wide(std::string_view text, Hits& hits) const
{
    constexpr std::size_t k_step = 32;
    std::array<std::array<Tables, 2>, k_gram> table{};
    for (std::size_t byte = 0; byte < k_gram; ++byte) {
        for (std::size_t half = 0; half < 2; ++half) {
            table[byte][half] = tables(m_masks[byte][half].low.data(), m_masks[byte][half].high.data());
        }
    }
    const __m256i nibble = _mm256_set1_epi8(15);
    std::size_t position = 0;
    for (; position + k_step + k_gram <= text.size(); position += k_step) {
        __m256i first = _mm256_set1_epi8(-1), second = first;
        for (std::size_t byte = 0; byte < k_gram; ++byte) {
            const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + position + byte));
            const __m256i low = _mm256_and_si256(bytes, nibble);
            const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
            first = _mm256_and_si256(first, buckets_of(low, high, table[byte][0]));
            second = _mm256_and_si256(second, buckets_of(low, high, table[byte][1]));
        }
        const __m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(first, second), _mm256_setzero_si256());
        for (auto found = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none)); found != 0; found &= found - 1) {
            look_at(text, position + static_cast<std::size_t>(__builtin_ctz(found)), hits);
        }
    }
    return position;
}

void WordFinder::find(std::string_view text, Hits& hits) const
{
    static const bool k_wide = __builtin_cpu_supports("avx2") != 0;
    if (!k_wide || !m_short.empty() || m_keys.empty()) {
        find_plainly(text, hits);
        return;
    }
    find_from(text, find_wide(text, hits), hits);
}

#else

void WordFinder::find(std::string_view text, Hits& hits) const
{
    find_plainly(text, hits);
}

#endif

} // namespace hpcdoc::scan

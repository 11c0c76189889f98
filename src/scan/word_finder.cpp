// SPDX-License-Identifier: Apache-2.0
#include "scan/word_finder.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <utility>

#include "scan/nibble_buckets.hpp"
#include "util/ascii.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hpcdoc::scan {

namespace {

constexpr std::uint32_t k_rough_fold = 0x202020; // also maps '@' to '`': what was found is compared again

constexpr std::size_t k_gram = 3; // bytes that are looked for
constexpr std::uint32_t k_gram_mask = 0xffffff;
constexpr unsigned k_slot_bits = 12;
constexpr unsigned k_seen_bits = 15;

// All that is asked at every place is in this file and in no header: it has to be inlined.
inline std::uint32_t gram_at(const char* text)
{
    const auto byte = [text](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(text[at])}; };
    return (byte(0) | byte(1) << 8U | byte(2) << 16U) | k_rough_fold;
}

// The same where a fourth byte can be read.
inline std::uint32_t gram_of_four(const char* text)
{
    std::uint32_t four = 0;
    std::memcpy(&four, text, sizeof four);
    return (four & k_gram_mask) | k_rough_fold;
}

inline std::uint32_t hash_of(std::uint32_t gram, unsigned bits)
{
    return (gram * 0x9E3779B1U) >> (32 - bits);
}

inline bool stands_at(std::string_view text, std::size_t position, const std::string& word)
{
    if (text.size() - position < word.size()) {
        return false;
    }
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (word[at] != util::lower_char(text[position + at])) {
            return false;
        }
    }
    return true;
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

WordFinder::WordFinder(std::vector<std::string> words) : m_words(std::move(words))
{
    for (std::string& word : m_words) {
        std::transform(word.begin(), word.end(), word.begin(), util::lower_char);
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
    std::stable_sort(m_keys.begin(), m_keys.end(), [](const Key& a, const Key& b) {
        return hash_of(a.gram, k_slot_bits) < hash_of(b.gram, k_slot_bits);
    });
    m_first.resize((std::size_t{1} << k_slot_bits) + 1);
    m_seen.resize((std::size_t{1} << k_seen_bits) / 64);
    for (const Key& key : m_keys) {
        const std::uint32_t seen = hash_of(key.gram, k_seen_bits);
        m_seen[seen / 64] |= std::uint64_t{1} << (seen % 64);
        ++m_first[hash_of(key.gram, k_slot_bits) + 1];
    }
    for (std::size_t at = 1; at < m_first.size(); ++at) {
        m_first[at] += m_first[at - 1];
    }
}

void WordFinder::fill_buckets()
{
    std::set<Gram> grams; // exactly: '[' and '{' are the same only when roughly folded
    for (const Key& key : m_keys) {
        Gram gram{};
        std::memcpy(gram.data(), m_words[key.word].data() + key.offset, k_gram);
        grams.insert(gram);
    }
    const std::vector<Gram> each(grams.begin(), grams.end());
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

// Three bytes stand at `position`: those of a key?
inline bool WordFinder::seen(std::uint32_t gram) const
{
    const std::uint32_t hash = hash_of(gram, k_seen_bits);
    return (m_seen[hash / 64] >> (hash % 64) & 1U) != 0;
}

void WordFinder::compare(std::string_view text, std::size_t position, std::uint32_t gram, Hits& hits) const
{
    const std::uint32_t slot = hash_of(gram, k_slot_bits);
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
        if (const std::uint32_t gram = gram_at(text.data() + position); seen(gram)) {
            compare(text, position, gram, hits);
        }
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
using WideMasks = std::array<std::array<Tables, 2>, k_gram>;

[[gnu::target("avx2")]] Tables tables(const std::uint8_t* low, const std::uint8_t* high)
{
    return {_mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(low))),
            _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(high)))};
}

[[gnu::target("avx2")]] inline __m256i buckets_of(__m256i low, __m256i high, const Tables& table)
{
    return _mm256_and_si256(_mm256_shuffle_epi8(table.low, low), _mm256_shuffle_epi8(table.high, high));
}

struct Suspects {
    __m256i first, second; // of each place: the buckets, of both halves, of which it has all bytes so far
};

[[gnu::target("avx2")]] inline void keep_matching(Suspects& suspects, const char* text,
                                                  const std::array<Tables, 2>& masks)
{
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
    const __m256i low = _mm256_and_si256(bytes, nibble);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    suspects.first = _mm256_and_si256(suspects.first, buckets_of(low, high, masks[0]));
    suspects.second = _mm256_and_si256(suspects.second, buckets_of(low, high, masks[1]));
}

// Of 32 places, those where three bytes may be a key.
[[gnu::target("avx2")]] inline std::uint32_t possible(const char* text, const WideMasks& masks)
{
    Suspects suspects{_mm256_set1_epi8(-1), _mm256_set1_epi8(-1)};
    keep_matching(suspects, text, masks[0]); // no loop: compilers do not unroll it
    keep_matching(suspects, text + 1, masks[1]);
    keep_matching(suspects, text + 2, masks[2]);
    const __m256i none = _mm256_cmpeq_epi8(_mm256_or_si256(suspects.first, suspects.second), _mm256_setzero_si256());
    return ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none));
}

// Puts down the place of the lowest bit, and takes the bit away.
[[gnu::target("bmi")]] inline void put_lowest(std::uint64_t& found, std::uint32_t base, std::uint32_t* place)
{
    constexpr std::uint64_t k_guard = std::uint64_t{1} << 63U; // an empty mask has no lowest bit
    *place = base + static_cast<std::uint32_t>(__builtin_ctzll(found | k_guard));
    found &= found - 1;
}

// The places of the bits of `found`, from `base`, behind the others. Four are written in any case: which blocks have
// some and how many cannot be foreseen, and a wrong guess of the processor costs more than that.
[[gnu::target("bmi,popcnt")]] inline std::size_t add_places(std::uint64_t found, std::uint32_t base,
                                                            std::uint32_t* places, std::size_t count)
{
    const auto all = static_cast<std::size_t>(__builtin_popcountll(found));
    places += count;
    put_lowest(found, base, places);
    put_lowest(found, base, places + 1);
    put_lowest(found, base, places + 2);
    put_lowest(found, base, places + 3);
    for (std::size_t at = 4; at < all; ++at) {
        put_lowest(found, base, places + at);
    }
    return count + all;
}

constexpr std::size_t k_step = 64;                   // bytes looked at in one go
constexpr std::size_t k_part = std::size_t{4} << 10; // of which the places are listed first
using Places = std::array<std::uint32_t, k_part + k_step>;

// Where in this part of a text three bytes may be a key.
[[gnu::target("avx2,popcnt,bmi")]] std::size_t list_places(const char* part, std::size_t size, const WideMasks& masks,
                                                           Places& places)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < size; at += k_step) {
        const std::uint64_t found = possible(part + at, masks) | std::uint64_t{possible(part + at + k_step / 2, masks)}
                                                                     << 32U;
        count = add_places(found, static_cast<std::uint32_t>(at), places.data(), count);
    }
    return count;
}

} // namespace

// Returns up to where it has looked.
[[gnu::target("avx2,popcnt,bmi")]] std::size_t WordFinder::find_wide(std::string_view text, Hits& hits) const
{
    WideMasks masks{};
    for (std::size_t byte = 0; byte < k_gram; ++byte) {
        for (std::size_t half = 0; half < 2; ++half) {
            masks[byte][half] = tables(m_masks[byte][half].low.data(), m_masks[byte][half].high.data());
        }
    }
    Places places; // each is written before it is read
    std::size_t position = 0;
    while (position + k_step + 4 <= text.size()) {
        const std::size_t size = std::min(k_part, (text.size() - position - 4) / k_step * k_step);
        const char* part = text.data() + position;
        const std::size_t listed = list_places(part, size, masks, places);
        std::size_t kept = 0;
        for (std::size_t at = 0; at < listed; ++at) {
            places[kept] = places[at];
            kept += seen(gram_of_four(part + places[at])) ? 1U : 0U;
        }
        for (std::size_t at = 0; at < kept; ++at) {
            compare(text, position + places[at], gram_of_four(part + places[at]), hits);
        }
        position += size;
    }
    return position;
}

void WordFinder::find(std::string_view text, Hits& hits) const
{
    static const bool k_wide = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0 &&
                               __builtin_cpu_supports("popcnt") != 0;
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

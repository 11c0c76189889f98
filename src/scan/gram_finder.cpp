// SPDX-License-Identifier: Apache-2.0
#include "scan/gram_finder.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "scan/nibble_buckets.hpp"

namespace hpcdoc::scan {

namespace {

constexpr unsigned k_table_bits = 19; // 64 KiB: near the first cache of today's processors
constexpr unsigned k_second_table_bits = 18;
constexpr unsigned k_gram_slot_bits = 13;

std::uint32_t four_at(const char* bytes)
{
    std::uint32_t gram = 0;
    std::memcpy(&gram, bytes, sizeof gram);
    return gram;
}

constexpr std::uint32_t mixed(std::uint32_t gram)
{
    return gram * 0x9E3779B1U;
}

constexpr std::uint32_t second_bit(std::uint32_t gram)
{
    return (gram * 0x85EBCA6BU ^ gram >> 15U) >> (32 - k_second_table_bits); // unlike mixed()
}

constexpr std::uint32_t slot_of(std::uint32_t gram)
{
    return mixed(gram) >> (32 - k_gram_slot_bits);
}

// How often pairs of bytes may be met, relatively: those that English and logs are full of count for more.
std::vector<float> pair_shares()
{
    static constexpr std::string_view k_frequent =
        "e  t th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce "
        " l s lo os ss st te ep : 00 01 0. .0 - / in fo ai io oc ck us ta od de mo el ut pu in ro om ur ul";
    std::vector<float> shares(65536);
    for (std::size_t pair = 0; pair < shares.size(); ++pair) {
        shares[pair] = static_cast<float>(std::sqrt(byte_share(static_cast<unsigned char>(pair & 255U)) *
                                                    byte_share(static_cast<unsigned char>(pair >> 8U))));
    }
    for (std::size_t at = 0; at + 1 < k_frequent.size(); ++at) {
        const auto first = static_cast<unsigned char>(k_frequent[at]);
        const auto second = static_cast<unsigned char>(k_frequent[at + 1]);
        shares[first + 256U * second] *= 4;
    }
    return shares;
}

float gram_share(std::string_view bytes)
{
    static const std::vector<float> k_shares = pair_shares();
    float share = 1;
    for (std::size_t at = 0; at + 1 < bytes.size(); ++at) {
        share *= k_shares[static_cast<unsigned char>(bytes[at]) + 256U * static_cast<unsigned char>(bytes[at + 1])];
    }
    return share;
}

// Hash of a gram -> how often it stands in the sample.
constexpr unsigned k_count_bits = 16;
std::vector<std::uint16_t> gram_counts(std::string_view sample)
{
    std::vector<std::uint16_t> counts(std::size_t{1} << k_count_bits);
    for (std::size_t at = 0; at + sizeof(std::uint32_t) <= sample.size(); ++at) {
        std::uint16_t& count = counts[mixed(four_at(sample.data() + at)) >> (32 - k_count_bits)];
        count = static_cast<std::uint16_t>(std::min(count + 1, 10'000));
    }
    return counts;
}

} // namespace

GramFinder::GramFinder(std::vector<std::string> words, std::string_view ordinary)
    : m_words(std::move(words)), m_table((std::size_t{1} << k_table_bits) / 64),
      m_second((std::size_t{1} << k_second_table_bits) / 64)
{
    const std::vector<std::uint16_t> counts = gram_counts(ordinary);
    for (std::uint32_t index = 0; index < m_words.size(); ++index) {
        add_word(index, counts);
    }
    for (Keys& keys : m_keys) {
        std::stable_sort(keys.by_slot.begin(), keys.by_slot.end(),
                         [](const Key& a, const Key& b) { return slot_of(a.gram) < slot_of(b.gram); });
        keys.first.assign((std::size_t{1} << k_gram_slot_bits) + 1, 0);
        for (const Key& key : keys.by_slot) {
            ++keys.first[slot_of(key.gram) + 1];
        }
        for (std::size_t slot = 1; slot < keys.first.size(); ++slot) {
            keys.first[slot] += keys.first[slot - 1];
        }
    }
}

void GramFinder::mark(std::uint32_t gram)
{
    const std::uint32_t bit = mixed(gram) >> (32 - k_table_bits);
    m_table[bit / 64] |= std::uint64_t{1} << (bit % 64);
    m_second[second_bit(gram) / 64] |= std::uint64_t{1} << (second_bit(gram) % 64);
}

// Four neighbouring places of the word: those whose grams are rarest together.
void GramFinder::add_word(std::uint32_t index, const std::vector<std::uint16_t>& ordinary)
{
    const std::string& word = m_words[index];
    if (word.size() < k_shortest) {
        return;
    }
    const auto last = static_cast<std::ptrdiff_t>(word.size()); // one byte may lie before the word, or behind it
    const std::ptrdiff_t lowest = word.size() < 7 ? -1 : 0;
    const std::ptrdiff_t highest = word.size() < 7 ? last - 6 : last - 7;
    std::ptrdiff_t best = lowest;
    float least = 0;
    for (std::ptrdiff_t first = lowest; first <= highest; ++first) {
        float sum = 0;
        for (std::ptrdiff_t at = first; at < first + 4; ++at) {
            const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at, 0));
            const std::string_view gram = std::string_view(word).substr(from, at < 0 ? 3 : 4);
            sum += gram_share(gram);
            if (gram.size() == 4) {
                sum += 0.01F * static_cast<float>(ordinary[mixed(four_at(gram.data())) >> (32 - k_count_bits)]);
            }
        }
        if (first == lowest || sum < least) {
            best = first;
            least = sum;
        }
    }
    for (std::ptrdiff_t at = best; at < best + static_cast<std::ptrdiff_t>(k_stride); ++at) {
        add_key(index, at);
    }
}

void GramFinder::add_key(std::uint32_t index, std::ptrdiff_t offset)
{
    const std::string& word = m_words[index];
    const bool before = offset < 0;
    const bool beyond = offset + static_cast<std::ptrdiff_t>(k_gram) > static_cast<std::ptrdiff_t>(word.size());
    std::array<char, k_gram> bytes{};
    for (std::ptrdiff_t at = before ? 1 : 0; at < (beyond ? 3 : 4); ++at) {
        bytes[static_cast<std::size_t>(at)] = word[static_cast<std::size_t>(offset + at)];
    }
    const Known known = before ? Known::last_three : beyond ? Known::first_three : Known::all;
    m_keys[static_cast<std::size_t>(known)].by_slot.push_back({four_at(bytes.data()), index, static_cast<std::int32_t>(offset)});
    if (known == Known::all) {
        mark(four_at(bytes.data()));
        return;
    }
    for (unsigned unknown = 0; unknown < 256; ++unknown) {
        bytes[before ? 0 : 3] = static_cast<char>(unknown);
        mark(four_at(bytes.data()));
    }
}

void GramFinder::compare(const Keys& keys, std::uint32_t gram, std::string_view text, std::size_t position, Hits& hits) const
{
    const std::uint32_t slot = slot_of(gram);
    for (std::uint32_t at = keys.first[slot]; at < keys.first[slot + 1]; ++at) {
        const Key& key = keys.by_slot[at];
        const auto start = static_cast<std::ptrdiff_t>(position) - key.offset;
        if (key.gram != gram || start < 0) {
            continue;
        }
        const auto begin = static_cast<std::size_t>(start);
        const std::string& word = m_words[key.word];
        if (begin + word.size() <= text.size() && std::memcmp(text.data() + begin, word.data(), word.size()) == 0) {
            hits.push_back({begin, key.word});
        }
    }
}

void GramFinder::compare(std::string_view text, std::size_t position, std::uint32_t gram, Hits& hits) const
{
    if ((m_second[second_bit(gram) / 64] >> (second_bit(gram) % 64) & 1U) == 0) {
        return;
    }
    std::array<char, k_gram> bytes{};
    std::memcpy(bytes.data(), &gram, sizeof gram);
    compare(m_keys[0], gram, text, position, hits);
    bytes[3] = 0;
    compare(m_keys[1], four_at(bytes.data()), text, position, hits);
    std::memcpy(bytes.data(), &gram, sizeof gram);
    bytes[0] = 0;
    compare(m_keys[2], four_at(bytes.data()), text, position, hits);
}

void GramFinder::find(std::string_view text, Hits& hits) const
{
    hits.clear();
    if (m_words.empty()) {
        return;
    }
    const std::uint64_t* const table = m_table.data();
    const auto look = [&](std::size_t position) {
        const std::uint32_t bit = mixed(four_at(text.data() + position)) >> (32 - k_table_bits);
        return table[bit / 64] >> (bit % 64) & 1U;
    };
    constexpr std::size_t k_span = 8 * k_stride;
    std::size_t position = 0;
    for (; position + k_span + k_gram <= text.size(); position += k_span) {
        std::uint64_t any = 0;
        for (std::size_t at = 0; at < k_span; at += k_stride) { // unrolled by the compiler: eight independent looks
            any |= look(position + at) << (at / k_stride);
        }
        for (; any != 0; any &= any - 1) {
            const std::size_t found = position + static_cast<std::size_t>(__builtin_ctzll(any)) * k_stride;
            compare(text, found, four_at(text.data() + found), hits);
        }
    }
    for (; position < text.size(); position += k_stride) { // the end, with zeros behind it
        std::array<char, k_gram> bytes{};
        std::memcpy(bytes.data(), text.data() + position, std::min(k_gram, text.size() - position));
        compare(text, position, four_at(bytes.data()), hits);
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.position != b.position ? a.position < b.position : a.word < b.word; });
}

void GramFinder::find_plainly(std::string_view text, Hits& hits) const
{
    hits.clear();
    for (std::size_t position = 0; position < text.size(); ++position) {
        for (std::uint32_t index = 0; index < m_words.size(); ++index) {
            if (m_words[index].size() >= k_shortest && text.substr(position).starts_with(m_words[index])) {
                hits.push_back({position, index});
            }
        }
    }
}

} // namespace hpcdoc::scan

// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.hpp"

#include <algorithm>

namespace hpcdoc::scan {

namespace {

constexpr char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

std::string folded(std::string word)
{
    std::transform(word.begin(), word.end(), word.begin(), fold);
    return word;
}

} // namespace

// With Case::ignored the bytes are only roughly folded (bit 5 of each is set, which also maps '@' to '`'): such a hit is
// compared again.
std::uint64_t Literals::head_at(std::string_view text, std::size_t position) const
{
    std::uint64_t value = 0;
    std::memcpy(&value, text.data() + position, std::min(k_head, text.size() - position));
    return m_case == Case::ignored ? value | 0x2020202020202020U : value;
}

Literals::Literals(std::vector<std::string> words, Case letters) : m_words(std::move(words)), m_case(letters)
{
    m_seen.resize((std::size_t{1} << k_hash_bits) / 64);
    m_first.resize((std::size_t{1} << k_hash_bits) + 1);
    for (std::uint32_t index = 0; index < m_words.size(); ++index) {
        std::string& word = m_words[index];
        if (m_case == Case::ignored) {
            word = folded(std::move(word));
        }
        if (word.empty()) {
            continue;
        }
        std::uint64_t mask = 0;
        std::memset(&mask, 0xff, std::min(k_head, word.size()));
        const Entry entry{head_at(word, 0) & mask, mask, index};
        if (word.size() < k_key) {
            m_short.push_back(entry);
            m_short_first[static_cast<unsigned char>(word.front())] = true;
            continue;
        }
        m_entries.push_back(entry);
        m_seen[hash(entry.head) / 64] |= std::uint64_t{1} << (hash(entry.head) % 64);
    }
    std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) { return hash(a.head) < hash(b.head); });
    for (const Entry& entry : m_entries) {
        ++m_first[hash(entry.head) + 1];
    }
    for (std::size_t at = 1; at < m_first.size(); ++at) {
        m_first[at] += m_first[at - 1];
    }
}

// The head is known to stand there, roughly folded if letters are.
bool Literals::rest_stands_at(std::string_view text, std::size_t position, const std::string& word) const
{
    if (text.size() - position < word.size()) {
        return false;
    }
    const char* here = text.data() + position;
    if (m_case == Case::exact) {
        return word.size() <= k_head || std::memcmp(here + k_head, word.data() + k_head, word.size() - k_head) == 0;
    }
    return std::equal(word.begin(), word.end(), here, [](char a, char b) { return a == fold(b); });
}

void Literals::find_short_at(std::string_view text, std::size_t position, const Visitor& visit) const
{
    const char first = m_case == Case::ignored ? fold(text[position]) : text[position];
    if (!m_short_first[static_cast<unsigned char>(first)]) {
        return;
    }
    const std::uint64_t head = head_at(text, position);
    for (const Entry& entry : m_short) {
        if ((head & entry.mask) == entry.head && rest_stands_at(text, position, m_words[entry.word])) {
            visit({position, entry.word});
        }
    }
}

void Literals::find_at(std::string_view text, std::size_t position, const Visitor& visit) const
{
    const std::uint64_t head = head_at(text, position);
    const std::uint32_t slot = hash(head);
    if ((m_seen[slot / 64] >> (slot % 64) & 1U) == 0) {
        return;
    }
    for (std::uint32_t at = m_first[slot]; at < m_first[slot + 1]; ++at) {
        const Entry& entry = m_entries[at];
        if ((head & entry.mask) == entry.head && rest_stands_at(text, position, m_words[entry.word])) {
            visit({position, entry.word});
        }
    }
}

void Literals::find(std::string_view text, const Visitor& visit) const
{
    for (std::size_t position = 0; position < text.size(); ++position) {
        if (!m_short.empty()) {
            find_short_at(text, position, visit);
        }
        if (!m_entries.empty()) {
            find_at(text, position, visit);
        }
    }
}

} // namespace hpcdoc::scan

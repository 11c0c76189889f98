// SPDX-License-Identifier: Apache-2.0
#include "scan/literals.hpp"

#include <algorithm>

#include "util/ascii.hpp"

namespace hpcdoc::scan {

namespace {

std::string folded(std::string word)
{
    std::transform(word.begin(), word.end(), word.begin(), util::lower_char);
    return word;
}

} // namespace

// With Case::ignored the bytes are only roughly folded (bit 5 of each is set, which also maps '@' to '`'): such a hit is
// compared again.
std::uint64_t Literals::head_at(std::string_view text, std::size_t position) const
{
    std::uint64_t value = 0;
    std::memcpy(&value, text.data() + position, std::min(k_head, text.size() - position));
    return folded_head(value);
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
            if (m_case == Case::ignored && word.front() >= 'a' && word.front() <= 'z') {
                m_short_first[static_cast<unsigned char>(word.front() - 32)] = true;
            }
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
    return std::equal(word.begin(), word.end(), here, [](char a, char b) { return a == util::lower_char(b); });
}

void Literals::find_short(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const
{
    for (const Entry& entry : m_short) {
        if ((head & entry.mask) == entry.head && rest_stands_at(text, position, m_words[entry.word])) {
            visit({position, entry.word});
        }
    }
}

void Literals::find_listed(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const
{
    const std::uint32_t slot = hash(head);
    for (std::uint32_t at = m_first[slot]; at < m_first[slot + 1]; ++at) {
        const Entry& entry = m_entries[at];
        if ((head & entry.mask) == entry.head && rest_stands_at(text, position, m_words[entry.word])) {
            visit({position, entry.word});
        }
    }
}

inline void Literals::find_at(std::string_view text, std::size_t position, std::uint64_t head, const Visitor& visit) const
{
    if (m_short_first[static_cast<unsigned char>(text[position])]) {
        find_short(text, position, head, visit);
    }
    const std::uint32_t slot = hash(head);
    if ((m_seen[slot / 64] >> (slot % 64) & 1U) != 0) {
        find_listed(text, position, head, visit);
    }
}

void Literals::find(std::string_view text, const Visitor& visit) const
{
    if (m_words.empty()) {
        return;
    }
    const std::size_t whole_heads = text.size() < k_head ? 0 : text.size() - k_head + 1;
    std::size_t position = 0;
    for (; position < whole_heads; ++position) {
        std::uint64_t head = 0;
        std::memcpy(&head, text.data() + position, k_head);
        find_at(text, position, folded_head(head), visit);
    }
    for (; position < text.size(); ++position) {
        find_at(text, position, head_at(text, position), visit);
    }
}

} // namespace hpcdoc::scan

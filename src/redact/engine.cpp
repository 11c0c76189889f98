// SPDX-License-Identifier: Apache-2.0
#include "redact/engine.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "redact/private_keys.hpp"

namespace hpcdoc::redact {

namespace {

using Hits = scan::WordFinder::Hits;

constexpr std::size_t k_most_numbers = 1u << 16; // of a hostile text; more secrets bear no number
constexpr std::size_t k_longest_remembered = 256;

// Spans that touch become one, under the name of the first: half a secret is still a secret.
Spans merged(Spans spans)
{
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    Spans whole;
    for (const Span& span : spans) {
        if (!whole.empty() && span.begin < whole.back().end) {
            whole.back().end = std::max(whole.back().end, span.end);
        } else {
            whole.push_back(span);
        }
    }
    return whole;
}

} // namespace

struct Engine::Words {
    enum Owner : std::size_t { rules, names, keys, known, owners };

    scan::WordFinder finder{};
    std::array<std::uint32_t, owners + 1> first{}; // index of each owner's first word

    std::array<Hits, owners> find(std::string_view text) const
    {
        Hits all;
        finder.find(text, all);
        std::array<Hits, owners> found;
        for (const scan::WordFinder::Hit& hit : all) {
            std::size_t owner = rules;
            while (hit.word >= first[owner + 1]) {
                ++owner;
            }
            found[owner].push_back({hit.position, hit.word - first[owner]});
        }
        return found;
    }
};

Result<std::unique_ptr<Engine>> Engine::load(std::span<const std::filesystem::path> dirs)
{
    auto engine = std::make_unique<Engine>();
    HPCDOC_TRY_ASSIGN(engine->m_rules, SecretRules::load(dirs));
    return engine;
}

std::shared_ptr<const Engine::Words> Engine::words() const
{
    {
        const std::shared_lock lock(m_mutex);
        if (m_words != nullptr) {
            return m_words;
        }
    }
    const std::lock_guard lock(m_mutex);
    if (m_words == nullptr) {
        auto made = std::make_shared<Words>();
        std::vector<std::string> all;
        const auto add = [&](std::size_t owner, const auto& more) {
            made->first[owner] = static_cast<std::uint32_t>(all.size());
            all.insert(all.end(), more.begin(), more.end());
        };
        add(Words::rules, m_rules.words());
        add(Words::names, NameValues::words());
        add(Words::keys, k_private_key_words);
        add(Words::known, m_known.words());
        made->first[Words::owners] = static_cast<std::uint32_t>(all.size());
        made->finder = scan::WordFinder(std::move(all));
        m_words = std::move(made);
    }
    return m_words;
}

Result<Engine::Found> Engine::find(std::string_view text) const
{
    const std::shared_ptr<const Words> words = this->words();
    const std::array<Hits, Words::owners> hits = words->find(text);
    Spans spans;
    if (!hits[Words::keys].empty()) {
        find_private_keys(text, spans);
    }
    HPCDOC_TRY(m_rules.find(text, hits[Words::rules], spans));
    m_names.find(text, hits[Words::names], spans);
    if (!hits[Words::known].empty()) {
        const std::shared_lock lock(m_mutex);
        m_known.find(text, hits[Words::known], spans);
    }
    return Found{merged(std::move(spans)), !hits[Words::keys].empty()};
}

std::string Engine::mark_for(const Span& span) const
{
    // Of a long secret its fingerprint is enough to know it again, and takes no memory.
    const std::string_view secret = span.secret;
    const std::string print =
        secret.size() > k_longest_remembered
            ? std::to_string(std::hash<std::string_view>()(secret)) + "/" + std::to_string(secret.size())
            : std::string(secret);
    const std::string opening = "[REDACTED:" + std::string(span.rule);
    const std::lock_guard lock(m_numbers_mutex);
    auto found = m_numbers.find(print);
    if (found == m_numbers.end()) {
        if (m_numbers.size() >= k_most_numbers) {
            return opening + "]";
        }
        found = m_numbers.emplace(print, static_cast<unsigned>(m_numbers.size() + 1)).first;
    }
    return opening + "#" + std::to_string(found->second) + "]";
}

void Engine::know(std::string value)
{
    const std::lock_guard lock(m_mutex);
    m_known.add(std::move(value));
    m_words.reset();
}

std::size_t Engine::longest_over_lines() const
{
    const std::shared_lock lock(m_mutex);
    return m_known.longest_over_lines();
}

} // namespace hpcdoc::redact

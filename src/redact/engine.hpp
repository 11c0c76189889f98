// SPDX-License-Identifier: Apache-2.0
// What Redactor and StreamRedactor share: one look over a text for all words that call for a closer one.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>

#include <hpcdoc/redact.hpp>

#include "redact/disguise.hpp"
#include "redact/known_values.hpp"
#include "redact/name_values.hpp"
#include "redact/secret_rules.hpp"
#include "redact/span.hpp"
#include "scan/word_finder.hpp"

namespace hpcdoc::redact {

class Engine {
public:
    static Result<std::unique_ptr<Engine>> load(std::span<const std::filesystem::path> dirs);

    struct Found {
        Spans spans{};          // in order, none touching the next
        bool key_words = false; // a private key may be there, or begin there
    };
    // An error: the text must not be used.
    Result<Found> find(std::string_view text) const;
    // What stands for a secret: "[REDACTED:rule#3]".
    std::string mark_for(const Span& span) const;

    void know(std::string value);
    // The longest form of a known value that has line ends in it: a secret that no cut at a line end may divide.
    std::size_t longest_over_lines() const;
    Disguise& disguise() { return m_disguise; }
    const Disguise& disguise() const { return m_disguise; }

private:
    struct Words; // the finder, and whose each of its words is

    std::shared_ptr<const Words> words() const;

    SecretRules m_rules{};
    NameValues m_names{};
    KnownValues m_known{};
    mutable std::shared_ptr<const Words> m_words{}; // none after a change
    mutable std::shared_mutex m_mutex{};            // of the two above

    mutable std::map<std::string, unsigned, std::less<>> m_numbers{}; // secret -> n; never leaves the process
    mutable std::mutex m_numbers_mutex{};
    Disguise m_disguise{};
};

} // namespace hpcdoc::redact

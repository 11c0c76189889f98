// SPDX-License-Identifier: Apache-2.0
// A card: what one code, name or word means, why it usually comes, what to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"
#include "scan/pattern.hpp"

namespace hpcdoc::explain {

// What is needed to find a card and to list it.
struct CardHead {
    std::string name{}, title{};
    std::vector<std::string> also{};                   // other names, and texts that mean it
    std::optional<std::int64_t> first{}, last{};       // its number, or its range of them
    bool famous = false;                               // its number alone means it, before all other kinds
    bool numbered(std::int64_t number) const { return first && *first <= number && number <= *last; }
    bool ranged() const { return first && *first != *last; }
};

struct Card {
    CardHead head{};
    rules::Rule rule{};                          // severity, titles, meaning (as its cause), fixes, escalation, labels
    std::vector<rules::TextTemplate> causes{};   // the likeliest first
};

// What all cards of a kind share: "exit", "signal", "errno" …
struct CardKind {
    std::string name{};
    std::string title{};  // "Signals"
    std::string source{}; // what says so: "signal(7)"
    std::string ask{};    // how to ask for one and no other: "signal {number}"
    std::int64_t order = 100; // which kind a name is likelier of
    std::int64_t bare = 0;    // the same for a number alone; 0: it never means this kind
    bool listed = true;
    bool telling = false; // within a long text it is the news, whatever else stands there ("Xid 109")
    std::vector<scan::Pattern> forms{};  // of a whole text, with a group `number` or `name`
    std::vector<scan::Pattern> inside{}; // the same within a longer text
};

// Letters and digits only, in lower case, so that "CrashLoopBackOff", "crash loop back-off" are one; a text with neither
// as it is ("*").
std::string card_key(std::string_view name);

} // namespace hpcdoc::explain

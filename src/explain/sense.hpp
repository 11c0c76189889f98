// SPDX-License-Identifier: Apache-2.0
// What a short text can mean: the cards, reasons and codes that it names.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

#include "explain/cards.hpp"
#include "job/knowledge.hpp"

namespace hpcdoc::explain {

struct Sense {
    Finding finding{};
    std::string ask{};         // what to ask for this and no other: "signal 9"
    std::vector<Fact> facts{};
    bool telling = false; // of a kind that is the news within a long text
};

// What is known beside the card itself.
struct Told {
    std::optional<std::int64_t> number{};
    std::string lead{}; // before the title: "Exit code 137 is 128 + 9: "
    std::string id{};   // in place of the card's own
    std::string ask{};
    std::optional<Evidence> evidence{}; // what says so, if not the card's own source
    Facts facts{};                      // for the card's placeholders
};

class Senses {
public:
    Senses(const Cards& cards, const job::Knowledge& knowledge) : m_cards(cards), m_knowledge(knowledge) {}

    // All that the whole text can mean, the likeliest first; none when it is no name or code.
    Result<std::vector<Sense>> of(std::string_view text) const;
    // Codes and names within a longer text, in the order of the kinds.
    Result<std::vector<Sense>> within(std::string_view text) const;

    Result<Sense> card(CardRef ref, Told told = {}) const;

private:
    using List = std::vector<Sense>;
    Result<void> add_pair(std::string_view text, List& into) const;
    Result<void> add_forms(std::string_view text, List& into) const;
    Result<void> add_number(std::string_view text, List& into) const;
    Result<void> add_node_state(std::string_view text, List& into) const;
    Result<void> add_names(std::string_view text, List& into) const;
    Result<void> add_reasons(std::string_view text, List& into) const;

    Result<void> add_texts(std::string_view text, List& into) const;

    Result<void> add_exit(std::int64_t code, std::string_view lead, List& into) const;
    Result<void> add_signal(std::int64_t number, std::string_view lead, std::string id, List& into) const;
    Result<void> add_slurmd(int error, std::string_view lead, List& into) const;
    Result<void> add_advice(std::string_view name, Told told, List& into) const;
    Result<void> add_match(const CardKind& kind, const scan::Match& match, List& into) const;

    const Cards& m_cards;
    const job::Knowledge& m_knowledge;
};

// "SIGKILL", "137" -> "sigkill", "137"; "CrashLoopBackOff" -> "crash-loop-back-off"; what an id is made of.
std::string slug(std::string_view name);

} // namespace hpcdoc::explain

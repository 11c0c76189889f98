// SPDX-License-Identifier: Apache-2.0
// "Step {step.id} used {memory.peak}": a text with places for facts, taken apart once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "rules/lookup.hpp"
#include "rules/value_text.hpp"

namespace hpcdoc::rules {

class TextTemplate {
public:
    struct Mistake {
        std::size_t offset = 0; // in the text
        std::string what{};
    };
    static tl::expected<TextTemplate, Mistake> parse(std::string_view text);

    // Nothing when a placeholder names what is not known.
    std::optional<std::string> expand(const Lookup& lookup) const;
    // The same for a text that people paste into a shell: a value is quoted where it must be. Inside quotes of the
    // template's own a value that would break out of them counts as not known.
    std::optional<std::string> expand_command(const Lookup& lookup) const;
    std::string expand_with_gaps(const Lookup& lookup) const; // "?" for what is not known
    // The first placeholder whose format does not fit what it names; empty when all do.
    std::string misfit(const Lookup& lookup) const;
    std::string source() const { return m_source; }

private:
    struct Piece {
        std::string text{}; // literal, or the name of a placeholder
        bool placeholder = false;
        ValueFormat format{};
    };
    std::string m_source{};
    std::vector<Piece> m_pieces{};
};

} // namespace hpcdoc::rules

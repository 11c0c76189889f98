// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "redact/span.hpp"
#include "scan/word_finder.hpp"

namespace hpcdoc::redact {

// Values known to be secret, wherever they stand: as they are, in JSON, in a URL, in base64.
class KnownValues {
public:
    // Words, paths, numbers and what is shorter than eight bytes would be found everywhere: they are left alone.
    void add(std::string value);
    // Every form that a value may stand in; what is found of them in any case is given to find().
    std::vector<std::string> words() const;
    void find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const;
    std::size_t longest_over_lines() const;

private:
    struct Form {
        std::string text{};
        std::size_t value = 0; // index of m_values
        bool base64 = false;   // the bytes beside it hold bits of it too
    };
    void add_form(std::string text, bool base64);

    std::deque<std::string> m_values{}; // what is found refers to them
    std::vector<Form> m_forms{};
};

} // namespace hpcdoc::redact

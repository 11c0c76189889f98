// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "redact/span.hpp"
#include "scan/literals.hpp"

namespace hpcdoc::redact {

// Values known to be secret, wherever they stand: as they are, in JSON, in a URL, in base64.
class KnownValues {
public:
    // Words, paths, numbers and what is shorter than eight bytes would be found everywhere: they are left alone.
    void add(std::string value);
    void find(std::string_view text, Spans& spans) const;

private:
    struct Form {
        std::string text{};
        std::size_t value = 0; // index of m_values
        bool base64 = false;   // the bytes beside it hold bits of it too
    };
    void add_form(std::string text, bool base64);

    std::vector<std::string> m_values{};
    std::vector<Form> m_forms{};
    scan::Literals m_literals{};
};

} // namespace hpcdoc::redact

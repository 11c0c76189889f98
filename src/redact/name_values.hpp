// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "redact/span.hpp"
#include "scan/literals.hpp"

namespace hpcdoc::redact {

// NAME=value, "name": "value", --name value and the like, where the name is that of a secret.
class NameValues {
public:
    NameValues();
    void find(std::string_view text, Spans& spans) const;

private:
    scan::Literals m_words;
};

} // namespace hpcdoc::redact

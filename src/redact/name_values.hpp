// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "redact/span.hpp"
#include "scan/word_finder.hpp"

namespace hpcdoc::redact {

// NAME=value, "name": "value", --name value and the like, where the name is that of a secret.
class NameValues {
public:
    // One of these stands in every such name.
    static std::span<const std::string_view> words();
    void find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const;
};

} // namespace hpcdoc::redact

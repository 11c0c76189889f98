// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::redact {

// A part of a text that must not leave.
struct Span {
    std::size_t begin = 0, end = 0;
    std::string_view rule{};   // lives as long as the redactor
    std::string_view secret{}; // what the same number is given for, whatever form it stands in
};

using Spans = std::vector<Span>;

} // namespace hpcdoc::redact

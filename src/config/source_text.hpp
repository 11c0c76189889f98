// SPDX-License-Identifier: Apache-2.0
// A text with its name, to point at the place of a mistake.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::config {

struct Place {
    std::size_t line = 0;   // 1-based; 0: no place
    std::size_t column = 0; // 1-based, in code points
    bool operator==(const Place&) const = default;
};

struct SourceText {
    std::string name{};
    std::string text{};

    std::string_view line(std::size_t number) const; // without its line end; empty when there is none
    std::string where(Place place) const;            // "hpcdoc.toml:12"
    // Code::config: "hpcdoc.toml:12:5: what", the line, and a caret under the column.
    Error error(Place place, std::string_view what, std::string hint = {}) const;
};

} // namespace hpcdoc::config

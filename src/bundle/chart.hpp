// SPDX-License-Identifier: Apache-2.0
// Horizontal bars as inline SVG: as wide as the page, letters of the page's size at any width, readable without colour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::bundle::chart {

struct Bar {
    double from = 0, to = 0; // of the width, 0 to 1
    std::size_t lane = 0;    // below each other within the row
    std::string css_class{}; // never text from outside
    std::string title{};     // shown when pointed at
};

struct Row {
    std::string label{}, remark{};
    std::vector<Bar> bars{};
};

struct Tick {
    double at = 0; // of the width, 0 to 1
    std::string label{};
};

struct Chart {
    std::string id{}; // of the element, never text from outside
    std::string title{}, description{};
    std::vector<Row> rows{};
    std::vector<Tick> ticks{};
};

std::string svg(const Chart& chart);

// 0, 20, 40 … up to `most`, at most `count` steps of 1, 2 or 5 times a power of ten.
std::vector<double> round_steps(double most, std::size_t count);

} // namespace hpcdoc::bundle::chart

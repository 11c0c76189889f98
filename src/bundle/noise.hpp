// SPDX-License-Identifier: Apache-2.0
// What is never the same twice, and so is no difference (share/hpcdoc/bundle/diff.toml).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "scan/pattern.hpp"

namespace hpcdoc::bundle {

class Noise {
public:
    static Result<Noise> parse(std::string_view toml, std::string source);

    bool variable(const std::string& name) const; // its value says nothing
    // Of a program by its first word ("/usr/bin/df"), or a file: its numbers count what never stands still.
    bool program_counts(std::string_view program) const;
    bool file_counts(const std::string& path) const;
    // The line with all that says nothing taken out: two lines that then are one say the same.
    std::string mask(std::string_view line, bool counts) const;

private:
    std::vector<std::string> m_variables{}, m_programs{}, m_files{};
    std::vector<scan::Pattern> m_masks{};
};

} // namespace hpcdoc::bundle

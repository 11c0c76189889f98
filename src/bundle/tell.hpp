// SPDX-License-Identifier: Apache-2.0
// What `hpcdoc bundle` itself says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>

#include <hpcdoc/bundle.hpp>

#include "bundle/assemble.hpp"

namespace hpcdoc {
class Terminal;
}

namespace hpcdoc::bundle {

struct Written {
    std::filesystem::path file{};
    std::uint64_t size = 0;
    std::string sha256{}, note{};
};

// "hpcdoc-bundle-lab-20261125T120000Z-1a2b3c4d"
std::string name_of(const Draft& draft);

void tell_written(const Draft& draft, const Written& written, const Config& config, Report& report);
void tell_preview(const Draft& draft, std::uint64_t size, const Config& config, Report& report);
void tell_probes(const ProbeBook& book, const Scope& scope, Report& report);

void ask_questions(Terminal& terminal, std::span<const Question> questions, std::map<std::string, std::string>& answers);

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
// Options that every command takes, before or after its name.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace CLI {
class App;
}

namespace hpcdoc::app {

// As typed; empty: not given.
struct GlobalWords {
    std::string format{}, color{}, from{}, record{}, deadline{}, fail_on{};
    std::vector<std::string> settings{};
    bool json = false, verbose = false, quiet = false, no_pager = false, version = false;
};

enum class Color { automatic, always, never };

struct GlobalOptions {
    std::optional<Format> format{};
    std::optional<Color> color{};
    std::optional<Severity> fail_on{};
    std::optional<std::chrono::milliseconds> deadline{};
    std::string from{}, record{};
    std::vector<std::string> settings{}; // "key=value"
    bool verbose = false, quiet = false, no_pager = false;
};

// `words` must outlive `app`.
void declare_global_options(CLI::App& app, GlobalWords& words);
Result<GlobalOptions> check_global_options(const GlobalWords& words);

std::optional<Color> color_from(std::string_view text);

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// The options of a command as data, read back from CLI11: help, manual pages, completion and the self-description all
// come from this one list.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace hpcdoc::app {

struct OptionInfo {
    std::vector<std::string> names{}; // "-M", "--cluster"; of a positional none
    std::string positional{};         // "ID"
    std::string value{};              // "NAME"; empty: a flag
    std::vector<std::string> choices{};
    std::string preset{}; // the default, as text
    std::string about{};
    bool required = false, many = false, hidden = false;

    bool is_positional() const { return !positional.empty(); }
    bool takes_value() const { return !value.empty(); }
    bool has_name(std::string_view name) const;
    const std::string& longest_name() const; // "--cluster"
};

std::vector<OptionInfo> options_of(const CLI::App& app);
const OptionInfo* find_option(std::span<const OptionInfo> options, std::string_view name);

// "-M, --cluster NAME", "--format text|json"
std::string spelling(const OptionInfo& option);
// "hpcdoc job explain [OPTION…] [ID…]"
std::string usage_line(std::string_view path, std::span<const OptionInfo> options, bool unicode);

} // namespace hpcdoc::app

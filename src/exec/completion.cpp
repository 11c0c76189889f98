// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include <hpcdoc/runner.hpp>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using How = Completion::How;

constexpr std::array<std::pair<How, std::string_view>, 7> k_names{{{How::exited, "exited"},
                                                                   {How::signalled, "signalled"},
                                                                   {How::timed_out, "timed-out"},
                                                                   {How::abandoned, "abandoned"},
                                                                   {How::not_found, "not-found"},
                                                                   {How::not_started, "not-started"},
                                                                   {How::not_recorded, "not-recorded"}}};

} // namespace

std::string_view to_string(How how)
{
    const auto found =
        std::find_if(k_names.begin(), k_names.end(), [&](const auto& name) { return name.first == how; });
    return found == k_names.end() ? "not-started" : found->second;
}

std::optional<How> how_from(std::string_view text)
{
    const auto found =
        std::find_if(k_names.begin(), k_names.end(), [&](const auto& name) { return name.second == text; });
    return found == k_names.end() ? std::nullopt : std::optional(found->first);
}

std::string command_line(std::span<const std::string> argv)
{
    std::string line;
    for (const std::string& word : argv) {
        const bool first = line.empty();
        // A shell takes a first word with "=" for an assignment.
        const bool assignment = first && util::contains(word, "=") && util::shell_quote(word) == word;
        line += first ? "" : " ";
        line += assignment ? "'" + word + "'" : util::shell_quote(word);
    }
    return line;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// All that a command may touch, as references. Nothing reaches out by itself.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include <hpcdoc/result.hpp>

namespace hpcdoc {

class Runner;
class Host;
class Config;
class RuleBook;
class Redactor;
class Terminal;

struct Context {
    Runner& runner;
    const Host& host;
    const Config& config;
    const RuleBook& rules;
    const Redactor& redactor;
    Terminal& terminal;
    std::filesystem::path share; // share/hpcdoc: data that a command reads by itself
    std::stop_token stop;
    // The run is ended then; stop is requested first.
    std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();
    // This machine itself, where the two doors above lead to a recording of another: for what a command writes here.
    Runner* own_runner = nullptr;
    const Host* own_host = nullptr;

    bool replays() const { return own_host != nullptr; }
    Runner& runner_here() const { return own_runner != nullptr ? *own_runner : runner; }
    const Host& host_here() const { return own_host != nullptr ? *own_host : host; }

    // A data file of hpcdoc's own, by its name under `share`. Never through the host door, which in a replay is another
    // machine's.
    Result<std::string> data(const std::filesystem::path& name) const;
};

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// A subcommand: one folder under cmd/, one CommandEntry.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/runner.hpp>

namespace CLI {
class App;
}

namespace hpcdoc {

enum class Audience { user, support, admin };

struct CommandInfo {
    std::string_view path{};    // "job explain"
    std::string_view summary{}; // imperative, no full stop, under 60 columns
    std::string_view help{};    // help.md
    Audience audience = Audience::user;
    Effect effect = Effect::reads;
    bool finds_secrets = false; // asks ctx.redactor: its rules are loaded
};

// One completion candidate: the word and what it is.
struct Candidate {
    std::string word{}, about{};
};

class Command {
public:
    virtual ~Command() = default;
    virtual void declare(CLI::App& app) = 0; // options only: touches nothing outside
    virtual Result<void> run(Context& ctx,
                             Report& report) = 0; // an Error: I could not look. Trouble found is a Finding.
    // How long this run may take when nobody says; nothing: run.deadline. Asked after the options were parsed.
    virtual std::optional<std::chrono::seconds> patience() const { return std::nullopt; }
    // Values of a positional or option ("ID", "--cluster") that only the machine knows. Quick, silent, may be empty.
    virtual std::vector<Candidate> complete(std::string_view /*argument*/, Context& /*ctx*/) { return {}; }
};

struct CommandEntry {
    CommandInfo info{};
    std::unique_ptr<Command> (*make)() = nullptr; // a fresh object per parse: no static option variables
};

std::span<const CommandEntry> commands(); // sorted by path

// Runs another command, as typed without "hpcdoc", with the doors of this one. Code::usage: the words are wrong.
Result<void> run_inside(Context& ctx, std::span<const std::string> words, Report& report);

} // namespace hpcdoc

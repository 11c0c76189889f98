// SPDX-License-Identifier: Apache-2.0
// hpcdoc explain without a program around it: the shipped cards and rules, a file system in memory, a pipe of a string.
#pragma once

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <hpcdoc/config.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/explain.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/rules.hpp>
#include <hpcdoc/terminal.hpp>

#include "memory_host.hpp"
#include "scripted_runner.hpp"

namespace hpcdoc::test {

inline const std::filesystem::path k_share = std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc";

class QuietTerminal final : public Terminal {
public:
    bool interactive() const override { return false; }
    void progress(std::string_view) override {}
    bool confirm(std::string_view) override { return false; }
    std::optional<std::string> ask(std::string_view) override { return std::nullopt; }
};

class StringInput final : public TextInput {
public:
    explicit StringInput(std::string text = {}, bool person = false) : m_text(std::move(text)), m_person(person) {}
    bool from_person() const override { return m_person; }
    Result<PipedText> read(const Limits&) override
    {
        PipedText piped;
        piped.total = m_text.size();
        piped.head = m_text;
        return piped;
    }

private:
    std::string m_text;
    bool m_person;
};

inline const RuleBook& shipped_rules()
{
    static const RuleBook book({k_share / "rules"});
    return book;
}

class World {
public:
    explicit World(const std::vector<std::string>& card_dirs = {})
    {
        std::string dirs;
        for (const std::string& dir : card_dirs) {
            dirs += (dirs.empty() ? "" : ",") + dir;
        }
        ConfigSources sources;
        if (!dirs.empty()) {
            sources.overrides.push_back("explain.cards=" + dirs);
        }
        auto loaded = Config::load(sources);
        REQUIRE(loaded);
        m_config = std::move(*loaded);
        auto redactor = Redactor::load({});
        REQUIRE(redactor);
        m_redactor = std::make_unique<Redactor>(std::move(*redactor));
    }

    Context context() { return {runner, host, m_config, shipped_rules(), *m_redactor, m_terminal, k_share, {}}; }

    Result<void> explain(const std::vector<std::string>& words, Report& report, std::string piped = {})
    {
        Context ctx = context();
        StringInput input(std::move(piped));
        return explain_text(ctx, {.words = words, .list = false}, input, report);
    }

    // The report on one text, as typed.
    Report explained(std::string text)
    {
        Report report;
        const auto done = explain({std::move(text)}, report);
        REQUIRE_MESSAGE(done, (done ? "" : describe(done.error())));
        REQUIRE(report.verdict() != nullptr);
        return report;
    }

    ScriptedRunner runner{};
    MemoryHost host{};

private:
    Config m_config = Config::builtin();
    std::unique_ptr<Redactor> m_redactor{};
    QuietTerminal m_terminal{};
};

} // namespace hpcdoc::test

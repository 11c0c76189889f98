// SPDX-License-Identifier: Apache-2.0
#include "app/run_command.hpp"

#include <hpcdoc/host.hpp>

#include "app/pager.hpp"
#include "app/places.hpp"
#include "app/session.hpp"
#include "app/standard_output.hpp"
#include "app/stdio.hpp"
#include "app/terminal_posix.hpp"
#include "app/user_files.hpp"
#include "app/watch.hpp"
#include "config/schema.hpp"
#include "util/units.hpp"

namespace hpcdoc::app {

namespace {

int status(Exit exit)
{
    return static_cast<int>(exit);
}

Exit exit_for_error(const Error& error)
{
    return error.code == Code::usage || error.code == Code::config ? Exit::usage : Exit::incomplete;
}

std::chrono::milliseconds whole_run(const CommandLine& line, const Config& config)
{
    const std::chrono::seconds usual = line.command->patience().value_or(config.duration("run.deadline"));
    return line.options.deadline.value_or(usual);
}

Severity least_that_fails(const GlobalOptions& options, const Config& config)
{
    return options.fail_on.value_or(severity_from(config.text("output.fail_on")).value_or(Severity::error));
}

bool says_something(const Report& report)
{
    return !report.findings().empty() || !report.facts().empty() || !report.tables().empty() ||
           !report.reports().empty();
}

// A run that was cut short says so itself: what is missing must not look like nothing found.
void note_stop(Report& report, Stopped stopped, std::chrono::milliseconds deadline)
{
    if (stopped == Stopped::interrupted) {
        report.failed("run", "",
                      Error{Code::interrupted, "interrupted: what was not looked at by then is missing", {}, {}});
    } else if (stopped == Stopped::deadline) {
        const auto limit = std::chrono::duration_cast<std::chrono::seconds>(deadline);
        report.failed("run", "",
                      Error{Code::timed_out,
                            "the run was ended after its deadline of " + util::human_time(limit),
                            "--deadline gives it more time",
                            {}});
    }
}

class Run {
public:
    Run(CommandLine& line, std::span<const std::string> words, const OwnEnvironment& env)
        : m_line(line), m_words(words), m_env(env), m_screen(look_at_screen(env))
    {
    }

    Result<int> go()
    {
        HPCDOC_TRY_ASSIGN(const Config config, load_config());
        const std::chrono::milliseconds deadline = whole_run(m_line, config);
        m_until = std::chrono::steady_clock::now() + deadline;
        Watch watch({.deadline = deadline});
        HPCDOC_TRY_ASSIGN(const std::filesystem::path share, find_share(m_env));
        HPCDOC_TRY_ASSIGN(const auto session, Session::open(config, {.from = m_line.options.from,
                                                                     .record = m_line.options.record,
                                                                     .command = {m_words.begin(), m_words.end()},
                                                                     .share = share,
                                                                     .stop = watch.token(),
                                                                     .effect = m_line.entry->info.effect,
                                                                     .finds_secrets = m_line.entry->info.finds_secrets}));
        Report report;
        const Result<void> result = look(*session, watch, report);
        note_stop(report, watch.stopped(), deadline);
        HPCDOC_TRY(session->write_recording());
        fill_contacts(report, config);
        HPCDOC_TRY_ASSIGN(const Exit exit, tell(report, result, config));
        return watch.stopped() == Stopped::interrupted ? status(Exit::interrupted) : checked(*session, status(exit));
    }

private:
    // The user's file may lie on a home directory that does not answer.
    Result<Config> load_config() const
    {
        const Watch watch({.deadline = whole_run(m_line, Config::builtin()),
                           .grace = std::chrono::milliseconds(0),
                           .doing = "reading the settings"});
        ConfigSources sources = config_sources(m_env, m_line.options.settings);
        sources.user = those_that_answer(std::move(sources.user));
        return Config::load(sources);
    }

    Result<void> look(Session& session, Watch& watch, Report& report)
    {
        TerminalPosix terminal(m_screen, m_line.options.quiet, watch);
        Context context = session.context(terminal);
        context.until = m_until;
        report.command = m_line.path;
        report.generated = session.host().now();
        return m_line.command->run(context, report);
    }

    // Writes the report, and what kept the command from making one.
    Result<Exit> tell(Report& report, const Result<void>& result, const Config& config)
    {
        const auto set = format_from(config.text("output.format"));
        const Format format = m_line.options.format.value_or(set.value_or(Format::text));
        if (!result && exit_for_error(result.error()) == Exit::usage) {
            return tl::unexpected(result.error());
        }
        if (!result) {
            report.failed(m_line.path, report.subject, result.error());
        }
        const bool shows = says_something(report) || !output_was_given();
        if (shows && (result || says_something(report) || format != Format::text)) {
            HPCDOC_TRY(write_report(report, format, config));
        }
        if (!result) {
            complain(result.error());
            return exit_for(report, least_that_fails(m_line.options, config)) == Exit::found ? Exit::found
                                                                                             : Exit::incomplete;
        }
        return exit_for(report, least_that_fails(m_line.options, config));
    }

    Result<void> write_report(const Report& report, Format format, const Config& config)
    {
        const std::string text = render(report, format, style_for(m_screen, m_env, m_line.options, config));
        if (format == Format::text && !m_line.options.no_pager && worth_a_pager(text, m_screen)) {
            return show_paged(text, "the report", pager_words(config.text("output.pager"), m_env));
        }
        return write_output(text, "the report");
    }

    // A test's replay must be exactly what was recorded.
    int checked(const Session& session, int exit)
    {
        if (m_env("HPCDOC_REPLAY_STRICT") != "1" || m_line.options.from.empty()) {
            return exit;
        }
        const std::vector<std::string> unmatched = session.unmatched();
        const std::vector<std::string> unused = session.unused();
        for (const std::string& call : unmatched) {
            complain("not in the recording: " + call);
        }
        for (const std::string& call : unused) {
            complain("recorded and never asked for: " + call);
        }
        return unmatched.empty() && unused.empty() ? exit : status(Exit::incomplete);
    }

    CommandLine& m_line;
    std::span<const std::string> m_words;
    const OwnEnvironment& m_env;
    Screen m_screen;
    std::chrono::steady_clock::time_point m_until{};
};

} // namespace

void fill_contacts(Report& report, const Config& config)
{
    report.amend([&](Finding& finding) {
        if (!finding.escalate || !finding.escalate->contact.empty()) {
            return;
        }
        const std::string key = "contacts." + finding.escalate->to;
        const config::SchemaKey* known = config::find_key(key);
        if (known != nullptr) {
            finding.escalate->contact = config.text(key);
        }
    });
}

int run_command(CommandLine& line, std::span<const std::string> words, const OwnEnvironment& env)
{
    const Result<int> done = Run(line, words, env).go();
    if (!done) {
        complain(done.error());
        return status(done.error().code == Code::io ? Exit::usage : exit_for_error(done.error()));
    }
    return *done;
}

} // namespace hpcdoc::app

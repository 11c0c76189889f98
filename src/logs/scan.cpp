// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/logs.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include <hpcdoc/host.hpp>
#include <hpcdoc/terminal.hpp>

#include "logs/files.hpp"
#include "logs/read.hpp"
#include "logs/source.hpp"
#include "logs/tell.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using logs::Log;
using logs::TagReader;

Result<TagReader> load_tags(const Context& ctx)
{
    constexpr std::string_view k_file = "logs/prefixes.toml";
    HPCDOC_TRY_ASSIGN(const std::string toml, ctx.data(k_file));
    return TagReader::load(toml, (ctx.share / k_file).string());
}

std::string no_log_in(const std::vector<std::string>& paths)
{
    const std::string first = paths.empty() ? "" : "'" + util::printable(paths.front()) + "'";
    return paths.size() == 1 ? first + " is no log: an empty directory, a program, a core file or an archive" : "none of what was named (" + first + ", ...) is a log";
}

class Scanning {
public:
    Scanning(Context& ctx, const rules::Topic& topic, const TagReader& tags, const LogRequest& request)
        : m_ctx(ctx), m_topic(topic), m_tags(tags), m_request(request)
    {
    }

    Result<std::vector<Log>> read(Report& report)
    {
        std::vector<std::string> paths = m_request.paths;
        std::vector<Log> all;
        if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
            paths.erase(std::remove(paths.begin(), paths.end(), "-"), paths.end());
            const std::unique_ptr<logs::Source> source = logs::from_descriptor(STDIN_FILENO, m_ctx.stop);
            HPCDOC_TRY_ASSIGN(Log log, logs::read_source(m_topic, m_tags, *source, "standard input"));
            all.push_back(std::move(log));
        }
        const std::vector<logs::LogFile> files = logs::find_logs(m_ctx.host, paths, report);
        HPCDOC_TRY_ASSIGN(std::vector<Log> found, logs::read_logs(m_ctx, m_topic, m_tags, files, report));
        std::move(found.begin(), found.end(), std::back_inserter(all));
        return all;
    }

    // Reads again and again, seldom enough that nine tenths of the time are rest, until a cause has stood for one round: the
    // lines after it belong to it.
    Result<std::vector<Log>> follow(std::vector<Log> all, Clock::duration took, Report& report)
    {
        bool found_before = false;
        while (!m_ctx.stop.stop_requested()) {
            HPCDOC_TRY_ASSIGN(const bool found, has_cause(all));
            if ((found && found_before) || (m_request.over && m_request.over())) {
                break;
            }
            found_before = found;
            say_progress(all);
            rest(std::max<Clock::duration>(1s, 9 * took));
            const auto start = Clock::now();
            Report quiet; // what is in the way was said the first time
            HPCDOC_TRY_ASSIGN(all, read(all.empty() ? report : quiet));
            took = Clock::now() - start;
        }
        m_ctx.terminal.progress("");
        return all;
    }

private:
    Result<bool> has_cause(const std::vector<Log>& all) const
    {
        HPCDOC_TRY_ASSIGN(const std::vector<logs::Suspect> suspects, logs::judge(m_topic, all));
        return !suspects.empty() && suspects.front().rule->log.kind == LogMatch::Kind::root && logs::is_error(*suspects.front().rule) &&
               !suspects.front().recovered;
    }

    void say_progress(const std::vector<Log>& all) const
    {
        std::uint64_t bytes = 0;
        for (const Log& log : all) {
            bytes += log.scan.bytes;
        }
        m_ctx.terminal.progress(fmt::format("following: {} read, no failure so far; Ctrl-C ends", util::human_size(bytes)));
    }

    void rest(Clock::duration time) const
    {
        for (const auto until = Clock::now() + time; Clock::now() < until && !m_ctx.stop.stop_requested();) {
            std::this_thread::sleep_for(50ms);
        }
    }

    Context& m_ctx;
    const rules::Topic& m_topic;
    const TagReader& m_tags;
    const LogRequest& m_request;
};

} // namespace

bool is_root(const LogMatch& match)
{
    return match.kind == LogMatch::Kind::root && match.finding.severity >= Severity::error;
}

Result<void> scan_logs(Context& ctx, const LogRequest& request, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> topic, ctx.rules.log_topic());
    HPCDOC_TRY_ASSIGN(const TagReader tags, load_tags(ctx));
    Scanning scanning{ctx, *topic, tags, request};
    const auto start = Clock::now();
    HPCDOC_TRY_ASSIGN(std::vector<Log> all, scanning.read(report));
    if (request.follow) {
        HPCDOC_TRY_ASSIGN(all, scanning.follow(std::move(all), Clock::now() - start, report));
    }
    if (all.empty()) {
        report.headline = "no log could be read";
        return report.complete() ? failure(Code::usage, no_log_in(request.paths), "give files of text, or - for standard input") : Result<void>();
    }
    return logs::tell(*topic, tags, all, request, report);
}

Result<std::vector<LogMatch>> judge_logs(const Context& ctx, const std::vector<LogText>& texts, const Facts& facts)
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> topic, ctx.rules.log_topic());
    HPCDOC_TRY_ASSIGN(const TagReader tags, load_tags(ctx));
    std::vector<Log> all;
    for (const LogText& text : texts) {
        const std::unique_ptr<logs::Source> source = logs::from_text(text.text);
        HPCDOC_TRY_ASSIGN(Log log, logs::read_source(*topic, tags, *source, text.source));
        all.push_back(std::move(log));
    }
    HPCDOC_TRY_ASSIGN(const std::vector<logs::Suspect> suspects, logs::judge(*topic, all));
    std::vector<LogMatch> matches;
    std::vector<std::uint32_t> known;
    for (const logs::Suspect& suspect : suspects) {
        if (std::find(known.begin(), known.end(), suspect.priority) != known.end()) {
            continue;
        }
        known.push_back(suspect.priority);
        HPCDOC_TRY_ASSIGN(LogMatch match, logs::match_of(*topic, tags, all, suspect, facts, {}));
        if (texts[suspect.log].later_part) {
            match.finding.origin->line = 0;
            for (Evidence& evidence : match.finding.evidence) {
                evidence.source = texts[suspect.log].source + " (last part)";
            }
        }
        matches.push_back(std::move(match));
    }
    return matches;
}

} // namespace hpcdoc

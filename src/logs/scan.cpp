// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/logs.hpp>

#include <algorithm>

#include <unistd.h>

#include <hpcdoc/host.hpp>

#include "logs/files.hpp"
#include "logs/read.hpp"
#include "logs/source.hpp"
#include "logs/tell.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using logs::Log;
using logs::TagReader;

Result<TagReader> load_tags(const Context& ctx)
{
    constexpr std::string_view k_file = "logs/prefixes.toml";
    HPCDOC_TRY_ASSIGN(const std::string toml, ctx.data(k_file));
    return TagReader::load(toml, (ctx.share / k_file).string());
}

} // namespace

bool is_root(const LogMatch& match)
{
    return match.kind == LogMatch::Kind::root && match.finding.severity >= Severity::error;
}

Result<void> scan_logs(Context& ctx, const LogRequest& request, Report& report)
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> topic, ctx.rules.log_topic());
    HPCDOC_TRY_ASSIGN(const TagReader tags, load_tags(ctx));
    std::vector<std::string> paths = request.paths;
    const auto standard_input = std::find(paths.begin(), paths.end(), "-");
    std::vector<Log> all;
    if (standard_input != paths.end()) {
        paths.erase(std::remove(paths.begin(), paths.end(), "-"), paths.end());
        const std::unique_ptr<logs::Source> source = logs::from_descriptor(STDIN_FILENO, ctx.stop);
        HPCDOC_TRY_ASSIGN(Log log, logs::read_source(*topic, tags, *source, "standard input"));
        all.push_back(std::move(log));
    }
    const std::vector<logs::LogFile> files = logs::find_logs(ctx.host, paths, report);
    HPCDOC_TRY_ASSIGN(std::vector<Log> found, logs::read_logs(ctx, *topic, tags, files, report));
    std::move(found.begin(), found.end(), std::back_inserter(all));
    if (all.empty()) {
        report.headline = "no log could be read";
        return {};
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
    HPCDOC_TRY_ASSIGN(const std::vector<logs::Suspect> suspects, logs::judge(*topic, all, tags));
    std::vector<LogMatch> matches;
    std::vector<std::uint32_t> known;
    for (const logs::Suspect& suspect : suspects) {
        if (std::find(known.begin(), known.end(), suspect.priority) != known.end()) {
            continue;
        }
        known.push_back(suspect.priority);
        HPCDOC_TRY_ASSIGN(LogMatch match, logs::match_of(*topic, tags, all, suspect, facts));
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

// SPDX-License-Identifier: Apache-2.0
#include "job/log_verdict.hpp"

#include <algorithm>

#include <re2/re2.h>

#include <hpcdoc/logs.hpp>

#include "util/strings.hpp"

namespace hpcdoc::job {

void choose_log_verdict(Case& c, std::vector<LogMatch> matches)
{
    for (const LogMatch& match : matches) {
        if (match.evidences.empty() || match.finding.evidence.empty()) {
            continue;
        }
        c.facts.set("log.proof." + match.evidences, true, match.finding.evidence.front());
        if (match.evidences == "job.time-limit-not-own") {
            const std::size_t colon = match.finding.title.find(": ");
            c.facts.set("limit.told", match.finding.title.substr(colon == std::string::npos ? 0 : colon + 2));
        }
    }
    // A line that only repeats how the job ended ("DUE TO TIME LIMIT") is no cause of its own, whatever came before it.
    const auto cause = std::find_if(matches.begin(), matches.end(), is_root);
    if (cause != matches.end() && !cause->finding.evidence.empty()) {
        const Evidence& proof = cause->finding.evidence.front();
        c.facts.set("log.cause", cause->finding.id, proof);
        c.facts.set("log.cause_title", cause->finding.title, proof);
        c.facts.set("log.proves", cause->evidences.empty() ? std::string("-") : cause->evidences, proof);
    }
    c.log = std::move(matches);
}

void add_progress_facts(Case& c, std::string_view tail, std::string_view source)
{
    static const RE2 k_count(
        R"re((?i)\b(?:epoch|step|iteration|iter|cycle|timestep|frame|batch|sample)s?\W{0,3}(\d{1,9})\s*(?:/|of)\s*(\d{1,9}))re");
    static const RE2 k_bar(R"re((?:^|\s)(\d{1,3})%\|)re"); // tqdm
    const std::string clean = util::strip_ansi(tail.substr(tail.size() > 32768 ? tail.size() - 32768 : 0));
    const std::vector<std::string_view> lines = util::lines(clean);
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        const re2::StringPiece piece(line->data(), std::min<std::size_t>(line->size(), 500));
        double done = 0;
        double all = 0;
        if (RE2::PartialMatch(piece, k_count, &done, &all) && all > 0 && done <= all) {
            done = 100 * done / all;
        } else if (!RE2::PartialMatch(piece, k_bar, &done) || done > 100) {
            continue;
        }
        const Evidence proof{std::string(source), util::printable(line->substr(0, 200))};
        c.facts.set("progress.percent", done, proof);
        if (done >= 1 && c.job.elapsed) {
            const double need = static_cast<double>(c.job.elapsed->count()) * 100 / done * 1.15;
            c.facts.set("progress.need", std::chrono::seconds((static_cast<std::int64_t>(need) + 599) / 600 * 600),
                        proof);
        }
        return;
    }
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include "logs/judge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

#include "logs/progress.hpp"
#include "scan/lines.hpp"

namespace hpcdoc::logs {

namespace {

// Slurm's own word on how the job ended, where it is certain: it outranks what programs say.
bool external(const rules::Rule& rule)
{
    static constexpr std::array<std::string_view, 5> k_external = {"job.out-of-memory", "job.time-limit", "job.time-limit-not-own",
                                                                   "job.preempted", "job.node-failure"};
    return rule.log.kind == LogMatch::Kind::root && is_error(rule) && rule.certainty == Certainty::certain &&
           std::find(k_external.begin(), k_external.end(), rule.log.evidences) != k_external.end();
}

class Judge {
public:
    Judge(const std::vector<Log>& logs, std::vector<Suspect> suspects) : m_logs(logs), m_suspects(std::move(suspects)) {}

    std::vector<Suspect> ordered()
    {
        find_named();
        // By class first; within a class the earliest is chosen, which is no strict order where clocks differ.
        std::stable_sort(m_suspects.begin(), m_suspects.end(), [](const Suspect& a, const Suspect& b) { return class_of(a) < class_of(b); });
        for (auto begin = m_suspects.begin(); begin != m_suspects.end();) {
            const auto end = std::find_if(begin, m_suspects.end(), [&begin](const Suspect& other) { return class_of(other) != class_of(*begin); });
            if (end - begin <= k_most_compared) {
                for (auto place = begin; place != end; ++place) {
                    std::rotate(place, earliest(place, end), end == place ? end : std::next(earliest(place, end)));
                }
            }
            begin = end;
        }
        return std::move(m_suspects);
    }

private:
    static constexpr std::ptrdiff_t k_most_compared = 2000;
    using Iterator = std::vector<Suspect>::iterator;

    static std::tuple<bool, bool, std::size_t, bool, int, int> class_of(const Suspect& suspect)
    {
        const bool echo = suspect.rule->log.kind != LogMatch::Kind::root;
        return {echo, !is_error(*suspect.rule) || suspect.recovered, suspect.attempt, !external(*suspect.rule),
                echo ? -static_cast<int>(suspect.rule->severity) : 0, -static_cast<int>(suspect.rule->certainty)};
    }

    const Event& event(const Suspect& suspect) const { return m_logs[suspect.log].scan.events[suspect.event]; }

    // The ranks that launchers name with a signal or an exit code.
    void find_named()
    {
        for (const Suspect& suspect : m_suspects) {
            const auto rank = rank_of(m_logs[suspect.log], event(suspect));
            if (rank && suspect.rule->log.kind == LogMatch::Kind::consequence && is_error(*suspect.rule)) {
                m_named.insert(*rank);
            }
        }
    }
    bool named(const Suspect& suspect) const
    {
        const auto rank = rank_of(m_logs[suspect.log], event(suspect));
        return rank && m_named.contains(*rank);
    }

    bool earlier(const Suspect& a, const Suspect& b) const
    {
        const Event& first = event(a);
        const Event& second = event(b);
        const auto& one = first.tags.time;
        const auto& other = second.tags.time;
        if (a.log != b.log && one && other && one->dated == other->dated) {
            // Clocks of nodes differ by up to a second, and a stamp says no more than its digits.
            const double tie = std::max({1.0, one->resolution, other->resolution});
            if (std::abs(one->seconds - other->seconds) > tie) {
                return one->seconds < other->seconds;
            }
        }
        if (a.log == b.log) {
            return std::tuple(first.offset, a.priority) < std::tuple(second.offset, b.priority);
        }
        return std::tuple(!named(a), m_logs[a.log].written, a.priority, a.log, first.offset) <
               std::tuple(!named(b), m_logs[b.log].written, b.priority, b.log, second.offset);
    }

    Iterator earliest(Iterator begin, Iterator end) const
    {
        Iterator best = begin;
        for (Iterator at = begin; at != end; ++at) {
            best = earlier(*at, *best) ? at : best;
        }
        return best;
    }

    const std::vector<Log>& m_logs;
    std::vector<Suspect> m_suspects;
    std::set<std::int64_t> m_named{};
};

} // namespace

bool is_error(const rules::Rule& rule)
{
    return rule.severity >= Severity::error;
}

std::optional<std::int64_t> rank_of(const Log& log, const Event& event)
{
    return event.tags.rank ? event.tags.rank : log.rank ? log.rank : event.tags.local_rank;
}

Result<std::vector<Suspect>> judge(const rules::Topic& topic, const std::vector<Log>& logs)
{
    std::vector<Suspect> suspects;
    for (std::size_t log = 0; log < logs.size(); ++log) {
        const Progress progress(logs[log].scan);
        for (std::size_t at = 0; at < logs[log].scan.events.size(); ++at) {
            const Event& event = logs[log].scan.events[at];
            HPCDOC_TRY_ASSIGN(const rules::Rule* rule, topic.rules[event.rule].whole());
            Suspect suspect{log, at, rule, event.rule, false, 0};
            suspect.recovered = !external(*rule) && progress.went_on_after(event.last_line);
            suspects.push_back(suspect);
        }
    }
    return Judge(logs, std::move(suspects)).ordered();
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include "exec/replay_runner.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

// As a live runner would have done it: into the sink in parts, or kept up to the caps.
Completion delivered(const Completion& recorded, const Invocation& call)
{
    Completion completion;
    completion.how = recorded.how;
    completion.status = recorded.status;
    completion.out_total = recorded.out_total;
    completion.err_total = recorded.err_total;
    completion.elapsed = recorded.elapsed;
    completion.err = recorded.err.substr(0, call.err_cap);
    if (call.out == nullptr) {
        completion.out = recorded.out.substr(0, call.out_cap);
        return completion;
    }
    constexpr std::size_t k_part = 64 * 1024;
    for (std::string_view rest = recorded.out; !rest.empty(); rest.remove_prefix(std::min(k_part, rest.size()))) {
        if (!call.out->write(rest.substr(0, k_part))) {
            break;
        }
    }
    return completion;
}

} // namespace

ReplayRunner::ReplayRunner(std::vector<RecordedCall> calls) : m_calls(std::move(calls))
{
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        m_answers[m_calls[i].argv].calls.push_back(i);
    }
}

Completion ReplayRunner::run(const Invocation& call)
{
    Completion missing;
    if (call.effect == Effect::changes_system) {
        missing.err = "'" + util::printable(command_line(call.argv)) + "' was not run: a recording cannot be changed";
        missing.err_total = missing.err.size();
        return missing;
    }
    const Completion* found = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        const auto answers = m_answers.find(call.argv);
        if (answers != m_answers.end()) {
            Answers& known = answers->second;
            known.used = true;
            found = &m_calls[known.calls[known.next]].completion;
            known.next = std::min(known.next + 1, known.calls.size() - 1);
        } else if (std::string line = command_line(call.argv);
                   std::find(m_unmatched.begin(), m_unmatched.end(), line) == m_unmatched.end()) {
            m_unmatched.push_back(std::move(line));
        }
    }
    if (found != nullptr) {
        return delivered(*found, call);
    }
    missing.how = Completion::How::not_recorded;
    missing.err = "'" + util::printable(command_line(call.argv)) + "' was not recorded";
    missing.err_total = missing.err.size();
    return missing;
}

std::vector<std::string> ReplayRunner::unmatched() const
{
    const std::lock_guard lock(m_mutex);
    return m_unmatched;
}

std::vector<std::string> ReplayRunner::unused() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> lines;
    for (const auto& [argv, answers] : m_answers) {
        if (!answers.used) {
            lines.push_back(command_line(argv));
        }
    }
    return lines;
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// A Runner in memory. Strict: a call nobody scripted is not_recorded, and what nobody called is in unused().
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/runner.hpp>

namespace hpcdoc::test {

inline Completion printed(std::string out, int status = 0, std::string err = "")
{
    Completion completion;
    completion.how = Completion::How::exited;
    completion.status = status;
    completion.out_total = out.size();
    completion.err_total = err.size();
    completion.out = std::move(out);
    completion.err = std::move(err);
    return completion;
}

inline Completion ended(Completion::How how, int status = -1, std::string err = "")
{
    Completion completion = printed("", status, std::move(err));
    completion.how = how;
    return completion;
}

class ScriptedRunner final : public Runner {
public:
    // Several answers to one call are given in order, the last one again and again.
    ScriptedRunner& on(std::vector<std::string> argv, Completion completion)
    {
        m_script[std::move(argv)].answers.push_back(std::move(completion));
        return *this;
    }
    ScriptedRunner& on(std::vector<std::string> argv, std::string out)
    {
        return on(std::move(argv), printed(std::move(out)));
    }

    Completion run(const Invocation& call) override
    {
        const std::lock_guard lock(m_mutex);
        m_calls.push_back(call);
        const auto entry = m_script.find(call.argv);
        if (entry == m_script.end()) {
            m_unexpected.push_back(command_line(call.argv));
            return ended(Completion::How::not_recorded, -1, "'" + command_line(call.argv) + "' was not scripted");
        }
        Entry& script = entry->second;
        Completion completion = script.answers[std::min(script.used++, script.answers.size() - 1)];
        if (call.out != nullptr) {
            call.out->write(completion.out);
            completion.out.clear();
        }
        return completion;
    }

    std::vector<std::string> unexpected() const
    {
        const std::lock_guard lock(m_mutex);
        return m_unexpected;
    }
    std::vector<std::string> unused() const
    {
        const std::lock_guard lock(m_mutex);
        std::vector<std::string> lines;
        for (const auto& [argv, script] : m_script) {
            if (script.used == 0) {
                lines.push_back(command_line(argv));
            }
        }
        return lines;
    }
    std::vector<Invocation> calls() const // every call in the order made
    {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }

private:
    struct Entry {
        std::vector<Completion> answers{};
        std::size_t used = 0;
    };

    mutable std::mutex m_mutex{};
    std::map<std::vector<std::string>, Entry> m_script{};
    std::vector<Invocation> m_calls{};
    std::vector<std::string> m_unexpected{};
};

} // namespace hpcdoc::test

// SPDX-License-Identifier: Apache-2.0
// The doors of a collection: the given ones, within the time there is, and recorded without secrets.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/runner.hpp>

#include "exec/recording.hpp"
#include "exec/recording_runner.hpp"
#include "exec/replay_runner.hpp"
#include "host/recording_host.hpp"
#include "host/replay_host.hpp"

namespace hpcdoc::bundle {

// Ends every call by a moment.
class UntilRunner final : public Runner {
public:
    UntilRunner(Runner& runner, std::chrono::steady_clock::time_point until) : m_runner(runner), m_until(until) {}

    Completion run(const Invocation& call) override
    {
        Invocation bounded = call;
        bounded.until = std::min(call.until.value_or(m_until), m_until);
        return m_runner.run(bounded);
    }

private:
    Runner& m_runner;
    std::chrono::steady_clock::time_point m_until;
};

class RecordedDoors {
public:
    RecordedDoors(Context& outer, const Redactor& redactor, std::chrono::steady_clock::time_point until);

    Context& context() { return m_context; }
    std::vector<RecordedCall> calls() const { return m_runner.calls(); }
    HostRecord host() const { return m_host.record(); }

private:
    UntilRunner m_until;
    RecordingRunner m_runner;
    RecordingHost m_host;
    Context m_context;
};

// The same machine again, from what was recorded: what a reader of the bundle will see.
class ReplayedDoors {
public:
    ReplayedDoors(const Context& outer, const Recording& recording);
    Context& context() { return m_context; }

private:
    ReplayRunner m_runner;
    ReplayHost m_host;
    Context m_context;
};

} // namespace hpcdoc::bundle

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <hpcdoc/runner.hpp>

#include "exec/recording.hpp"

namespace hpcdoc {

// Runs what it is given through another runner and remembers it, without secrets. Safe from several threads.
class RecordingRunner final : public Runner {
public:
    RecordingRunner(Runner& runner, Cleaner cleaner) : m_runner(runner), m_clean(std::move(cleaner)) {}

    Completion run(const Invocation& call) override;

    std::vector<RecordedCall> calls() const; // in the order in which they began
    // Calls whose text could not be cleaned of secrets: they are in calls() as not recorded, without any text.
    std::vector<std::string> withheld() const;

private:
    RecordedCall cleaned(const Invocation& call, Completion completion);

    Runner& m_runner;
    Cleaner m_clean;
    mutable std::mutex m_mutex{};
    std::vector<std::optional<RecordedCall>> m_calls{};
    std::vector<std::string> m_withheld{};
};

} // namespace hpcdoc

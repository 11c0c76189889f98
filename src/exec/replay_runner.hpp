// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <hpcdoc/runner.hpp>

#include "exec/recording.hpp"

namespace hpcdoc {

// Answers from a recording, by the exact argv. A call recorded several times is answered in that order, the last one
// again and again; one that was never recorded is How::not_recorded. Safe from several threads.
class ReplayRunner final : public Runner {
public:
    explicit ReplayRunner(std::vector<RecordedCall> calls);

    Completion run(const Invocation& call) override;

    std::vector<std::string> unmatched() const; // asked for and not recorded: command lines, each once
    std::vector<std::string> unused() const;    // recorded and never asked for

private:
    struct Answers {
        std::vector<std::size_t> calls{}; // of m_calls
        std::size_t next = 0;
        bool used = false;
    };

    std::vector<RecordedCall> m_calls;
    mutable std::mutex m_mutex{};
    std::map<std::vector<std::string>, Answers> m_answers{};
    std::vector<std::string> m_unmatched{};
};

} // namespace hpcdoc

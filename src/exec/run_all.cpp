// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include <hpcdoc/runner.hpp>

namespace hpcdoc {

std::vector<Completion> run_all(Runner& runner, std::span<const Invocation> calls, std::chrono::milliseconds budget)
{
    constexpr std::size_t k_most_threads = 64; // lanes keep most of them waiting
    const auto until = std::chrono::steady_clock::now() + std::min(budget, std::chrono::milliseconds{86'400'000});
    std::vector<Completion> results(calls.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < calls.size(); i = next++) {
            Invocation call = calls[i];
            call.until = std::min(call.until.value_or(until), until);
            results[i] = runner.run(call);
        }
    };
    std::vector<std::jthread> threads;
    try {
        while (threads.size() + 1 < std::min(calls.size(), k_most_threads)) {
            threads.emplace_back(work);
        }
    } catch (const std::system_error&) { // a limit on processes: those that are there do it
    }
    work();
    threads.clear();
    return results;
}

} // namespace hpcdoc

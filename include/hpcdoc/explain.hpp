// SPDX-License-Identifier: Apache-2.0
// Explains anything that a user can paste: a message, a code, a signal, a reason, a state, a name of an error.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include <hpcdoc/command.hpp>
#include <hpcdoc/context.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

// What came through a pipe: its beginning and its end, as a stream may be endless.
struct PipedText {
    enum class End { reached, time_over, interrupted, too_much };
    std::string head{}, tail{};         // tail: empty when all of it is in `head`
    std::uint64_t total = 0;            // bytes that came
    std::uint64_t lines_before_tail = 0;
    End end = End::reached;
};

class TextInput {
public:
    struct Limits {
        std::size_t head = 0, tail = 0; // bytes kept
        std::uint64_t most = 0;         // bytes after which a stream is left alone
        std::chrono::steady_clock::time_point until{};
        std::stop_token stop{};
    };
    virtual ~TextInput() = default;
    virtual bool from_person() const = 0; // typed on a terminal
    virtual Result<PipedText> read(const Limits& limits) = 0;
};

TextInput& standard_input();

struct ExplainQuestion {
    std::vector<std::string> words{}; // as typed; "-": standard input, as without any
    bool list = false;                // what there is to explain; words: only what has them
};

Result<void> explain_text(Context& ctx, const ExplainQuestion& question, TextInput& input, Report& report);

// Names and codes that begin so, for completion.
std::vector<Candidate> explain_candidates(Context& ctx);

} // namespace hpcdoc

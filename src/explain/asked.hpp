// SPDX-License-Identifier: Apache-2.0
// What is to be explained: typed words, a pipe, or a file that was named.
#pragma once

#include <cstdint>
#include <string>

#include <hpcdoc/explain.hpp>

namespace hpcdoc::explain {

struct Asked {
    std::string head{}, tail{}; // tail: empty when all of it is in `head`
    std::uint64_t lines_before_tail = 0, total = 0;
    std::string source{}; // "your text", "standard input", "/home/alice/slurm-42.out"
    PipedText::End end = PipedText::End::reached;
};

// Code::usage when there is nothing to explain.
Result<Asked> read_asked(Context& ctx, const ExplainQuestion& question, TextInput& input);

} // namespace hpcdoc::explain

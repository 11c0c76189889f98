// SPDX-License-Identifier: Apache-2.0
// The bytes of a log, block by block, each with enough of its neighbours to judge a line by the lines around it. Memory is
// constant whatever the length of the log or of its lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::logs {

// Where bytes come from: a file, a decompressor, a pipe.
class Source {
public:
    virtual ~Source() = default;
    // Up to `most` bytes; 0: the end.
    virtual Result<std::size_t> read(char* to, std::size_t most) = 0;
};

struct Block {
    std::string_view text{};
    std::size_t begin = 0, end = 0; // what is new in `text`: whole lines, unless one is longer than a block
    std::uint64_t offset = 0;       // of text.front() in the source
};

class Feed {
public:
    static constexpr std::size_t k_block = 256 * 1024; // fits the second cache; larger ones were slower
    static constexpr std::size_t k_margin = 16 * 1024; // kept before and after what is new

    // The lines that begin at `begin` or later and before `end`; `source` stands at `offset`, which is before `begin` by a
    // margin, or 0.
    Feed(Source& source, std::uint64_t offset, std::uint64_t begin, std::uint64_t end);

    // Nothing: the end. The block lives until the next call.
    Result<std::optional<Block>> next();

private:
    Result<void> fill();
    std::size_t end_of_lines() const;

    Source& m_source;
    std::uint64_t m_offset; // of m_buffer[0]
    std::uint64_t m_end;
    std::vector<char> m_buffer;
    std::size_t m_filled = 0;
    std::size_t m_done = 0; // what was given out of m_buffer
    bool m_at_end = false, m_started = false;
    std::uint64_t m_begin;
};

} // namespace hpcdoc::logs

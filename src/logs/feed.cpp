// SPDX-License-Identifier: Apache-2.0
#include "logs/feed.hpp"

#include <algorithm>
#include <cstring>

namespace hpcdoc::logs {

Feed::Feed(Source& source, std::uint64_t offset, std::uint64_t begin, std::uint64_t end)
    : m_source(source), m_offset(offset), m_end(end), m_buffer(k_block + 2 * k_margin), m_begin(begin)
{
}

Result<void> Feed::fill()
{
    while (!m_at_end && m_filled < m_buffer.size()) {
        HPCDOC_TRY_ASSIGN(const std::size_t got, m_source.read(m_buffer.data() + m_filled, m_buffer.size() - m_filled));
        m_at_end = got == 0;
        m_filled += got;
    }
    return {};
}

// Up to where whole lines can be given, with a margin behind them.
std::size_t Feed::end_of_lines() const
{
    std::size_t most = m_at_end ? m_filled : m_filled - k_margin;
    if (m_end < m_offset + most) { // the line that begins before the end goes with it
        const std::size_t limit = std::max(m_done, static_cast<std::size_t>(m_end - std::min(m_end, m_offset)));
        if (limit == 0 || m_buffer[limit - 1] == '\n') {
            return limit;
        }
        const void* newline = limit < most ? std::memchr(m_buffer.data() + limit, '\n', most - limit) : nullptr;
        return newline == nullptr ? most : static_cast<std::size_t>(static_cast<const char*>(newline) - m_buffer.data()) + 1;
    }
    if (m_at_end) {
        return most;
    }
    const void* newline = ::memrchr(m_buffer.data() + m_done, '\n', most - m_done);
    return newline == nullptr ? most : static_cast<std::size_t>(static_cast<const char*>(newline) - m_buffer.data()) + 1;
}

Result<std::optional<Block>> Feed::next()
{
    const std::size_t drop = m_done - std::min(m_done, k_margin);
    std::memmove(m_buffer.data(), m_buffer.data() + drop, m_filled - drop);
    m_filled -= drop;
    m_done -= drop;
    m_offset += drop;
    HPCDOC_TRY(fill());
    if (!m_started) {
        m_started = true;
        m_done = std::min(m_filled, static_cast<std::size_t>(m_begin - m_offset));
        if (m_done > 0 && m_buffer[m_done - 1] != '\n') { // a line that began before belongs to the part before
            const void* newline = std::memchr(m_buffer.data() + m_done, '\n', m_filled - m_done);
            m_done = newline == nullptr ? m_filled : static_cast<std::size_t>(static_cast<const char*>(newline) - m_buffer.data()) + 1;
        }
    }
    if (m_done >= m_filled || m_offset + m_done >= m_end) {
        return std::optional<Block>();
    }
    const std::size_t end = end_of_lines();
    if (end <= m_done) {
        return std::optional<Block>();
    }
    Block block{{m_buffer.data(), m_filled}, m_done, end, m_offset};
    m_done = end;
    return std::optional(block);
}

} // namespace hpcdoc::logs

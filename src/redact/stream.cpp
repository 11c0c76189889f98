// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/redact_stream.hpp>

#include <algorithm>
#include <cstring>
#include <new>

#include "redact/engine.hpp"
#include "redact/private_keys.hpp"
#include "redact/words.hpp"
#include "util/ascii.hpp"

namespace hpcdoc {

namespace {

// Small enough that what was read is still near the processor when it is looked at and written.
constexpr std::size_t k_piece = std::size_t{64} << 10;
constexpr std::size_t k_chunk = std::size_t{128} << 10;
constexpr std::size_t k_longest_line = std::size_t{1} << 20; // a longer one is looked at in parts
constexpr std::size_t k_overlap = std::size_t{72} << 10;     // of these parts, before and after; rules look no further

bool value_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0' || c == ' ' || c == '\t' || c == '"' || c == '\'';
}

// After the last line end, at or before `end`; npos: there is none after `from`.
std::size_t after_line_end(std::string_view text, std::size_t from, std::size_t end)
{
    const std::size_t found = text.substr(0, end).find_last_of('\n');
    return found == std::string_view::npos || found < from ? std::string_view::npos : found + 1;
}

// Where a long line may be parted: not within a word, if there is a place near.
std::size_t between_words(std::string_view text, std::size_t at)
{
    constexpr std::size_t k_near = 4096;
    for (std::size_t back = 0; back < k_near && back < at; ++back) {
        if (!util::is_word_char(text[at - back - 1]) && util::is_word_char(text[at - back])) {
            return at - back;
        }
    }
    return at;
}

} // namespace

StreamRedactor::StreamRedactor(const Redactor& redactor, Out out)
    : m_redactor(redactor), m_out(std::move(out)), m_wanted(k_chunk)
{
}

void StreamRedactor::reserve(std::size_t more)
{
    if (m_capacity - m_size < more) {
        const std::size_t capacity = std::max(2 * m_capacity, m_size + more);
        auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
        std::copy_n(m_bytes.get(), m_size, bytes.get());
        m_bytes = std::move(bytes);
        m_capacity = capacity;
    }
}

void StreamRedactor::drop(std::size_t count)
{
    std::memmove(m_bytes.get(), m_bytes.get() + count, m_size - count);
    m_size -= count;
}

std::span<char> StreamRedactor::room()
{
    reserve(k_piece);
    return {m_bytes.get() + m_size, k_piece};
}

Result<void> StreamRedactor::took(std::size_t count)
{
    m_size += count;
    skip_swallowed();
    return m_size - m_given >= m_wanted ? guarded_step(false) : Result<void>{};
}

Result<void> StreamRedactor::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::span<char> place = room();
        const std::string_view piece = bytes.substr(0, place.size());
        std::copy(piece.begin(), piece.end(), place.begin());
        bytes.remove_prefix(piece.size());
        HPCDOC_TRY(took(piece.size()));
    }
    return {};
}

Result<void> StreamRedactor::finish()
{
    return m_failed || m_size > m_given ? guarded_step(true) : Result<void>{};
}

Result<void> StreamRedactor::guarded_step(bool last)
{
    try {
        return step(last);
    } catch (const std::bad_alloc&) {
        return failure(Code::internal, "out of memory while secrets were taken out of a text", "the text was dropped");
    }
}

// The rest of a secret that did not fit into memory goes up to where a value ends.
void StreamRedactor::skip_swallowed()
{
    if (m_swallows) {
        const auto end =
            static_cast<std::size_t>(std::find_if(text().begin(), text().end(), value_end) - text().begin());
        m_swallows = end == m_size;
        drop(end);
    }
}

StreamRedactor::Cut StreamRedactor::cut_for(const std::vector<redact::Span>& spans, bool key_words, bool last) const
{
    const redact::Engine& engine = m_redactor.engine();
    const std::string_view text = this->text();
    if (last) {
        return {text.size(), text.size(), false};
    }
    const std::size_t over_lines = engine.longest_over_lines();
    const std::size_t sure = text.size() - std::min(text.size(), over_lines);
    std::size_t line = after_line_end(text, m_given, sure);
    if (line != std::string_view::npos) {
        line = after_line_end(
            text, m_given, key_words ? redact::end_without_key(text, line) : redact::end_without_key_body(text, line));
    }
    const auto crossing = [&spans](std::size_t at) {
        return std::find_if(spans.begin(), spans.end(),
                            [at](const redact::Span& span) { return span.begin < at && span.end > at; });
    };
    while (line != std::string_view::npos && crossing(line) != spans.end()) {
        line = after_line_end(text, m_given, crossing(line)->begin);
    }
    if (line != std::string_view::npos) {
        return {line, line, false};
    }
    if (text.size() - m_given < k_longest_line + k_overlap) {
        return {m_given, 0, false}; // more is needed
    }
    std::size_t end = between_words(text, text.size() - k_overlap);
    if (const auto span = crossing(end); span != spans.end()) {
        if (span->end == text.size()) {
            const bool swallows = span->begin <= m_given + k_overlap;
            return swallows ? Cut{text.size(), text.size(), true}
                            : Cut{span->begin, span->begin - std::min(span->begin, k_overlap), false};
        }
        end = span->end;
    }
    return {end, end - std::min(end, k_overlap), false};
}

Result<void> StreamRedactor::give(std::string_view text)
{
    if (text.empty()) {
        return {};
    }
    const redact::Disguise& disguise = m_redactor.engine().disguise();
    return disguise.active() ? m_out(disguise.apply(text)) : m_out(text);
}

Result<void> StreamRedactor::give_clean(const std::vector<redact::Span>& spans, std::size_t end)
{
    const std::string_view text = this->text();
    std::size_t at = m_given;
    for (const redact::Span& span : spans) {
        if (span.end <= at || span.begin >= end) {
            continue;
        }
        HPCDOC_TRY(give(text.substr(at, std::max(at, span.begin) - at)));
        HPCDOC_TRY(m_out(m_redactor.engine().mark_for(span)));
        ++m_counts[std::string(span.rule)];
        at = std::min(span.end, end);
    }
    return give(text.substr(at, end - at));
}

Result<void> StreamRedactor::step(bool last)
{
    if (m_failed) {
        return failure(Code::internal, "a text was dropped: its secrets could not be taken out");
    }
    m_failed = true; // unless it comes through
    HPCDOC_TRY_ASSIGN(const redact::Engine::Found found, m_redactor.engine().find(text()));
    const Cut cut = cut_for(found.spans, found.key_words, last);
    HPCDOC_TRY(give_clean(found.spans, cut.end));
    drop(cut.context);
    m_given = cut.end - cut.context;
    m_wanted = m_size - m_given + k_chunk; // what had to wait is not looked at again for every byte
    m_swallows = cut.swallows;
    m_failed = false;
    return {};
}

} // namespace hpcdoc

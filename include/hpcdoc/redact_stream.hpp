// SPDX-License-Identifier: Apache-2.0
// Secrets taken out of what is too large for memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/redact.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

namespace redact {
struct Span;
}

// Takes a text in pieces of any size and gives it on without secrets, as Redactor::clean would do with all of it at
// once: a piece may end within a secret, a private key goes over many lines, a line may be longer than memory. After an
// error nothing more is given on.
class StreamRedactor {
public:
    using Out = std::function<Result<void>(std::string_view clean)>;

    StreamRedactor(const Redactor& redactor, Out out);

    Result<void> write(std::string_view bytes);
    // The same without a copy: room for some bytes, and how many of them were put there.
    std::span<char> room();
    Result<void> took(std::size_t count);
    Result<void> finish(); // the rest of it

    // How many secrets of each rule there were.
    const std::map<std::string, unsigned, std::less<>>& counts() const { return m_counts; }

private:
    struct Cut {
        std::size_t end = 0;     // up to there the text is given on
        std::size_t context = 0; // from there it is kept for what follows
        bool swallows = false;   // the text given on ends in a secret that goes on
    };

    std::string_view text() const { return {m_bytes.get(), m_size}; }
    void reserve(std::size_t more);
    void drop(std::size_t count);
    Result<void> guarded_step(bool last);
    Result<void> step(bool last);
    Cut cut_for(const std::vector<redact::Span>& spans, bool key_words, bool last) const;
    Result<void> give_clean(const std::vector<redact::Span>& spans, std::size_t end);
    Result<void> give(std::string_view text);
    void skip_swallowed();

    const Redactor& m_redactor;
    Out m_out;
    std::unique_ptr<char[]> m_bytes{}; // no std::string: that would fill with zeros what is read into
    std::size_t m_size = 0, m_capacity = 0;
    std::size_t m_given = 0;  // of these bytes so many were given on, and are context: a line that is not at its end
    std::size_t m_wanted = 0; // bytes not given on that are worth a look
    bool m_swallows = false;  // within a secret longer than memory
    bool m_failed = false;
    std::map<std::string, unsigned, std::less<>> m_counts{};
};

} // namespace hpcdoc

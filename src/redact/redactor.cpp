// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/redact.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <new>
#include <shared_mutex>

#include "redact/known_values.hpp"
#include "redact/name_values.hpp"
#include "redact/names.hpp"
#include "redact/private_keys.hpp"
#include "redact/secret_rules.hpp"

namespace hpcdoc {

namespace {

// Spans that touch become one, under the name of the first: half a secret is still a secret.
redact::Spans merged(redact::Spans spans)
{
    std::sort(spans.begin(), spans.end(), [](const redact::Span& a, const redact::Span& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    redact::Spans whole;
    for (const redact::Span& span : spans) {
        if (!whole.empty() && span.begin < whole.back().end) {
            whole.back().end = std::max(whole.back().end, span.end);
        } else {
            whole.push_back(span);
        }
    }
    return whole;
}

} // namespace

struct Redactor::State {
    redact::SecretRules rules{};
    redact::NameValues names{};
    redact::KnownValues known{};
    std::shared_mutex known_mutex{};

    std::map<std::string, unsigned, std::less<>> numbers{}; // secret -> n; never leaves the process
    std::mutex numbers_mutex{};

    unsigned number(std::string_view secret)
    {
        const std::lock_guard lock(numbers_mutex);
        const auto found = numbers.find(secret);
        if (found != numbers.end()) {
            return found->second;
        }
        const auto next = static_cast<unsigned>(numbers.size() + 1);
        numbers.emplace(std::string(secret), next);
        return next;
    }

    Result<Cleaned> clean(std::string_view text);
};

Result<Cleaned> Redactor::State::clean(std::string_view text)
{
    const std::shared_lock lock(known_mutex);
    redact::Spans spans;
    redact::find_private_keys(text, spans);
    HPCDOC_TRY(rules.find(text, spans));
    names.find(text, spans);
    known.find(text, spans);

    Cleaned cleaned;
    std::string& out = cleaned.text;
    out.reserve(text.size());
    std::size_t at = 0;
    for (const redact::Span& span : merged(std::move(spans))) {
        out.append(text.substr(at, span.begin - at));
        out.append("[REDACTED:").append(span.rule).append("#").append(std::to_string(number(span.secret))).append("]");
        ++cleaned.counts[std::string(span.rule)];
        at = span.end;
    }
    out.append(text.substr(at));
    return cleaned;
}

Redactor::Redactor(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Redactor::~Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;

Result<Redactor> Redactor::load(std::span<const std::filesystem::path> dirs)
{
    auto state = std::make_unique<State>();
    HPCDOC_TRY_ASSIGN(state->rules, redact::SecretRules::load(dirs));
    return Redactor(std::move(state));
}

Result<std::string> Redactor::clean(std::string_view text) const
{
    HPCDOC_TRY_ASSIGN(Cleaned cleaned, clean_counted(text));
    return std::move(cleaned.text);
}

Result<Cleaned> Redactor::clean_counted(std::string_view text) const
{
    try {
        return m_state->clean(text);
    } catch (const std::bad_alloc&) {
        return failure(Code::internal, "out of memory while secrets were taken out of a text", "the text was dropped");
    }
}

void Redactor::know(std::string value)
{
    const std::lock_guard lock(m_state->known_mutex);
    m_state->known.add(std::move(value));
}

bool Redactor::secret_name(std::string_view name)
{
    return redact::is_secret_name(name);
}

} // namespace hpcdoc

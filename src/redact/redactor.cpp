// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/redact.hpp>

#include <new>

#include "redact/engine.hpp"
#include "redact/names.hpp"

namespace hpcdoc {

struct Redactor::State {
    std::unique_ptr<redact::Engine> engine{};
};

Redactor::Redactor(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Redactor::~Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;

Result<Redactor> Redactor::load(std::span<const std::filesystem::path> dirs)
{
    auto state = std::make_unique<State>();
    HPCDOC_TRY_ASSIGN(state->engine, redact::Engine::load(dirs));
    return Redactor(std::move(state));
}

const redact::Engine& Redactor::engine() const
{
    return *m_state->engine;
}

Result<std::string> Redactor::clean(std::string_view text) const
{
    HPCDOC_TRY_ASSIGN(Cleaned cleaned, clean_counted(text));
    return std::move(cleaned.text);
}

Result<Cleaned> Redactor::clean_counted(std::string_view text) const
{
    try {
        const redact::Engine& engine = this->engine();
        HPCDOC_TRY_ASSIGN(const redact::Engine::Found found, engine.find(text));
        Cleaned cleaned;
        cleaned.text.reserve(text.size());
        std::size_t at = 0;
        for (const redact::Span& span : found.spans) {
            cleaned.text.append(text.substr(at, span.begin - at)).append(engine.mark_for(span));
            ++cleaned.counts[std::string(span.rule)];
            at = span.end;
        }
        cleaned.text.append(text.substr(at));
        if (engine.disguise().active()) {
            cleaned.text = engine.disguise().apply(cleaned.text);
        }
        return cleaned;
    } catch (const std::bad_alloc&) {
        return failure(Code::internal, "out of memory while secrets were taken out of a text", "the text was dropped");
    }
}

Result<std::vector<std::string>> Redactor::secrets_in(std::string_view text) const
{
    HPCDOC_TRY_ASSIGN(const redact::Engine::Found found, engine().find(text));
    std::vector<std::string> secrets;
    for (const redact::Span& span : found.spans) {
        secrets.emplace_back(text.substr(span.begin, span.end - span.begin));
    }
    return secrets;
}

void Redactor::know(std::string value)
{
    m_state->engine->know(std::move(value));
}

void Redactor::disguise(Readers readers)
{
    m_state->engine->disguise().start(readers);
}

void Redactor::know_name(NameKind kind, std::string name)
{
    m_state->engine->disguise().name(kind, std::move(name));
}

bool Redactor::secret_name(std::string_view name)
{
    return redact::is_secret_name(name);
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "exec/recording_runner.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_tee_cap = 64u << 20; // what is kept of an output that streams past

class Tee final : public Sink {
public:
    explicit Tee(Sink& sink) : m_sink(sink) {}

    bool write(std::string_view bytes) override
    {
        kept += bytes.substr(0, k_tee_cap - std::min(k_tee_cap, kept.size()));
        return m_sink.write(bytes);
    }

    std::string kept{};

private:
    Sink& m_sink;
};

} // namespace

RecordedCall RecordingRunner::cleaned(const Invocation& call, Completion completion)
{
    RecordedCall recorded;
    bool clean = true;
    const auto wash = [&](const std::string& text) {
        Result<std::string> washed = m_clean(text);
        clean = clean && washed.has_value();
        return washed.value_or("");
    };
    for (const std::string& word : call.argv) {
        recorded.argv.push_back(wash(word));
    }
    completion.out = wash(completion.out);
    completion.err = wash(completion.err);
    if (!clean) {
        completion = Completion{};
        completion.how = Completion::How::not_recorded;
        const std::lock_guard lock(m_mutex);
        m_withheld.push_back(util::printable(recorded.argv.empty() ? "" : recorded.argv.front()));
    }
    recorded.completion = std::move(completion);
    return recorded;
}

Completion RecordingRunner::run(const Invocation& call)
{
    std::size_t index = 0;
    {
        const std::lock_guard lock(m_mutex);
        index = m_calls.size();
        m_calls.emplace_back();
    }
    Invocation inner = call;
    std::optional<Tee> tee;
    if (call.out != nullptr) {
        inner.out = &tee.emplace(*call.out);
    }
    Completion completion = m_runner.run(inner);
    Completion copy = completion;
    if (tee) {
        copy.out = std::move(tee->kept);
    }
    RecordedCall recorded = cleaned(call, std::move(copy));
    const std::lock_guard lock(m_mutex);
    m_calls[index] = std::move(recorded);
    return completion;
}

std::vector<RecordedCall> RecordingRunner::calls() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<RecordedCall> calls;
    for (const std::optional<RecordedCall>& call : m_calls) {
        if (call) {
            calls.push_back(*call);
        }
    }
    return calls;
}

std::vector<std::string> RecordingRunner::withheld() const
{
    const std::lock_guard lock(m_mutex);
    return m_withheld;
}

} // namespace hpcdoc

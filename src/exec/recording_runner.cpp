// SPDX-License-Identifier: Apache-2.0
#include "exec/recording_runner.hpp"

#include <algorithm>

#include "exec/cut_clean.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_tee_cap = 64u << 20; // what is kept of an output that streams past

class Tee final : public Sink {
public:
    explicit Tee(Sink& sink) : m_sink(sink) {}

    bool write(std::string_view bytes) override
    {
        constexpr std::size_t k_most = with_margin(k_tee_cap);
        kept += bytes.substr(0, k_most - std::min(k_most, kept.size()));
        m_stopped = !m_sink.write(bytes);
        return !m_stopped;
    }
    // A reader that has enough stops anywhere: also within a secret.
    std::string whole_lines()
    {
        if (m_stopped) {
            kept.resize(kept.rfind('\n') + 1);
        }
        return std::move(kept);
    }

    std::string kept{};

private:
    bool m_stopped = false;
    Sink& m_sink;
};

} // namespace

// `completion` has up to a margin more than the caps of the call let through.
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
    const auto wash_and_cut = [&](const std::string& text, std::size_t cap) {
        return within_cap(wash(text), text.size(), cap);
    };
    completion.out = wash_and_cut(completion.out, call.out != nullptr ? k_tee_cap : call.out_cap);
    completion.err = wash_and_cut(completion.err, call.err_cap);
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
    inner.out_cap = with_margin(call.out_cap);
    inner.err_cap = with_margin(call.err_cap);
    std::optional<Tee> tee;
    if (call.out != nullptr) {
        inner.out = &tee.emplace(*call.out);
    }
    Completion completion = m_runner.run(inner);
    Completion copy = completion;
    if (tee) {
        copy.out = tee->whole_lines();
    }
    completion.out.resize(std::min(completion.out.size(), call.out_cap));
    completion.err.resize(std::min(completion.err.size(), call.err_cap));
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

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "exec/cut_clean.hpp"
#include "exec/recording_runner.hpp"
#include "util/strings.hpp"

namespace cut_clean_test {

using namespace hpcdoc;

namespace {

constexpr std::string_view k_secret = "hunter2-hunter2";

Result<std::string> cleaned(std::string_view text)
{
    return util::replace_all(std::string(text), k_secret, "[REDACTED:test#1]");
}

// As a program does: what is beyond the caps is counted and gone.
class Printing final : public Runner {
public:
    explicit Printing(std::string text) : m_text(std::move(text)) {}
    Completion run(const Invocation& call) override
    {
        Completion done;
        done.how = Completion::How::exited;
        done.status = 0;
        done.out_total = done.err_total = m_text.size();
        done.err = m_text.substr(0, call.err_cap);
        if (call.out == nullptr) {
            done.out = m_text.substr(0, call.out_cap);
        }
        for (std::size_t at = 0; call.out != nullptr && at < m_text.size(); at += 1000) {
            if (!call.out->write(std::string_view(m_text).substr(at, 1000))) {
                break;
            }
        }
        return done;
    }

private:
    std::string m_text;
};

class Some final : public Sink {
public:
    bool write(std::string_view bytes) override
    {
        seen += bytes;
        return seen.size() < 3000;
    }
    std::string seen{};
};

} // namespace

TEST_CASE("a cut never divides a mark")
{
    const std::string text = "ab[REDACTED:test#1]cd";
    CHECK(without_end(text, 0) == text);
    CHECK(without_end(text, 2) == "ab[REDACTED:test#1]");
    for (std::size_t surplus = 3; surplus < 19; ++surplus) {
        CHECK(without_end(text, surplus) == "ab");
    }
    CHECK(without_end(text, 20) == "a");
    CHECK(without_end(text, 100).empty());
    CHECK(without_beginning(text, 0) == text);
    CHECK(without_beginning(text, 1) == "b[REDACTED:test#1]cd");
    for (std::size_t surplus = 3; surplus < 19; ++surplus) {
        CHECK(without_beginning(text, surplus) == "cd");
    }
    CHECK(without_beginning(text, 100).empty());
    CHECK(without_beginning("one\ntwo\nthree", 1) == "two\nthree");
    CHECK(without_beginning("one\ntwo\nthree", 4) == "two\nthree");
}

TEST_CASE("of a secret that the cap cuts no half is recorded, and the command sees what it would see")
{
    for (std::size_t shift = 0; shift <= k_secret.size(); ++shift) {
        std::string text(1000 - shift, '.');
        text += std::string(k_secret) + std::string(200'000, ',');
        Printing program(text);
        RecordingRunner recorder(program, cleaned);
        Invocation call;
        call.argv = {"x"};
        call.out_cap = call.err_cap = 1000;
        const Completion seen = recorder.run(call);
        CHECK(seen.out == text.substr(0, 1000));
        CHECK(seen.err == text.substr(0, 1000));
        CHECK(seen.out_total == text.size());
        const Completion recorded = recorder.calls().front().completion;
        CAPTURE(recorded.out);
        CHECK_FALSE(util::contains(recorded.out, "hunt"));
        CHECK_FALSE(util::contains(recorded.err, "hunt"));
        CHECK(recorded.out.size() <= 1000 + std::string_view("[REDACTED:test#1]").size()); // a mark is kept whole
        CHECK(recorded.out.size() > 900);
        CHECK(recorded.truncated());
    }
}

TEST_CASE("of a stream that its reader stops only whole lines are recorded")
{
    std::string text;
    while (text.size() < 10'000) {
        text += "line with " + std::string(k_secret) + "\n";
    }
    Printing program(text);
    RecordingRunner recorder(program, cleaned);
    Some sink;
    Invocation call;
    call.argv = {"x"};
    call.out = &sink;
    recorder.run(call);
    const std::string recorded = recorder.calls().front().completion.out;
    CHECK(sink.seen.size() == 3000);
    CHECK(recorded.ends_with("\n"));
    CHECK_FALSE(util::contains(recorded, "hunt"));
    CHECK(util::contains(recorded, "line with [REDACTED:test#1]\n"));
}

} // namespace cut_clean_test

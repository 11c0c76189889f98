// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include "host/learn_secrets.hpp"
#include "host/recording_host.hpp"
#include "host/replay_host.hpp"
#include "memory_host.hpp"
#include "util/strings.hpp"

namespace recorded_cuts_test {

using namespace hpcdoc;

namespace {

constexpr std::string_view k_secret = "hunter2-hunter2";

Secrecy careful()
{
    return {[](std::string_view text) -> Result<std::string> {
                return util::replace_all(std::string(text), k_secret, "[REDACTED:test#1]");
            },
            [](const std::filesystem::path&) { return false; }, [](std::string_view) { return false; }};
}

} // namespace

TEST_CASE("of a secret that a cap cuts no half is recorded, and the command sees what it would see")
{
    for (std::size_t shift = 0; shift <= k_secret.size() + 2; ++shift) {
        for (const std::size_t middle :
             {std::size_t{100}, std::size_t{3000}, std::size_t{500'000}}) { // whole with margins, or not
            std::string text(1000 - shift, '.');
            text += std::string(k_secret) + std::string(middle, ',') + "\n" + std::string(k_secret) +
                    std::string(1000 - shift, ';');
            test::MemoryHost host;
            host.file("/log", text);
            const RecordingHost recorder(host, careful());
            CHECK(recorder.read("/log", 1000) == host.read("/log", 1000));
            CHECK(recorder.read_ends("/log", 1000, 1000) == host.read_ends("/log", 1000, 1000));
            CHECK(recorder.read_ends("/log", 5, 0) == host.read_ends("/log", 5, 0));
            for (const RecordedLook& look : recorder.record().looks) {
                const auto* ends = std::get_if<FileEnds>(&look.answer);
                const std::string all = ends != nullptr ? ends->head + ends->tail : std::get<std::string>(look.answer);
                CAPTURE(all);
                CHECK_FALSE(util::contains(all, "hunt"));
                CHECK_FALSE(util::contains(all, "ter2"));
                CHECK((ends == nullptr || ends->tail.empty() || ends->tail_offset + ends->tail.size() == ends->size));
            }
            const ReplayHost replay(recorder.record());
            CHECK(replay.read_ends("/log", 1000, 1000)->tail.ends_with(";;;"));
            CHECK(replay.read_ends("/log", 1000, 1000)->size == text.size());
        }
    }
}

TEST_CASE("a file of /proc is as long as what was read of it")
{
    test::MemoryHost host;
    host.file("/proc/self/x", std::string(95, '.') + std::string(k_secret) + std::string(200, ','));
    const RecordingHost recorder(host, careful());
    const FileEnds ends = *recorder.read_ends("/proc/self/x", 50, 50);
    CHECK(ends.whole());
    CHECK(ends.head.size() == 100);
    const ReplayHost replay(recorder.record());
    CHECK_FALSE(util::contains(replay.read_ends("/proc/self/x", 50, 50)->head, "hunt"));
    CHECK(replay.read_ends("/proc/self/x", 50, 50)->whole());
}

TEST_CASE("what the machine itself calls secret is known from then on")
{
    Result<Redactor> redactor =
        Redactor::load(std::vector{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact"});
    REQUIRE(redactor);
    test::MemoryHost host;
    host.variables["HOME"] = "/home/alice";
    host.file("/proc/self/environ", std::string("A=b\0MY_TOKEN=variable-value-1\0HF_TOKEN_PATH=/home/x/y\0", 54));
    host.file("/home/alice/.netrc", "machine x login y password netrc-value-2\n");
    host.file("/home/alice/.pgpass", "db:5432:*:alice:pgpass-value-3\n");
    host.file("/home/alice/.git-credentials", "https://me:git%2Fvalue-4@github.com\n");
    host.file("/home/alice/.docker/config.json",
              "{\"auths\": {\"x\": {\"auth\": \"" + util::base64_encode("me:docker-value-5") + "\"}}}");
    host.file("/home/alice/.cache/huggingface/token", "token-value-6\n");
    CHECK(learn_secrets(host, *redactor));
    for (const char* value : {"variable-value-1", "netrc-value-2", "pgpass-value-3", "git%2Fvalue-4", "git/value-4",
                              "docker-value-5", "token-value-6"}) {
        CAPTURE(value);
        CHECK(util::contains(*redactor->clean("seen " + std::string(value) + " here"), "seen [REDACTED:known-value#"));
        CHECK_FALSE(util::contains(*redactor->clean(util::base64_encode("x" + std::string(value))),
                                   util::base64_encode("x" + std::string(value)).substr(3, 9)));
    }
    CHECK(redactor->clean("/home/x/y") == "/home/x/y");
}

TEST_CASE("a home directory that does not answer is told, and what is known stays known")
{
    Result<Redactor> redactor =
        Redactor::load(std::vector{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact"});
    test::MemoryHost host;
    host.file("/proc/self/environ", std::string("MY_TOKEN=variable-value-1"));
    host.dead("/home/alice");
    const Result<void> learned = learn_secrets(host, *redactor);
    REQUIRE_FALSE(learned);
    CHECK(learned.error().code == Code::timed_out);
    CHECK(redactor->clean("variable-value-1") == "[REDACTED:known-value#1]");
}

} // namespace recorded_cuts_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include <hpcdoc/redact_stream.hpp>

#include "examples.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace stream_test {

using namespace hpcdoc;

namespace {

Redactor fresh()
{
    Result<Redactor> loaded =
        Redactor::load(std::vector{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact"});
    REQUIRE(loaded);
    return std::move(*loaded);
}

std::string streamed(const Redactor& redactor, std::string_view text, std::size_t piece)
{
    std::string out;
    StreamRedactor stream(redactor, [&out](std::string_view clean) -> Result<void> {
        out += clean;
        return {};
    });
    for (std::size_t at = 0; at < text.size(); at += piece) {
        REQUIRE(stream.write(text.substr(at, piece)));
    }
    REQUIRE(stream.finish());
    return out;
}

std::string filler(std::size_t size)
{
    std::string text;
    for (std::size_t line = 0; text.size() < size; ++line) {
        text += "step " + std::to_string(line) + " loss=1.5 tokens/s=900 /scratch/alice/run/checkpoint\n";
    }
    return text;
}

constexpr std::size_t k_chunk = std::size_t{512} << 10;

} // namespace

TEST_CASE("a stream is cleaned as the whole text is, however it is cut into pieces")
{
    test::Examples examples;
    const std::string text =
        "start\n" +
        examples.expand("HF_TOKEN=hf_{alnum:34}\nx password: {alnum:20}\n\nurl https://a:{alnum:12}@host/\r\n") +
        "end without line end";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{17}, text.size()}) {
        const Redactor one = fresh(), other = fresh();
        CHECK(streamed(one, text, piece) == *other.clean(text));
    }
    CHECK(streamed(fresh(), "", 1).empty());
}

TEST_CASE("a secret on the border of two chunks is found, wherever the border is")
{
    test::Examples examples;
    const std::string secret = "ghp_" + examples.expand("{alnum:36}");
    for (std::size_t shift = 0; shift < 60; shift += 3) {
        std::string text = filler(k_chunk);
        text.resize(k_chunk - shift);
        text += " " + secret + "\nmore\n" + filler(1000);
        const std::string clean = streamed(fresh(), text, 4096);
        CHECK(clean.find(secret.substr(0, 20)) == std::string::npos);
        CHECK(clean.find(secret.substr(20)) == std::string::npos);
        CHECK(util::contains(clean, "[REDACTED:github-token#1]\nmore\n"));
    }
}

TEST_CASE("a private key over many lines is found on the border of two chunks, and without its beginning")
{
    test::Examples examples;
    std::string body;
    for (int line = 0; line < 40; ++line) {
        body += examples.expand("{base64:64}\n");
    }
    const std::string begin = "-----BEGIN RSA PRIVATE"
                              " KEY-----\n",
                      end = "-----END RSA PRIVATE"
                            " KEY-----\n";
    for (const std::size_t shift : {10U, 35U, 60U, 500U, 1500U, 2600U, 2700U}) {
        std::string text = filler(k_chunk);
        text.resize(k_chunk - shift);
        for (const std::string& key : {begin + body + end, body + end}) {
            const std::string clean = streamed(fresh(), text + "\n" + key + "after\n" + filler(k_chunk), 65536);
            for (std::size_t at = 0; at + 65 < body.size(); at += 65) {
                REQUIRE_FALSE(util::contains(clean, body.substr(at, 40)));
            }
            CHECK(util::contains(clean, "[REDACTED:private-key#1]\nafter\nstep 0"));
        }
    }
}

TEST_CASE("a key without end takes a bounded part of what follows with it")
{
    test::Examples examples;
    const std::string text = "-----BEGIN RSA PRIVATE"
                             " KEY-----\n" +
                             examples.expand("{base64:64}\n{base64:64}\n") + filler(3 * k_chunk);
    const std::string clean = streamed(fresh(), text, 65536);
    CHECK(clean.starts_with("[REDACTED:private-key#1]"));
    CHECK(clean.size() > text.size() - 300 * 1024);
}

TEST_CASE("a line longer than memory is cleaned in parts")
{
    test::Examples examples;
    std::string line;
    std::vector<std::string> secrets;
    while (line.size() < 6 * k_chunk) {
        const std::string secret = examples.expand("{alnum:36}");
        secrets.push_back(secret);
        line += "some words of a very long line " + std::string(10'007, '.') + " token=\"ghp_" + secret + "\" ";
    }
    const std::string clean = streamed(fresh(), "a\n" + line + "\nb\n", 65536);
    for (const std::string& secret : secrets) {
        REQUIRE_FALSE(util::contains(clean, secret.substr(0, 18)));
        REQUIRE_FALSE(util::contains(clean, secret.substr(18)));
    }
    CHECK(clean.starts_with("a\nsome words"));
    CHECK(clean.ends_with("\"\nb\n") + clean.ends_with("\" \nb\n") == 1);
    CHECK(clean.size() > line.size() - secrets.size() * 60);
}

TEST_CASE("a secret longer than memory goes to its end")
{
    const std::string secret(3 * k_chunk, 'x');
    const std::string clean = streamed(fresh(), "a\nPASSWORD=\"x1" + secret + "yz1\" b\n" + filler(1000), 65536);
    CHECK(clean.substr(0, 60).starts_with("a\nPASSWORD=\"[REDACTED:named-secret#1]"));
    CHECK_FALSE(util::contains(clean, "xxxx"));
    CHECK_FALSE(util::contains(clean, "yz1"));
    CHECK(util::contains(clean, " b\nstep 0"));
}

TEST_CASE("a known value of several lines is not divided by a border")
{
    Redactor redactor = fresh();
    const std::string value = "first line of it\nsecond line of it\nthird line";
    redactor.know(value);
    for (const std::size_t shift : {5U, 20U, 30U, 45U}) {
        std::string text = filler(k_chunk);
        text.resize(k_chunk - shift);
        const std::string clean = streamed(redactor, text + "\n" + value + "\n" + filler(k_chunk), 65536);
        CHECK_FALSE(util::contains(clean, "second line"));
        CHECK(util::contains(clean, "[REDACTED:known-value#1]\nstep 0"));
    }
}

TEST_CASE("after an error nothing more comes out")
{
    const test::TempDir dir;
    dir.write("a.toml", "[[rule]]\nid = 'x'\ncontains = ['tok']\npattern = '('\n");
    const Result<Redactor> wrong = Redactor::load(std::vector{dir.path()});
    REQUIRE(wrong);
    std::string out;
    StreamRedactor stream(*wrong, [&out](std::string_view clean) -> Result<void> {
        out += clean;
        return {};
    });
    REQUIRE(stream.write("a tok b\n"));
    CHECK_FALSE(stream.finish());
    CHECK_FALSE(stream.finish());
    CHECK(out.empty());

    const Redactor good = fresh();
    StreamRedactor full(good, [](std::string_view) -> Result<void> { return failure(Code::io, "no space"); });
    REQUIRE(full.write("a\n"));
    CHECK(full.finish().error().message == "no space");
    CHECK_FALSE(full.finish());
}

} // namespace stream_test

// SPDX-License-Identifier: Apache-2.0
// Nothing that comes from outside may steer a terminal, a browser or a parser.
#include <random>

#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>
#include <nlohmann/json.hpp>

#include "samples.hpp"
#include "util/strings.hpp"

namespace hostile_test {

using namespace hpcdoc;

namespace {

// No control character but line end and tab, no C1, no bidi override, and UTF-8 throughout.
void check_harmless(const std::string& text)
{
    CHECK(util::valid_utf8(text));
    CHECK(util::printable(text, true) == text);
    CHECK(text.ends_with('\n'));
}

std::string noise(std::mt19937& random, std::size_t length)
{
    static constexpr std::string_view k_spice[]{
        "\x1b[2J", "\x9b", "\xc2\x9b",     "\xe2\x80\xae",     "<",  "\"", "`",   "|",  "\n", "\r",
        "\t",      "\xff", "\xe6\x97\xa5", "\xf0\x9f\x98\x80", "](", "@",  "-->", "\\", " "};
    std::string text;
    while (text.size() < length) {
        const unsigned pick = static_cast<unsigned>(random() % 64u);
        if (pick < std::size(k_spice)) {
            text += k_spice[pick];
        } else {
            text += static_cast<char>(random() % 256u);
        }
    }
    return text;
}

Report noisy(std::mt19937& random)
{
    const auto word = [&] { return noise(random, random() % 60u); };
    Report report = samples::of_job(word(), word());
    report.fact({word(), word(), word(), word()});
    report.skipped(word(), word(), word());
    report.add(Table{word(), word(), {word(), word()}, {{word(), word()}, {word(), word()}}});
    for (int i = 0; i < 3; ++i) {
        Finding finding;
        finding.id = word();
        finding.severity = static_cast<Severity>(random() % 4u);
        finding.role = static_cast<Role>(random() % 3u);
        finding.title = word();
        finding.cause = word();
        finding.evidence = {{word(), noise(random, random() % 400u)}};
        finding.fixes = {{word(), {word(), word()}, static_cast<Risk>(random() % 4u)}};
        finding.escalate = Escalation{word(), word(), word(), {word()}, noise(random, random() % 400u)};
        finding.origin = Origin{word(), random() % 3u, {}, word(), word()};
        finding.labels = {word()};
        finding.see = {word()};
        report.add(std::move(finding));
    }
    return report;
}

} // namespace

TEST_CASE("no escape code of a hostile report passes through any format")
{
    const Report report = samples::hostile();
    for (const Format format : {Format::text, Format::json, Format::markdown, Format::html}) {
        for (const unsigned width : {40u, 80u, 200u}) {
            for (const bool verbose : {false, true}) {
                CAPTURE(to_string(format));
                check_harmless(render(report, format, Style{false, width, true, verbose}));
            }
        }
    }
}

TEST_CASE("with colour, only our own codes are there")
{
    const std::string colored = render(samples::hostile(), Format::text, Style{true, 80, true, true});
    const std::string plain = render(samples::hostile(), Format::text, Style{false, 80, true, true});
    CHECK(util::strip_ansi(colored) == plain);
}

TEST_CASE("a title cannot forge a section or a command")
{
    const std::string text = render(samples::hostile(), Format::text, Style{false, 80, false, false});
    CHECK_FALSE(util::contains(text, "\nWhat to do\n    rm"));
    CHECK_FALSE(util::contains(text, "\n    rm -rf ~"));
    const std::string markdown = render(samples::hostile(), Format::markdown, {});
    CHECK_FALSE(util::contains(markdown, "\n# Forged heading"));
    CHECK_FALSE(util::contains(markdown, "@everyone]"));
}

TEST_CASE("random bytes in every field are harmless in every format")
{
    std::mt19937 random(4242); // always the same bytes
    for (int round = 0; round < 100; ++round) {
        const Report report = noisy(random);
        CAPTURE(round);
        for (const Format format : {Format::text, Format::json, Format::markdown, Format::html}) {
            const auto width = static_cast<unsigned>(random() % 250u);
            check_harmless(render(report, format, Style{false, width, (random() & 1u) != 0, (random() & 1u) != 0}));
        }
        CHECK(nlohmann::json::accept(render(report, Format::json, {})));
    }
}

} // namespace hostile_test

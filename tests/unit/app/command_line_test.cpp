// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "app/command_line.hpp"
#include "commands.hpp"

namespace hpcdoc {

// What the program makes of its folders (cmd/), and these tests of toys.
std::span<const CommandEntry> commands()
{
    return test::toy_commands();
}

} // namespace hpcdoc

namespace command_line_test {

using namespace hpcdoc;
using namespace hpcdoc::app;
using Words = std::vector<std::string>;
using Wish = CommandLine::Wish;

namespace {

Result<CommandLine> read(const Words& words)
{
    return read_command_line(test::toy_commands(), words);
}

std::string refusal(const Words& words)
{
    const Result<CommandLine> line = read(words);
    if (line) {
        return "accepted";
    }
    CHECK(line.error().code == Code::usage);
    return line.error().message;
}

const test::ToyCommand& toy(const CommandLine& line)
{
    REQUIRE(line.command);
    return dynamic_cast<const test::ToyCommand&>(*line.command);
}

} // namespace

TEST_CASE("a command and its options are found")
{
    const auto line = read({"job", "explain", "4242", "-M", "big", "4243", "--no-log"});
    REQUIRE(line);
    CHECK(line->wish == Wish::run);
    CHECK(line->path == "job explain");
    CHECK(toy(*line).m_ids == Words{"4242", "4243"});
    CHECK(toy(*line).m_cluster == "big");
    CHECK_FALSE(toy(*line).m_log);
}

TEST_CASE("options of every command stand before, between and after its words")
{
    for (const Words& words : {Words{"--from", "x", "-vc", "a.b=1", "job", "explain", "1"},
                               Words{"job", "-v", "--from=x", "explain", "-c", "a.b=1", "1"},
                               Words{"job", "explain", "1", "-ca.b=1", "--from", "x", "-v"}}) {
        const auto line = read(words);
        REQUIRE(line);
        CHECK(line->path == "job explain");
        CHECK(line->options.from == "x");
        CHECK(line->options.verbose);
        CHECK(line->options.settings == Words{"a.b=1"});
        CHECK(toy(*line).m_ids == Words{"1"});
    }
}

TEST_CASE("a value that is named like a command is not taken for one")
{
    const auto line = read({"--from", "job", "check-env"});
    REQUIRE(line);
    CHECK(line->path == "check-env");
    CHECK(line->options.from == "job");
}

TEST_CASE("each -c takes one word and no more")
{
    const auto line = read({"-c", "a=1", "job", "explain", "-c", "b=2", "4242"});
    REQUIRE(line);
    CHECK(line->options.settings == Words{"a=1", "b=2"});
    CHECK(toy(*line).m_ids == Words{"4242"});
}

TEST_CASE("a command may have commands below it")
{
    CHECK(read({"bundle"})->path == "bundle");
    CHECK(read({"bundle", "-d", "3"})->path == "bundle");
    CHECK(read({"bundle", "show", "x"})->path == "bundle show");
    CHECK(read({"--json", "bundle", "show", "-v", "x"})->path == "bundle show");
    CHECK(refusal({"bundle", "shwo", "x"}) == "'shwo' is not a command of 'bundle'; did you mean 'show'?");
}

TEST_CASE("after -- everything is an argument")
{
    const auto line = read({"job", "explain", "--", "-1", "--json"});
    REQUIRE(line);
    CHECK(toy(*line).m_ids == Words{"-1", "--json"});
}

TEST_CASE("help is asked for in every way that people try")
{
    for (const Words& words : {Words{"help", "job", "explain"}, Words{"job", "explain", "--help"},
                               Words{"job", "explain", "-h", "--nonsense"}, Words{"-h", "job", "explain"},
                               Words{"--color=never", "help", "job", "explain"}}) {
        CAPTURE(words.front());
        const auto line = read(words);
        REQUIRE(line);
        CHECK(line->wish == Wish::help);
        CHECK(line->path == "job explain");
    }
    for (const Words& words : {Words{}, Words{"help"}, Words{"help", "help"}, Words{"--json"}}) {
        const auto line = read(words);
        REQUIRE(line);
        CHECK(line->wish == Wish::help);
        CHECK(line->path.empty());
    }
    CHECK(read({"job"})->path == "job");
    CHECK(read({"job"})->entry == nullptr);
}

TEST_CASE("a slip of the finger is answered with the nearest name")
{
    CHECK(refusal({"jbo"}) == "'jbo' is not a command; did you mean 'job'?");
    CHECK(refusal({"job", "explian"}) == "'explian' is not a command of 'job'; did you mean 'explain'?");
    CHECK(refusal({"help", "job", "lst"}) == "'lst' is not a command of 'job'; did you mean 'list'?");
    CHECK(refusal({"--jsn", "job", "explain"}) == "unknown option '--jsn'; did you mean '--json'?");
    CHECK(refusal({"job", "explain", "--clustr", "x"}) ==
          "unknown option '--clustr' of 'job explain'; did you mean '--cluster'?");
    CHECK(refusal({"zzz"}) == "'zzz' is not a command");
    CHECK(refusal({"job explain"}) == "'job explain' is not a command");
    CHECK(refusal({""}) == "'' is not a command");
}

TEST_CASE("wrong values are refused in words of our own")
{
    CHECK(refusal({"job", "explain", "--days", "abc"}) == "wrong value for '--days': value abc not in range 1 to 100");
    CHECK(refusal({"job", "explain", "--days", "0"}) == "wrong value for '--days': value 0 not in range 1 to 100");
    CHECK(refusal({"job", "explain", "--days"}) == "'--days' needs a value");
    CHECK(refusal({"job", "explain", "--days", "1", "--days", "2"}) == "'--days' is given more than once");
    CHECK(refusal({"--from"}) == "'--from' needs a value: BUNDLE");
    CHECK(refusal({"check-env", "--from", ""}) == "'--from' needs a value that is not empty");
    CHECK(refusal({"check-env", "--format", "xml"}) == "'xml' is not a value of '--format'");
    CHECK(refusal({"check-env", "--format", "html", "--json"}) == "'--json' and '--format html' contradict each other");
    CHECK(refusal({"check-env", "--deadline", "soon"}) == "'soon' is not a value of '--deadline'");
    CHECK(refusal({"check-env", "--deadline", "0"}) == "'0' is not a value of '--deadline'");
    CHECK(refusal({"check-env", "--fail-on", "bad"}) == "'bad' is not a value of '--fail-on'");
}

TEST_CASE("a very long word neither hangs nor crashes the search for a near name")
{
    CHECK(refusal({std::string(1'000'000, 'x')}).size() > 1'000'000);
    CHECK(refusal({"check-env", "--" + std::string(1'000'000, 'x')}).size() > 1'000'000);
}

TEST_CASE("options of a command are listed with values, choices and defaults")
{
    const auto options = command_options(*find_command(test::toy_commands(), "job explain"));
    const OptionInfo* days = find_option(options, "-d");
    REQUIRE(days != nullptr);
    CHECK(days->names == Words{"-d", "--days"});
    CHECK(days->preset == "7");
    CHECK(days->takes_value());
    CHECK(usage_line("job explain", options, false) == "hpcdoc job explain [OPTION...] [ID...]");
    const OptionInfo* format = find_option(global_options(), "--format");
    REQUIRE(format != nullptr);
    CHECK(format->choices == Words{"text", "json", "markdown", "html"});
    CHECK_FALSE(find_option(global_options(), "--json")->takes_value());
    CHECK(find_option(global_options(), "--nonsense") == nullptr);
}

} // namespace command_line_test

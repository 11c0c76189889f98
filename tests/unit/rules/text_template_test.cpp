// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "rules/text_template.hpp"

namespace text_template_test {

using namespace hpcdoc;
using namespace hpcdoc::rules;

namespace {

Facts facts()
{
    Facts made;
    made.utc_offset = std::chrono::hours(1);
    made.set("n", std::int64_t{12}).set("one", std::int64_t{1}).set("x", 23.46).set("yes", true).set("no", false);
    made.set("mem", Bytes{std::uint64_t{4000} << 20}).set("time", std::chrono::seconds(5400));
    made.set("when", FactValue(std::chrono::sys_seconds(std::chrono::seconds(1795611780))));
    made.set("name", std::string("my job")).set("safe", std::string("gpu-a100"));
    made.set("list", std::vector<std::string>{"a", "b", "c"}).set("job.id", std::string("4242"));
    made.set("evil", std::string("x'; rm -rf ~ #"));
    return made;
}

std::string shown(std::string_view text)
{
    const auto made = TextTemplate::parse(text);
    REQUIRE_MESSAGE(made, made.error().what);
    const Facts known = facts();
    return made->expand(Lookup(known)).value_or("<nothing>");
}

std::string command(std::string_view text)
{
    const auto made = TextTemplate::parse(text);
    REQUIRE(made);
    const Facts known = facts();
    return made->expand_command(Lookup(known)).value_or("<nothing>");
}

std::string mistake(std::string_view text)
{
    const auto made = TextTemplate::parse(text);
    REQUIRE_FALSE(made);
    return std::to_string(made.error().offset) + ": " + made.error().what;
}

} // namespace

TEST_CASE("each type of fact reads as people write it")
{
    CHECK(shown("{n} {x} {yes} {no} {name} {list} {job.id}") == "12 23.5 yes no my job a, b, c 4242");
    CHECK(shown("{mem} {mem:slurm}") == "3.9 GiB 4000M");
    CHECK(shown("{time} {time:slurm} {time:minutes}") == "1 h 30 min 01:30:00 90");
    CHECK(shown("{when} {when:rfc3339}") == "2026-11-25 14:03 2026-11-25T13:03:00Z");
}

TEST_CASE("formats shape numbers, words and lists")
{
    CHECK(shown("{n:plural task tasks}, {one:plural task tasks}") == "12 tasks, 1 task");
    CHECK(shown("{x:0} {x:2} {x:percent} {n:percent}") == "23 23.46 23 % 12 %");
    CHECK(shown("{name:quote} {safe:quote} {list:count}") == "'my job' gpu-a100 3");
    CHECK(shown("{name:slurm}") == "my job"); // a format that does not fit is left out of account
}

TEST_CASE("doubled braces are braces")
{
    CHECK(shown("${{VAR}} {{{n}}} }}{{") == "${VAR} {12} }{");
    CHECK(shown("") == "");
}

TEST_CASE("a text with an unknown fact is no text, or shows a gap when asked")
{
    CHECK(shown("job {nobody}") == "<nothing>");
    const auto made = TextTemplate::parse("job {nobody} has {n}");
    REQUIRE(made);
    const Facts known = facts();
    CHECK(made->expand_with_gaps(Lookup(known)) == "job ? has 12");
}

TEST_CASE("a mistake says where and what")
{
    CHECK(mistake("a {n") == "2: '{' without '}'; a brace of the text itself is written '{{'");
    CHECK(mistake("a } b") == "2: '}' without '{'; a brace of the text itself is written '}}'");
    CHECK(mistake("{}") == "0: '{}' does not name a fact; a brace of the text itself is written '{{'");
    CHECK(mistake("{a b}") == "0: '{a b}' does not name a fact; a brace of the text itself is written '{{'");
    CHECK(mistake("{n:hex}") == "0: there is no format 'hex'");
    CHECK(mistake("{n:plural task}") == "0: there is no format 'plural task'");
    CHECK(mistake("{n:}") == "0: there is no format ''");
}

TEST_CASE("in a command, a value stays one word or the command is left out")
{
    CHECK(command("ls {safe} -n {n} --mem={mem:slurm}") == "ls gpu-a100 -n 12 --mem=4000M");
    CHECK(command("ls {name}") == "ls 'my job'");
    CHECK(command("ls '{name}'") == "ls 'my job'");
    CHECK(command("ls \"{name}\"") == "ls \"my job\"");
    CHECK(command("ls {name:quote}") == "ls 'my job'");
    CHECK(command("ls '{evil}'") == "<nothing>");
    CHECK(command("ls \"{evil}\"") == "<nothing>");
    CHECK(command("ls {evil}") != "ls x'; rm -rf ~ #");
    CHECK(command("it\\'s {name}") == "it\\'s 'my job'");
    CHECK(command("ls {nobody}") == "<nothing>");
}

TEST_CASE("a format that does not fit its value is told to who asks")
{
    const Facts known = facts();
    CHECK(TextTemplate::parse("{n:slurm}")->misfit(Lookup(known)) == "n");
    CHECK(TextTemplate::parse("{mem:slurm} {nobody:count}")->misfit(Lookup(known)).empty());
}

} // namespace text_template_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "rules/parse.hpp"

namespace condition_test {

using namespace hpcdoc;
using namespace hpcdoc::rules;

namespace {

Facts facts()
{
    Facts made;
    made.set("n", std::int64_t{5}).set("m", std::int64_t{7}).set("x", 2.5).set("on", true).set("state", std::string("PENDING"));
    made.set("mem", Bytes{std::uint64_t{4} << 30}).set("used", Bytes{std::uint64_t{3} << 30}).set("time", std::chrono::seconds(600));
    made.set("list", std::vector<std::string>{"gpu", "long"});
    made.set("when", FactValue(std::chrono::sys_seconds(std::chrono::seconds(1795611780)))); // 2026-11-25T13:03:00Z
    made.set("big", std::int64_t{9007199254740993});
    return made;
}

bool holds(std::string_view condition)
{
    const std::string text = "[[rule]]\nid='a.b'\nseverity='note'\ncertainty='certain'\ntitle='t'\nwhen=[{" + std::string(condition) + "}]\n";
    const Result<RuleFile> file = parse_rule_file("x.toml", text, "job", WithExamples::no);
    REQUIRE_MESSAGE(file, (file ? "" : file.error().message));
    const Facts known = facts();
    return all_hold(file->rules.front().when, Lookup(known));
}

} // namespace

TEST_CASE("is and is_not compare values of one type")
{
    CHECK(holds("fact='state', is='PENDING'"));
    CHECK_FALSE(holds("fact='state', is='pending'"));
    CHECK(holds("fact='state', is_not='RUNNING'"));
    CHECK(holds("fact='n', is=5"));
    CHECK(holds("fact='x', is=2.5"));
    CHECK(holds("fact='on', is=true"));
    CHECK_FALSE(holds("fact='on', is=false"));
    CHECK(holds("fact='mem', is='4G'"));
    CHECK(holds("fact='time', is='10m'"));
    CHECK(holds("fact='list', is='gpu'"));
    CHECK(holds("fact='list', is_not='short'"));
    CHECK_FALSE(holds("fact='list', is_not='gpu'"));
    CHECK(holds("fact='big', is=9007199254740993"));
    CHECK_FALSE(holds("fact='big', is=9007199254740992"));
}

TEST_CASE("a value of another type neither is nor is not")
{
    CHECK_FALSE(holds("fact='n', is='5'"));
    CHECK_FALSE(holds("fact='n', is_not='5'"));
    CHECK_FALSE(holds("fact='state', is_not=5"));
    CHECK_FALSE(holds("fact='state', none_of=[5, true]"));
    CHECK_FALSE(holds("fact='state', above=3"));
    CHECK_FALSE(holds("fact='on', at_least=1"));
}

TEST_CASE("one_of and none_of take lists")
{
    CHECK(holds("fact='state', one_of=['RUNNING', 'PENDING']"));
    CHECK_FALSE(holds("fact='state', one_of=['RUNNING']"));
    CHECK(holds("fact='state', none_of=['RUNNING']"));
    CHECK_FALSE(holds("fact='state', none_of=['RUNNING', 'PENDING']"));
    CHECK(holds("fact='n', one_of=[4, 5]"));
    CHECK_FALSE(holds("fact='list', none_of=['gpu', 'x']"));
}

TEST_CASE("numbers, sizes, durations and times are ordered")
{
    CHECK(holds("fact='n', at_least=5, at_most=5"));
    CHECK_FALSE(holds("fact='n', above=5"));
    CHECK(holds("fact='n', below=5.5"));
    CHECK(holds("fact='x', above=2"));
    CHECK(holds("fact='mem', above='3.9G'"));
    CHECK(holds("fact='mem', at_most=4294967296"));
    CHECK(holds("fact='time', at_least='10m'"));
    CHECK_FALSE(holds("fact='time', above='10m'"));
    CHECK(holds("fact='time', below=601"));
    CHECK(holds("fact='when', below='2026-11-25T13:03:01Z'"));
    CHECK_FALSE(holds("fact='when', above='2026-11-25T13:03:00Z'"));
}

TEST_CASE("two facts of one type are compared")
{
    CHECK(holds("fact='n', below_fact='m'"));
    CHECK(holds("fact='mem', above_fact='used'"));
    CHECK(holds("fact='m', at_least_fact='x'"));
    CHECK_FALSE(holds("fact='mem', at_most_fact='n'"));
    CHECK_FALSE(holds("fact='n', below_fact='nobody'"));
}

TEST_CASE("patterns are looked for anywhere in a text, or in the entries of a list")
{
    CHECK(holds("fact='state', matches='END'"));
    CHECK_FALSE(holds("fact='state', matches='^END'"));
    CHECK(holds("fact='list', matches='^lo'"));
    CHECK_FALSE(holds("fact='n', matches='5'"));
}

TEST_CASE("what is not known satisfies only known = false")
{
    CHECK(holds("fact='nobody', known=false"));
    CHECK_FALSE(holds("fact='nobody', known=true"));
    CHECK_FALSE(holds("fact='nobody', is_not='x'"));
    CHECK_FALSE(holds("fact='nobody', none_of=['x']"));
    CHECK_FALSE(holds("fact='nobody', below=5"));
    CHECK(holds("fact='n', known=true"));
    CHECK_FALSE(holds("fact='n', known=false"));
}

} // namespace condition_test

// SPDX-License-Identifier: Apache-2.0
// The rules as people see them: in full, by their mistakes, by words.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include <hpcdoc/rules.hpp>

#include "temp_dir.hpp"

using namespace hpcdoc;

namespace {

std::string log_rule(std::string_view id, std::string_view word)
{
    return "[[rule]]\nid = \"" + std::string(id) + "\"\nseverity = \"error\"\ncertainty = \"likely\"\nlabels = [\"user-code-error\"]\ncontains = [\"" + std::string(word) +
           "\"]\npattern = '" + std::string(word) + " (?P<what>\\w+)'\ntitle = \"" + std::string(word) + " of {what}\"\nfix = { text = \"Mend it\" }\nfires = [\"" + std::string(word) +
           " pump\"]\nsilent = [\"nothing\"]\n";
}

std::string texts(const Result<std::vector<RuleIssue>>& issues)
{
    REQUIRE(issues);
    std::string text;
    for (const RuleIssue& issue : *issues) {
        text += issue.where.substr(issue.where.rfind('/') + 1) + ":" + std::to_string(issue.column) + ": " + issue.message + "\n" + issue.excerpt + "\n";
    }
    return text;
}

} // namespace

TEST_CASE("a file that lies in rules.d itself is of topic log, or of the topic that it names")
{
    const test::TempDir shipped, site;
    shipped.write("log/a.toml", log_rule("a.one", "breakdown"));
    shipped.write("job/a.toml", "[[rule]]\nid = \"job.x\"\nseverity = \"note\"\ncertainty = \"likely\"\nwhen = [{ fact = \"n\", is = 1 }]\ntitle = \"t\"\n");
    site.write("site.toml", log_rule("site.two", "overload"));
    site.write("jobs.toml", "# ours\ntopic = \"job\"\n\n[[rule]]\nid = \"site.x\"\nseverity = \"note\"\ncertainty = \"likely\"\nwhen = [{ fact = \"n\", is = 2 }]\ntitle = \"t\"\n");
    const RuleBook rules({shipped.path(), site.path()});
    const auto matches = rules.read_log("overload pump\nbreakdown pump\n", "x", Facts{});
    REQUIRE(matches);
    CHECK(matches->size() == 2);
    Facts facts;
    facts.set("n", std::int64_t{2});
    const auto found = rules.diagnose("job", facts);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().id == "site.x");
}

TEST_CASE("a rule is told in full, with the file of the one that it replaces")
{
    const test::TempDir shipped, site;
    shipped.write("log/a.toml", log_rule("a.one", "breakdown"));
    site.write("log/b.toml", log_rule("a.one", "overload"));
    const auto details = RuleBook({shipped.path(), site.path()}).details();
    REQUIRE(details);
    REQUIRE(details->size() == 1);
    const RuleDetail& rule = details->front();
    CHECK(rule.info.id == "a.one");
    CHECK(rule.contains == std::vector<std::string>{"overload"});
    CHECK(rule.patterns == std::vector<std::string>{"overload (?P<what>\\w+)"});
    CHECK(rule.captures == std::vector<std::string>{"what"});
    CHECK(rule.titles == std::vector<std::string>{"overload of {what}"});
    CHECK(rule.fixes.front().text == "Mend it");
    CHECK(rule.fires == std::vector<std::string>{"overload pump"});
    CHECK(rule.file == (site.path() / "log/b.toml").string() + ":1");
    CHECK(rule.replaces == std::vector<std::string>{(shipped.path() / "log/a.toml").string() + ":1"});
}

TEST_CASE("conditions are told in words")
{
    const test::TempDir dir;
    dir.write("job/a.toml", "[[rule]]\nid = \"job.x\"\nseverity = \"note\"\ncertainty = \"likely\"\nwhen = [{ fact = \"s\", one_of = [\"A\", \"B\"] }, { fact = \"n\", at_least = 3 },"
                            " { fact = \"m\", above_fact = \"n\" }, { fact = \"q\", known = false }]\nunless = [{ fact = \"s\", matches = \"^x\" }]\ntitle = \"t\"\n");
    const auto details = RuleBook({dir.path()}).details();
    REQUIRE(details);
    CHECK(details->front().when == std::vector<std::string>{"s is one of \"A\", \"B\"", "n is at least 3", "m is above n", "q is not known"});
    CHECK(details->front().unless == std::vector<std::string>{"s matches /^x/"});
}

TEST_CASE("mistakes of all files and of all their rules are told at once, each with a caret")
{
    const test::TempDir dir;
    dir.write("log/a.toml", log_rule("a.one", "breakdown") + "contians = [\"x\"]\n\n" + log_rule("a.two", "overload") + "severity = 3\n");
    dir.write("log/b.toml", "[[rule]\n");
    const std::string text = texts(RuleBook({dir.path()}).mistakes());
    CHECK(text.find("a.toml:12:1: a log rule has no key 'contians' (did you mean 'contains'?)\ncontians = [\"x\"]\n^\n") != std::string::npos);
    CHECK(text.find("a.toml:25:") != std::string::npos);
    CHECK(text.find("b.toml:1:") != std::string::npos);
    const test::TempDir good;
    good.write("log/a.toml", log_rule("a.one", "breakdown"));
    CHECK(texts(RuleBook({good.path()}).mistakes()) == "");
}

TEST_CASE("a wrong or too large pattern of a site is refused when the rules are read")
{
    for (const char* pattern : {"breakdown (", "(breakdown{900}){900}", "((a{100}){100}){100}breakdown"}) {
        const test::TempDir shipped, site;
        shipped.write("log/a.toml", log_rule("a.one", "overload"));
        std::string text = log_rule("site.bad", "breakdown");
        const std::size_t begin = text.find("pattern = ");
        text.replace(begin, text.find('\n', begin) - begin, "pattern = '" + std::string(pattern) + "'");
        site.write("log/b.toml", text);
        const auto matches = RuleBook({shipped.path(), site.path()}).read_log("all is well\n", "x", Facts{});
        REQUIRE_FALSE(matches);
        CHECK(matches.error().code == Code::config);
        CHECK(matches.error().message.find("b.toml:7:11: wrong pattern: ") != std::string::npos);
    }
}

TEST_CASE("issues of lint and of examples have a column and a caret")
{
    const test::TempDir dir;
    std::string text = log_rule("a.one", "breakdown");
    text.replace(text.find("fires = [\"breakdown pump\"]"), 26, "fires = [\"overload pump\"]");
    dir.write("log/a.toml", text);
    CHECK(texts(RuleBook({dir.path()}).lint()).find("a.toml:10:10: rule 'a.one': this 'fires' line has none of the words in 'contains'\nfires = [\"overload pump\"]\n         ^\n") == 0);
    CHECK(texts(RuleBook({dir.path()}).check_examples()).find("a.toml:10:10: rule 'a.one': does not match this 'fires' line\n") == 0);
}

TEST_CASE("the nearest rules are those that share rare words")
{
    const test::TempDir dir;
    std::string text;
    for (int at = 0; at < 40; ++at) {
        text += log_rule("a.x" + std::to_string(at), "failure") + "name = \"x" + std::to_string(at) + "\"\n";
    }
    dir.write("log/a.toml", text + log_rule("pump.overload", "overload"));
    const RuleBook rules({dir.path()});
    const auto near = rules.nearest("a failure of the pump", 5);
    REQUIRE(near);
    REQUIRE(near->size() == 1);
    CHECK(near->front().id == "pump.overload");
    CHECK(rules.nearest("", 5)->empty());
    CHECK(rules.nearest("nothing in common", 5)->empty());
}

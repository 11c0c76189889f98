// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <hpcdoc/rules.hpp>

#include "temp_dir.hpp"

namespace lint_test {

using namespace hpcdoc;

namespace {

using Check = Result<std::vector<RuleIssue>> (RuleBook::*)() const;

std::string issues(Check check, std::string_view text, std::string_view topic = "job")
{
    const test::TempDir dir;
    dir.write(std::string(topic) + "/x.toml", text);
    const Result<std::vector<RuleIssue>> found = (RuleBook({dir.path()}).*check)();
    if (!found) {
        return found.error().message;
    }
    std::string all;
    for (const RuleIssue& issue : *found) {
        all += issue.where.substr(issue.where.find("x.toml")) + ": " + issue.message + "\n";
    }
    return all;
}

std::string lint(std::string_view text, std::string_view topic = "job") { return issues(&RuleBook::lint, text, topic); }
std::string examples(std::string_view text, std::string_view topic = "job") { return issues(&RuleBook::check_examples, text, topic); }

constexpr std::string_view k_good = R"toml([[rule]]
id = "job.slow"
severity = "warning"
certainty = "likely"
when = [ { fact = "n", at_least = 3 } ]
title = "{n} is many"
fix = { text = "Take less" }
fires = [ { n = 3 }, { "n" = 4 } ]
silent = [ { n = 2 }, { } ]
)toml";

std::string with(std::string_view line, std::string_view key)
{
    std::string text(k_good);
    const std::size_t begin = text.find(std::string(key) + " =");
    return text.replace(begin, text.find('\n', begin) - begin, line);
}

} // namespace

TEST_CASE("a good rule has no issue")
{
    CHECK(lint(k_good) == "");
    CHECK(examples(k_good) == "");
}

TEST_CASE("lint tells what a rule lacks")
{
    CHECK(lint(with("id = 'Job_slow'", "id")) == "x.toml:1: rule 'Job_slow': the id is not of the form topic.noun-phrase: small letters, digits and hyphens, one dot\n");
    CHECK(lint(with("", "fires")) == "x.toml:1: rule 'job.slow': no 'fires' example\n");
    CHECK(lint(with("", "silent")) == "x.toml:1: rule 'job.slow': no 'silent' example\n");
    CHECK(lint(with("", "fix")) == "x.toml:1: rule 'job.slow': a rule from 'warning' up needs a 'fix' or an 'escalate'\n");
    CHECK(lint(with("fix = { text = 'x', when = [ { fact = 'n', is = 4 } ] }", "fix")) == "x.toml:8: rule 'job.slow': for this example there is neither a fix nor anybody to call\n");
    CHECK(lint(with("escalate = { to = 'suport', why = 'x' }", "fix")) == "x.toml:7: rule 'job.slow': there is no contact 'suport'; did you mean 'support'?\n");
    CHECK(lint(with("title = '{nobody}'", "title")).find("no title has all it needs") != std::string::npos);
    CHECK(lint(with("title = '{n:slurm}'", "title")).find("the format of '{n}' in the title does not fit") != std::string::npos);
    CHECK(lint(std::string(k_good) + std::string(k_good)) == "x.toml:10: rule 'job.slow': the same key is at job/x.toml:1; give one of them a 'name'\n");
}

TEST_CASE("examples that do not behave are told")
{
    CHECK(examples(with("fires = [ { n = 2 } ]", "fires")) == "x.toml:8: rule 'job.slow': does not fire on this 'fires' example\n");
    CHECK(examples(with("silent = [ { n = 9 } ]", "silent")) == "x.toml:9: rule 'job.slow': fires on this 'silent' example\n");
}

TEST_CASE("examples hold sizes, durations, times, lists and nested names")
{
    constexpr std::string_view rule = R"toml([[rule]]
id = "a.b"
severity = "note"
certainty = "likely"
when = [ { fact = "mem.limit", at_least = "4G" }, { fact = "t", is = "1h30m" }, { fact = "w", below = "2026-11-25T13:00:00Z" }, { fact = "l", is = "x" } ]
title = "t"
fires = [ { mem.limit = "bytes:4G", t = "time:1h30m", w = "stamp:2026-11-25T12:00:00Z", l = ["x", "y"] } ]
silent = [ { "mem.limit" = "bytes:3G", t = "time:1h30m", w = "stamp:2026-11-25T12:00:00Z", l = ["x", "y"] } ]
)toml";
    CHECK(examples(rule) == "");
    CHECK(examples("[[rule]]\nid='a.b'\nseverity='note'\ncertainty='likely'\ntitle='t'\nwhen=[{fact='f',known=true}]\nfires=[{f='bytes:x'}]\n").find("'x' is not a size such as \"4G\"") != std::string::npos);
}

TEST_CASE("log examples show which rule takes a line first")
{
    constexpr std::string_view rules = R"toml([[rule]]
id = "log.general"
severity = "note"
certainty = "likely"
contains = ["Error"]
pattern = "Error"
title = "t"
fires = ["Error: x"]
silent = ["fine"]
[[rule]]
id = "log.special"
severity = "warning"
certainty = "likely"
contains = ["ValueError", "abcde"]
pattern = "ValueError|abcde"
title = "t {nobody}"
fires = ["ValueError: x", "context\nabcde", "nothing here"]
silent = ["abcdefg"]
)toml";
    CHECK(examples(rules, "log") == "x.toml:17: rule 'log.special': this 'fires' line is taken by rule 'log.general' (log/x.toml:1), which comes first\n"
                                    "x.toml:17: rule 'log.special': for this line no title has all it needs; add one without placeholders\n"
                                    "x.toml:17: rule 'log.special': for this line there is neither a fix nor anybody to call\n"
                                    "x.toml:17: rule 'log.special': does not match this 'fires' line\n"
                                    "x.toml:18: rule 'log.special': matches this 'silent' line\n");
    CHECK(lint(rules, "log") == "x.toml:17: rule 'log.special': this 'fires' line has none of the words in 'contains'\n"
                                "x.toml:10: rule 'log.special': a rule from 'warning' up needs a 'fix' or an 'escalate'\n");
}

TEST_CASE("the rules that the manual page shows are sound and behave")
{
    std::ifstream file(std::filesystem::path(HPCDOC_SOURCE_DIR) / "man/hpcdoc-rules.5.md");
    std::vector<std::string> rules;
    bool within = false;
    for (std::string line; std::getline(file, line) && line != "## Description";) {
        if (line == "    [[rule]]") {
            rules.emplace_back();
        }
        within = line.starts_with("    ") && (within || line == "    [[rule]]");
        if (within) {
            rules.back() += line.substr(4) + "\n";
        }
    }
    REQUIRE(rules.size() == 2);
    CHECK(lint(rules[0], "log") == "");
    CHECK(examples(rules[0], "log") == "");
    CHECK(lint(rules[1]) == "");
    CHECK(examples(rules[1]) == "");
}

TEST_CASE("every rule that hpcdoc ships is sound and behaves as its examples say")
{
    const RuleBook book({std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/rules"});
    for (const Check check : {&RuleBook::lint, &RuleBook::check_examples}) {
        const Result<std::vector<RuleIssue>> found = (book.*check)();
        REQUIRE_MESSAGE(found, (found ? "" : found.error().message));
        for (const RuleIssue& issue : *found) {
            FAIL_CHECK(issue.where << ": " << issue.message);
        }
    }
}

} // namespace lint_test

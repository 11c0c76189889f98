// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <hpcdoc/rules.hpp>

#include "temp_dir.hpp"

namespace rule_book_test {

using namespace hpcdoc;

namespace {

constexpr std::string_view k_rules = R"toml(
[[message]]
lines = ["Job {job.id} on {cluster}", "User {user}"]

[[rule]]
id = "job.out-of-memory"
severity = "error"
certainty = "certain"
when = [ { fact = "job.state", is = "OUT_OF_MEMORY" } ]
unless = [ { fact = "job.gpu_oom", is = true } ]
title = ["Step {step.id} ran out of memory: limit {memory.limit}", "The job ran out of memory"]
cause = ["The kernel killed it.", "Peak was {memory.peak}.", "The limit was {memory.limit}."]
evidence = ["job.state", "memory.limit", "nothing.here"]
fix = [
  { text = "Ask for more memory", commands = ["#SBATCH --mem={memory.suggest:slurm}", "true"], risk = "reversible" },
  { text = "Ask for {memory.suggest}" },
  { text = "Only with a suggestion", commands = ["#SBATCH --mem={memory.suggest:slurm}"] },
  { text = "Never", when = [ { fact = "job.state", is = "RUNNING" } ] },
]
escalate = { to = "support", why = "The limit {memory.limit} is the largest", attach = ["{log.path}", "the script"] }
labels = ["oom-host"]
see = ["https://slurm.schedmd.com/sbatch.html"]

[[rule]]
id = "job.other"
severity = "note"
certainty = "possible"
role = "advice"
when = [ { fact = "job.state", known = true } ]
title = "Missing {nobody}"
)toml";

Facts out_of_memory()
{
    Facts facts;
    facts.set("job.state", std::string("OUT_OF_MEMORY"), {"sacct -j 4242", "State=OUT_OF_MEMORY"});
    facts.set("job.id", std::string("4242"));
    facts.set("user", std::string("alice"));
    facts.set("memory.limit", Bytes{std::uint64_t{4} << 30}, {"sacct -j 4242", "ReqMem=4G"});
    facts.prove("memory.limit", {"sacct -j 4242", "State=OUT_OF_MEMORY"});
    return facts;
}

std::string error_of(std::string_view text, std::string_view topic = "job", std::string* hint = nullptr)
{
    const test::TempDir dir;
    dir.write(std::string(topic) + "/10-x.toml", text);
    const RuleBook book({dir.path()});
    const Result<std::vector<Finding>> found = book.diagnose(topic, {});
    REQUIRE_FALSE(found);
    CHECK(found.error().code == Code::config);
    if (hint != nullptr) {
        *hint = found.error().hint;
    }
    return found.error().message.substr(found.error().message.find("10-x.toml"));
}

std::string rule_error(std::string_view line, std::string* hint = nullptr)
{
    return error_of("[[rule]]\nid = 'a.b'\nseverity = 'note'\ncertainty = 'certain'\ntitle = 't'\nwhen = [ { fact = 'f', known = true } ]\n" + std::string(line), "job", hint);
}

} // namespace

TEST_CASE("a rule that holds becomes a finding with its proofs")
{
    const test::TempDir dir;
    dir.write("job/ended.toml", k_rules);
    const RuleBook book({dir.path()});
    const Result<std::vector<Finding>> found = book.diagnose("job", out_of_memory());
    REQUIRE_MESSAGE(found, (found ? "" : found.error().message));
    REQUIRE(found->size() == 2);
    const Finding& finding = found->front();
    CHECK(finding.id == "job.out-of-memory");
    CHECK(finding.severity == Severity::error);
    CHECK(finding.role == Role::cause);
    CHECK(finding.title == "The job ran out of memory");
    CHECK(finding.cause == "The kernel killed it. The limit was 4 GiB.");
    CHECK(finding.evidence == std::vector<Evidence>{{"sacct -j 4242", "State=OUT_OF_MEMORY"}, {"sacct -j 4242", "ReqMem=4G"}});
    CHECK(finding.fixes == std::vector<Fix>{{"Ask for more memory", {"true"}, Risk::reversible}});
    CHECK(finding.labels == std::vector<std::string>{"oom-host"});
    CHECK(finding.rule == "job/ended.toml:5");
    REQUIRE(finding.escalate);
    CHECK(finding.escalate->to == "support");
    CHECK(finding.escalate->contact.empty());
    CHECK(finding.escalate->why == "The limit 4 GiB is the largest");
    CHECK(finding.escalate->attach == std::vector<std::string>{"the script"});
    CHECK(finding.escalate->message == "User alice\n\nThe job ran out of memory\nThe kernel killed it. The limit was 4 GiB.\n"
                                       "The limit 4 GiB is the largest\n\nEvidence:\n  sacct -j 4242:\n    State=OUT_OF_MEMORY\n"
                                       "  sacct -j 4242:\n    ReqMem=4G\n\nAttached: the script\n");
    CHECK(found->back().title == "Missing ?");
    CHECK(found->back().role == Role::advice);
}

TEST_CASE("with all facts known the first title and every fix are there")
{
    const test::TempDir dir;
    dir.write("job/ended.toml", k_rules);
    Facts facts = out_of_memory();
    facts.set("step.id", std::string("4242.0")).set("memory.suggest", Bytes{std::uint64_t{6} << 30}).set("cluster", std::string("deep"));
    const Result<std::vector<Finding>> found = RuleBook({dir.path()}).diagnose("job", facts);
    REQUIRE(found);
    CHECK(found->front().title == "Step 4242.0 ran out of memory: limit 4 GiB");
    REQUIRE(found->front().fixes.size() == 3);
    CHECK(found->front().fixes[0].commands == std::vector<std::string>{"#SBATCH --mem=6G", "true"});
    CHECK(found->front().escalate->message.starts_with("Job 4242 on deep\nUser alice\n\nStep"));
}

TEST_CASE("a rule is silent when an `unless` holds or a fact is not known")
{
    const test::TempDir dir;
    dir.write("job/ended.toml", k_rules);
    const RuleBook book({dir.path()});
    Facts facts = out_of_memory();
    facts.set("job.gpu_oom", true);
    CHECK(book.diagnose("job", facts)->size() == 1);
    CHECK(book.diagnose("job", Facts())->empty());
}

TEST_CASE("a later directory adds rules and replaces those of the same key")
{
    const auto rule = [](std::string_view id, std::string_view title, std::string_view more = "") {
        return "[[rule]]\nid='" + std::string(id) + "'\nseverity='note'\ncertainty='certain'\nwhen=[{fact='f',known=true}]\ntitle='" + std::string(title) + "'\n" + std::string(more);
    };
    const test::TempDir ours;
    const test::TempDir site;
    ours.write("job/20-a.toml", rule("job.one", "ours one") + rule("job.two", "ours two") + rule("job.two", "ours two b", "name='job.two/b'\n"));
    site.write("job/10-site.toml", rule("job.two", "site two") + rule("job.new", "site new"));
    site.write("job/notes.txt", "not a rule");
    site.write("job/.hidden.toml", "= broken");
    Facts facts;
    facts.set("f", true);
    const Result<std::vector<Finding>> found = RuleBook({ours.path(), site.path(), "/nonexistent"}).diagnose("job", facts);
    REQUIRE(found);
    std::string titles;
    for (const Finding& finding : *found) {
        titles += finding.title + ";";
    }
    CHECK(titles == "site two;site new;ours one;ours two b;");
}

TEST_CASE("a topic without rules is an error, as nothing would be found wrong")
{
    const test::TempDir dir;
    const Result<std::vector<Finding>> found = RuleBook({dir.path()}).diagnose("job", {});
    REQUIRE_FALSE(found);
    CHECK(found.error().message == "no rules for 'job' in '" + dir.path().string() + "'");
    CHECK(RuleBook({}).diagnose("job", {})->empty());
}

TEST_CASE("wrong TOML points at its place")
{
    const std::string message = error_of("[[rule]]\nid = \"x\n");
    CHECK(message.starts_with("10-x.toml:2:8: error while parsing string: "));
    CHECK(message.ends_with("\nid = \"x\n       ^"));
    CHECK(error_of("x = 1\n") == "10-x.toml:1:1: a rule file has no key 'x'\nx = 1\n^");
}

TEST_CASE("a wrong rule is told with the line and a caret")
{
    std::string hint;
    CHECK(rule_error("sevirity = 'note'\n", &hint) == "10-x.toml:7:1: a rule has no key 'sevirity'\nsevirity = 'note'\n^");
    CHECK(hint == "did you mean 'severity'?");
    CHECK(rule_error("cause = 'costs {n'\n") ==
          "10-x.toml:7:16: '{' without '}'; a brace of the text itself is written '{{'\ncause = 'costs {n'\n               ^");
    CHECK(rule_error("labels = 5\n") == "10-x.toml:7:10: 'labels' must be a string or a list of strings, not an integer\nlabels = 5\n         ^");
    CHECK(rule_error("labels = ['a', '']\n") == "10-x.toml:7:16: 'labels' must not have an empty entry\nlabels = ['a', '']\n               ^");
    CHECK(rule_error("unless = [ { fact = 'a' } ]\n", &hint) == "10-x.toml:7:12: this condition compares 'a' with nothing\nunless = [ { fact = 'a' } ]\n           ^");
    CHECK(hint == "add one of: is, is_not, one_of, none_of, at_least, at_most, above, below, matches, known");
    CHECK(rule_error("unless = [ { fact = 'a', is_nto = 1 } ]\n", &hint).starts_with("10-x.toml:7:26: a condition has no key 'is_nto'"));
    CHECK(hint == "did you mean 'is_not'?");
    CHECK(rule_error("unless = [ { fact = 'a', above = 'x' } ]\n").find("must be a number, a duration") != std::string::npos);
    CHECK(rule_error("unless = [ { fact = 'a', one_of = 'x' } ]\n").find("must be a list with at least one value") != std::string::npos);
    CHECK(rule_error("fix = [ { commands = ['ls'] } ]\n").starts_with("10-x.toml:7:9: this fix has no 'text'"));
    CHECK(rule_error("fix = [ { text = 'x', risk = 'some' } ]\n", &hint).starts_with("10-x.toml:7:30: 'risk' cannot be 'some'"));
    CHECK(rule_error("escalate = { to = 'support' }\n").starts_with("10-x.toml:7:12: this escalation has no 'why'"));
    CHECK(rule_error("escalate = 'support'\n").starts_with("10-x.toml:7:12: 'escalate' must be a table, not a string"));
    CHECK(error_of("[[rule]]\nid = 'a.b'\nseverity = 'bad'\nwhen = [{fact='f',known=true}]\n", "job", &hint) ==
          "10-x.toml:3:12: 'severity' cannot be 'bad'\nseverity = 'bad'\n           ^");
    CHECK(hint == "it can be: note, warning, error, critical");
    CHECK(error_of("[[rule]]\nid = 'a.b'\n").starts_with("10-x.toml:1:1: this rule has no 'when'"));
    CHECK(error_of("[[rule]]\nid = ''\n").starts_with("10-x.toml:2:6: 'id' must not be empty"));
    CHECK(error_of("[[message]]\nlines = ['a']\n[[message]]\nlines = ['b']\n").starts_with("10-x.toml:3:1: a topic has one 'message'"));
}

TEST_CASE("a wrong pattern is told when it is needed, and by lint")
{
    const test::TempDir dir;
    dir.write("job/10-x.toml", "[[rule]]\nid = 'a.b'\nseverity = 'note'\ncertainty = 'certain'\ntitle = 't'\nwhen = [ { fact = 'f', matches = '(' } ]\n");
    const RuleBook book({dir.path()});
    CHECK(book.diagnose("job", {}));
    Facts facts;
    facts.set("f", std::string("x"));
    const Result<std::vector<Finding>> found = book.diagnose("job", facts);
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("10-x.toml:6:34: wrong pattern: ") != std::string::npos);
    CHECK(found.error().message.ends_with("\nwhen = [ { fact = 'f', matches = '(' } ]\n                                 ^"));
}

TEST_CASE("the list of rules names each finding, and no noise")
{
    const test::TempDir dir;
    dir.write("job/ended.toml", k_rules);
    dir.write("log/10.toml", "[[rule]]\nid='log.fine'\nkind='noise'\ncontains=['fine']\npattern='fine'\n");
    const Result<std::vector<RuleInfo>> infos = RuleBook({dir.path()}).rules();
    REQUIRE(infos);
    REQUIRE(infos->size() == 2);
    CHECK(infos->front().id == "job.out-of-memory");
    CHECK(infos->front().topic == "job");
    CHECK(infos->front().title == "Step {step.id} ran out of memory: limit {memory.limit}");
    CHECK(infos->front().labels == std::vector<std::string>{"oom-host"});
}

TEST_CASE("a rule file cut anywhere is read or refused, and never worse")
{
    for (std::size_t length = 0; length < k_rules.size(); length += 3) {
        const test::TempDir dir;
        dir.write("job/x.toml", k_rules.substr(0, length));
        const RuleBook book({dir.path()});
        const Result<std::vector<Finding>> found = book.diagnose("job", out_of_memory());
        CHECK((found || found.error().code == Code::config));
    }
}

} // namespace rule_book_test

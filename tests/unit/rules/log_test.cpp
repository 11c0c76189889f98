// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <hpcdoc/rules.hpp>

#include "temp_dir.hpp"

namespace log_test {

using namespace hpcdoc;

namespace {

constexpr std::string_view k_rules = R"toml(
[[rule]]
id = "log.handled"
kind = "noise"
contains = ["handled"]
pattern = 'handled \w+Error'

[[rule]]
id = "python.module-missing"
severity = "error"
certainty = "certain"
contains = ["ModuleNotFoundError", "ImportError"]
patterns = ["No module named '(?P<module>[^']+)'", "cannot import (?P<module>\\w+)"]
title = "Python cannot find the module '{module}'"
fix = { text = "Install it", commands = ["pip install {module}"] }
labels = ["missing-python-module"]
evidences = "job.failed"

[[rule]]
id = "python.error"
severity = "error"
certainty = "likely"
contains = ["Error"]
pattern = '(?P<what>\w+Error)'
title = "{what} in {job.id}"
fix = { text = "Read the traceback" }

[[rule]]
id = "slurm.step-killed"
severity = "warning"
certainty = "certain"
kind = "consequence"
contains = ["srun: error"]
pattern = 'srun: error: (?P<host>\S+): task (?P<rank>\d+)'
title = "A step was killed"
fix = { text = "See the cause" }
)toml";

class Logs {
public:
    explicit Logs(std::string_view rules = k_rules) { m_dir.write("log/10-x.toml", rules); }

    std::vector<LogMatch> read(std::string_view text) const
    {
        Facts facts;
        facts.set("job.id", std::string("4242"));
        const Result<std::vector<LogMatch>> matches = RuleBook({m_dir.path()}).read_log(text, "slurm.out", facts);
        REQUIRE_MESSAGE(matches, (matches ? "" : matches.error().message));
        return *matches;
    }

private:
    test::TempDir m_dir{};
};

std::string ids(const std::vector<LogMatch>& matches)
{
    std::string all;
    for (const LogMatch& match : matches) {
        all += match.finding.id + ":" + std::to_string(match.line) + "x" + std::to_string(match.count) + " ";
    }
    return all;
}

} // namespace

TEST_CASE("the first matching root rule of a line wins, each rule once with its count")
{
    const Logs logs;
    const auto matches = logs.read("start\nModuleNotFoundError: No module named 'numpy'\nValueError: x\nImportError: cannot import foo\n");
    CHECK(ids(matches) == "python.module-missing:2x2 python.error:3x1 ");
    const LogMatch& first = matches.front();
    CHECK(first.finding.title == "Python cannot find the module 'numpy'");
    CHECK(first.finding.fixes.front().commands == std::vector<std::string>{"pip install numpy"});
    CHECK(first.finding.rule == "log/10-x.toml:8");
    CHECK(first.kind == LogMatch::Kind::root);
    CHECK(first.priority == 1);
    CHECK(first.evidences == "job.failed");
    REQUIRE(first.finding.origin);
    CHECK(first.finding.origin->line == 2);
    CHECK(first.finding.origin->file == "slurm.out");
    CHECK(matches.back().finding.title == "ValueError in 4242");
}

TEST_CASE("the excerpt is the line with its neighbours")
{
    const Logs logs;
    const auto matches = logs.read("zero\none\nValueError: x\n\nthree\nfour\n");
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].finding.evidence == std::vector<Evidence>{{"slurm.out:3", "one\nValueError: x\nthree"}});
    CHECK(logs.read("ValueError: x")[0].finding.evidence[0].excerpt == "ValueError: x");
}

TEST_CASE("a line that a noise rule knows is given to no other rule")
{
    const Logs logs;
    const auto matches = logs.read("plugin handled ValueError\nhandled ImportError: cannot import x\n");
    CHECK(ids(matches) == "log.handled:1x2 ");
    CHECK(matches[0].kind == LogMatch::Kind::noise);
}

TEST_CASE("consequences are told beside the cause, with host and rank")
{
    const Logs logs;
    const auto matches = logs.read("ValueError: x\nsrun: error: n17: task 3: Killed\nsrun: error: n18: task 4: Killed\n");
    CHECK(ids(matches) == "python.error:1x1 slurm.step-killed:2x2 ");
    CHECK(matches[1].kind == LogMatch::Kind::consequence);
    CHECK(matches[1].finding.origin->host == "n17");
    CHECK(matches[1].finding.origin->rank == 3);
}

TEST_CASE("a line is taken by the first rule that knows it, be it of a cause or of an echo")
{
    const Logs logs;
    CHECK(ids(logs.read("srun: error: n17: task 3: Killed after ValueError\n")) == "python.error:1x1 ");
    CHECK(ids(logs.read("srun: error: n17: task 3: Killed\n")) == "slurm.step-killed:1x1 ");
}

TEST_CASE("progress bars, colours and CRLF do not hide a line")
{
    const Logs logs;
    const auto matches = logs.read("10%\r50%\r\x1b[31mValue\x1b[0mError: x\r\nTypeError\r\n");
    CHECK(ids(matches) == "python.error:1x2 ");
    CHECK(matches[0].finding.evidence[0].excerpt == "50%\nValueError: x\nTypeError");
}

TEST_CASE("a log that ends in the middle of a line, or is no text, is read")
{
    const Logs logs;
    CHECK(logs.read("").empty());
    CHECK(logs.read("\n\n\r").empty());
    CHECK(ids(logs.read("ModuleNotFoundError: No module named 'nump")) == "python.error:1x1 ");
    const auto matches = logs.read(std::string("\xff\xfe\0\x80 ValueError \x1b[2J\xc3", 22));
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].finding.evidence[0].excerpt.find('\x1b') == std::string::npos);
    CHECK(matches[0].finding.evidence[0].excerpt.find('\xff') == std::string::npos);
}

TEST_CASE("in a very long line the part around the word is looked at and shown")
{
    const Logs logs;
    const std::string fill(300'000, 'x');
    const auto matches = logs.read(fill + " Error " + fill + " ModuleNotFoundError: No module named 'torch' " + fill);
    REQUIRE(matches.size() == 1);
    CHECK(matches[0].finding.title == "Python cannot find the module 'torch'");
    const std::string& excerpt = matches[0].finding.evidence[0].excerpt;
    CHECK(excerpt.size() < 420);
    CHECK(excerpt.find("'torch'") != std::string::npos);
    CHECK(excerpt.starts_with("..."));
    CHECK(excerpt.ends_with("..."));
}

TEST_CASE("what a log line captured cannot add a command of its own")
{
    const Logs logs;
    const auto matches = logs.read("ModuleNotFoundError: No module named 'x; rm -rf ~'\n");
    CHECK(matches[0].finding.fixes[0].commands == std::vector<std::string>{"pip install 'x; rm -rf ~'"});
}

TEST_CASE("a wrong pattern is told with its place when a line needs it")
{
    const test::TempDir dir;
    dir.write("log/10-x.toml", "[[rule]]\nid='a.b'\nseverity='note'\ncertainty='likely'\ncontains=['Error']\npattern='(x'\ntitle='t'\n");
    const RuleBook book({dir.path()});
    CHECK(book.read_log("fine", "x", {}));
    const auto matches = book.read_log("Error", "x", {});
    REQUIRE_FALSE(matches);
    CHECK(matches.error().message.ends_with("10-x.toml:6:9: wrong pattern: missing ): (x\npattern='(x'\n        ^"));
}

TEST_CASE("keys of a log rule are checked")
{
    const auto message = [](std::string_view text) {
        const test::TempDir dir;
        dir.write("log/10-x.toml", text);
        const auto matches = RuleBook({dir.path()}).read_log("", "x", {});
        REQUIRE_FALSE(matches);
        return matches.error().message.substr(matches.error().message.find("10-x"));
    };
    CHECK(message("[[rule]]\nid='a.b'\nwhen=[]\n").starts_with("10-x.toml:3:1: a log rule has no key 'when'"));
    CHECK(message("[[rule]]\nid='a.b'\npattern='x'\n").starts_with("10-x.toml:1:1: this rule has no 'contains'"));
    CHECK(message("[[rule]]\nid='a.b'\ncontains='xxxx'\n").starts_with("10-x.toml:1:1: this rule has no 'pattern'"));
    CHECK(message("[[rule]]\nid='a.b'\ncontains=['xx','']\n").starts_with("10-x.toml:3:16: 'contains' must not have an empty entry"));
    CHECK(message("[[rule]]\nid='a.b'\ncontains=[\"a\\nb\"]\n").starts_with("10-x.toml:3:11: 'contains' is looked for in one line"));
    CHECK(message("[[rule]]\nid='a.b'\ncontains='xxxx'\npattern='x'\nkind='cause'\n").starts_with("10-x.toml:5:6: 'kind' cannot be 'cause'"));
}

} // namespace log_test

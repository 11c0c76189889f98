// SPDX-License-Identifier: Apache-2.0
// hpcdoc rules: what its commands say.
#include "world.hpp"

#include <fstream>

#include <hpcdoc/rule_views.hpp>

#include "temp_dir.hpp"

using namespace hpcdoc;
using test::StringInput;
using test::World;

namespace {

std::string draft(const std::string& line)
{
    World world;
    Context ctx = world.context();
    StringInput input;
    Report report;
    const auto done = draft_rule(ctx, {line}, input, report);
    REQUIRE_MESSAGE(done, (done ? "" : describe(done.error())));
    return report.body.value_or("");
}

Result<void> prove(RuleProof proof, const std::filesystem::path& dir, Report& report)
{
    World world;
    Context ctx = world.context();
    return prove_rules(ctx, proof, dir.string(), report);
}

} // namespace

TEST_CASE("a drafted rule knows its own line, whatever stands in it")
{
    for (const char* line : {"2026-01-02 10:11:12,345 solver[12]: licence pool 'EMEA' exhausted after 30 s", "ERROR: could not read \"/data/in.h5\": header (v2) damaged at 0xdeadbeef",
                             "panic{1}: a+b*c=[d]^2 $x|y \\ done", "fatal: can't open `mesh.msh'", "[17] worker stopped responding"}) {
        INFO(line);
        const test::TempDir dir;
        dir.write("log/x.toml", draft(line));
        Report report;
        const auto lint = prove(RuleProof::lint, dir.path(), report);
        CHECK_MESSAGE(lint, (lint ? "" : describe(lint.error())));
        const auto tested = prove(RuleProof::test, dir.path(), report);
        CHECK_MESSAGE(tested, (tested ? "" : describe(tested.error())));
    }
}

TEST_CASE("a line of numbers makes no rule")
{
    World world;
    Context ctx = world.context();
    StringInput input;
    Report report;
    const auto done = draft_rule(ctx, {"12 34 5.6"}, input, report);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::usage);
}

TEST_CASE("a site's directory is proved together with the shipped rules, and its own mistakes are told")
{
    const test::TempDir dir;
    dir.write("95-site.toml", "[[rule]]\nid = \"site.module\"\nseverity = \"error\"\ncertainty = \"certain\"\nlabels = [\"missing-python-module\"]\ncontains = [\"ModuleNotFoundError\"]\n"
                           "pattern = \"ModuleNotFoundError\"\ntitle = \"t\"\nfix = { text = \"Load it\" }\nfires = [\"ModuleNotFoundError: No module named 'numpy'\"]\nsilent = [\"x\"]\n");
    Report report;
    CHECK(prove(RuleProof::lint, dir.path(), report));
    CHECK(report.verdict()->title == "1 rule: no mistake");
    const auto taken = prove(RuleProof::test, dir.path() / "95-site.toml", report);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Code::config);
    CHECK(taken.error().message.find("95-site.toml:10:10: rule 'site.module': this 'fires' line is taken by rule 'python.module-missing'") != std::string::npos);
}

TEST_CASE("a directory without rules is wrong usage of lint")
{
    const test::TempDir dir;
    Report report;
    const auto done = prove(RuleProof::lint, dir.path(), report);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Code::config);
    CHECK(done.error().message.find("there are no rules in '") == 0);
}

TEST_CASE("rules are listed, filtered, searched and shown")
{
    World world;
    Context ctx = world.context();
    Report listed;
    REQUIRE(list_rules(ctx, {.topic = "log", .label = "quota-exceeded", .severity = ""}, listed));
    REQUIRE(listed.tables().size() == 1);
    CHECK(listed.tables().front().id == "rules.log");
    CHECK_FALSE(listed.tables().front().rows.empty());
    Report found;
    REQUIRE(search_rules(ctx, {"Quota"}, found));
    REQUIRE(found.tables().size() == 1);
    CHECK(found.tables().front().rows.front().front().find("quota") != std::string::npos);
    Report shown;
    REQUIRE(show_rules(ctx, {"python.module-missing"}, shown));
    CHECK(shown.body->find("ModuleNotFoundError") != std::string::npos);
    CHECK(shown.tables().size() == 2);
}

TEST_CASE("what no rule has is told with the nearest word")
{
    World world;
    Context ctx = world.context();
    Report report;
    const auto label = list_rules(ctx, {.topic = "", .label = "quota-exceded", .severity = ""}, report);
    REQUIRE_FALSE(label);
    CHECK(describe(label.error()) == "no rule has the label 'quota-exceded'");
    CHECK(label.error().hint == "did you mean 'quota-exceeded'?");
    const auto id = show_rules(ctx, {"python.module-mising"}, report);
    REQUIRE_FALSE(id);
    CHECK(id.error().hint == "did you mean 'python.module-missing'?");
    const auto none = search_rules(ctx, {"  "}, report);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == Code::usage);
}

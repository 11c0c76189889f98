// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "world.hpp"

namespace array_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

Row task_row(int task, const std::string& state, const std::string& exit_code)
{
    Row row = job_row(fmt::format("4242_{}", task), state, exit_code);
    row["JobIDRaw"] = fmt::format("{}", 4242 + task);
    return row;
}

std::string shown(const Table& table)
{
    std::string text;
    for (const auto& row : table.rows) {
        for (const std::string& cell : row) {
            text += cell + "|";
        }
        text += '\n';
    }
    return text;
}

} // namespace

TEST_CASE("ten thousand tasks are a handful of stories, told once each")
{
    std::vector<Row> rows;
    for (int task = 1; task <= 10'000; ++task) {
        const bool killed = task % 1000 == 7;
        const bool failed = task % 100 == 3;
        rows.push_back(task_row(task,
                                killed   ? "OUT_OF_MEMORY"
                                : failed ? "FAILED"
                                         : "COMPLETED",
                                killed   ? "0:125"
                                : failed ? "3:0"
                                         : "0:0"));
    }
    World world;
    world.forgotten("4242").accounting("4242", rows);
    const auto before = std::chrono::steady_clock::now();
    const Report report = world.explain("4242");
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
    REQUIRE(report.tables().size() == 1);
    const Table& table = report.tables()[0];
    CAPTURE(shown(table));
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0][0] == "100"); // failed: more of them than were killed
    CHECK(table.rows[1][0] == "10");
    CHECK(table.rows[1][2] == "job.out-of-memory");
    CHECK(holds(table.rows[1][3], "7,1007,2007"));
    CHECK(table.rows[2][0] == "9890");
    CHECK(report.reports().size() == 2); // nothing is told of those that went well
    CHECK(holds(report.headline, "100 FAILED"));
    CHECK(text_of(report).size() < 20'000);
}

TEST_CASE("an array that went well is one story")
{
    World world;
    world.forgotten("4242").accounting("4242", {task_row(1, "COMPLETED", "0:0"), task_row(2, "COMPLETED", "0:0")});
    const Report report = world.explain("4242");
    CHECK(report.reports().size() == 1);
    CHECK(verdict_of(report) == "job.completed");
}

TEST_CASE("one task of an array is a job like any other")
{
    World world;
    world.forgotten("4242_3").accounting("4242_3", {task_row(3, "FAILED", "0:11")});
    const Report report = world.explain("4242_3");
    CHECK(report.reports().empty());
    CHECK(verdict_of(report) == "job.segfault");
}

TEST_CASE("several ids are one report with a part each, and the worst is the verdict")
{
    World world;
    world.forgotten("7").accounting("7", {job_row("7", "COMPLETED")});
    world.forgotten("8").accounting("8", {job_row("8", "FAILED", "0:11")});
    const Report report = world.explain(std::vector<std::string>{"7", "8"});
    REQUIRE(report.reports().size() == 2);
    CHECK(verdict_of(report) == "job.segfault");
    CHECK(report.worst() == Severity::error);
}

} // namespace array_test

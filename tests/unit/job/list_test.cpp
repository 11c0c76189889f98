// SPDX-License-Identifier: Apache-2.0
// job list, completion of ids, and the job that is chosen when none is named.
#include "world.hpp"

namespace list_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

const std::vector<std::string> k_squeue = {
    "squeue", "-h", "-a", "-u", "alice", "-t", "all", "-o", slurm::squeue_format()};

std::vector<std::string> sacct_since(const std::string& start)
{
    return {"sacct", "-D", "-p", "--delimiter=\x1f", "-u", "alice", "-S", start};
}

// The accounting has these jobs of alice, the controller none.
struct Past : World {
    explicit Past(const std::vector<Row>& rows)
    {
        runner.on(k_squeue, "");
        runner.on(sacct_since("2025-11-18T14:00"), sacct_text(rows));
        runner.on(sacct_since("2025-11-24T14:00"), sacct_text(rows));
    }
};

Row ended(const std::string& id, const std::string& state, const std::string& end, const std::string& code = "0:0")
{
    Row row = job_row(id, state, code);
    row["End"] = "2025-11-25T" + end;
    return row;
}

Row waiting(const std::string& id, const std::string& submit)
{
    Row row = job_row(id, "PENDING");
    row["Start"] = row["End"] = "Unknown";
    row["Submit"] = "2025-11-25T" + submit;
    row["Reason"] = "Priority";
    return row;
}

// What is chosen, and why; the job itself is then asked for.
std::pair<std::string, std::string> chosen(const std::vector<Row>& rows, const Row& one)
{
    Past world(rows);
    const std::string id = one.at("JobID");
    world.forgotten(id).accounting(id, {one});
    world.runner.on({"squeue", "-h", "-a", "-p", "debug", "-t", "PENDING,RUNNING", "-o", slurm::squeue_format()}, "");
    world.runner.on({"squeue", "-h", "-a", "--start", "-j", id, "-o", "%S"}, "N/A\n");
    const Report report = world.explain(std::vector<std::string>{});
    const auto why = std::find_if(report.facts().begin(), report.facts().end(),
                                  [](const Fact& fact) { return fact.name == "job.chosen"; });
    REQUIRE(why != report.facts().end());
    return {report.subject, why->value};
}

Report list(World& world, JobListQuestion question = {})
{
    Report report;
    Context ctx = world.context();
    const auto done = list_jobs(ctx, question, report);
    REQUIRE_MESSAGE(done, done.error().message);
    return report;
}

} // namespace

TEST_CASE("without an id the latest failed job is explained, however many ended well after it")
{
    const Row early = ended("10", "FAILED", "12:00:00", "3:0");
    const Row late = ended("11", "FAILED", "13:00:00", "3:0");
    const auto [id, why] = chosen({early, late, ended("12", "COMPLETED", "13:30:00"), waiting("13", "10:00:00")}, late);
    CHECK(id == "11");
    CHECK(holds(why, "failed"));
}

TEST_CASE("when none failed the longest waiting job is explained, else the latest")
{
    const Row long_one = waiting("14", "09:00:00");
    const auto [id, why] =
        chosen({waiting("13", "10:00:00"), long_one, ended("12", "COMPLETED", "13:30:00")}, long_one);
    CHECK(id == "14");
    CHECK(holds(why, "waits longest"));
    const Row last = ended("12", "COMPLETED", "13:30:00");
    CHECK(chosen({ended("11", "COMPLETED", "12:00:00"), last}, last).first == "12");
}

TEST_CASE("a job that its owner cancelled did not fail")
{
    const Row other = ended("11", "COMPLETED", "13:00:00");
    CHECK(chosen({ended("12", "CANCELLED by 1000", "12:00:00"), other}, other).first == "11");
    const Row by_admin = ended("12", "CANCELLED by 0", "12:00:00");
    CHECK(chosen({by_admin, other}, by_admin).first == "12");
}

TEST_CASE("somebody without jobs is told so, and that is no trouble")
{
    Past world(std::vector<Row>{});
    const Report report = world.explain(std::vector<std::string>{});
    CHECK(holds(report.headline, "alice has no job"));
    CHECK(exit_for(report, Severity::error) == Exit::clean);
}

TEST_CASE("the list asks Slurm two questions, however many jobs there are")
{
    std::vector<Row> rows;
    for (int i = 0; i < 500; ++i) {
        rows.push_back(ended(fmt::format("{}", 1000 + i), i % 2 == 0 ? "FAILED" : "COMPLETED",
                             fmt::format("13:{:02}:00", i % 60), i % 2 == 0 ? "0:11" : "0:0"));
    }
    Past world(rows);
    JobListQuestion question;
    question.most = 500;
    const Report report = list(world, question);
    REQUIRE(report.tables().size() == 1);
    CHECK(report.tables()[0].rows.size() == 500);
    CHECK(world.runner.calls().size() == 3); // and which fields sacct has
}

TEST_CASE("what waits or runs stands first, then the latest; what is left out is counted")
{
    Past world(
        {ended("10", "FAILED", "12:00:00", "0:11"), ended("11", "COMPLETED", "13:00:00"), waiting("9", "13:40:00")});
    JobListQuestion question;
    question.most = 2;
    const Report report = list(world, question);
    REQUIRE(report.tables().size() == 1);
    const auto& rows = report.tables()[0].rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0][0] == "9");
    CHECK(rows[1][0] == "11");
    CHECK(holds(report.headline, "3 jobs of alice"));
    CHECK(holds(report.headline, "2 shown"));
}

TEST_CASE("ids for completion come with their state and a name that is harmless")
{
    Row row = ended("10", "FAILED", "12:00:00");
    row["JobName"] = "\x1b[31mred\nblue";
    Past world({row, ended("11", "COMPLETED", "13:00:00")});
    Context ctx = world.context();
    const std::vector<Candidate> candidates = job_id_candidates(ctx);
    REQUIRE(candidates.size() == 2);
    CHECK(candidates[0].word == "10");
    CHECK(holds(candidates[0].about, "FAILED"));
    CHECK_FALSE(holds(candidates[0].about, "\x1b"));
    CHECK_FALSE(holds(candidates[0].about, "\n"));
}

TEST_CASE("completion is silent when Slurm is not there")
{
    World world;
    world.runner.on(k_squeue, hpcdoc::test::ended(Completion::How::not_found));
    Context ctx = world.context();
    CHECK(job_id_candidates(ctx).empty());
}

TEST_CASE("without Slurm nothing is said of jobs, and no job 0 is asked for")
{
    World world;
    world.runner.on(k_squeue, hpcdoc::test::ended(Completion::How::not_found));
    Context ctx = world.context();
    Report report;
    REQUIRE(list_jobs(ctx, JobListQuestion{}, report));
    CHECK(holds(report.headline, "Slurm does not say which jobs"));
    const std::string text = text_of(report);
    CHECK_FALSE(holds(text, "explain 0"));
    CHECK_FALSE(holds(text, "Job: 0"));
}

} // namespace list_test

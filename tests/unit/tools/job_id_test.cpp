// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/job_id.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace job_id_test {

using namespace hpcdoc;
using slurm::parse_job_id;

TEST_CASE("A job id is read in every form that Slurm prints, and printed as it was")
{
    const std::vector<std::string> forms = {"4242",       "4242_7",       "4242_[3-7%2]", "4242_[1,3,9-...]", "4242+1", "4242.0",
                                            "4242.batch", "4242.extern",  "4242_7.batch", "4242+1.batch",     "123.0+1",
                                            "4242.TBD",   "4242_0.interactive", "4242_[0-31:4]"};
    for (const std::string& form : forms) {
        CAPTURE(form);
        const auto id = parse_job_id(form);
        REQUIRE(id);
        CHECK(id->text() == form);
    }
}

TEST_CASE("The parts of a job id go where they belong")
{
    auto id = parse_job_id("4242_7.batch").value();
    CHECK(id.job == 4242);
    CHECK(id.task == 7);
    CHECK(id.step == "batch");
    CHECK(id.job_text() == "4242_7");
    CHECK(parse_job_id("4242_[3-7%2]").value().tasks == "3-7%2");
    CHECK(parse_job_id("12+1").value().het == 1);
    CHECK(parse_job_id("12+1").value().job_text() == "12+1");
    CHECK(parse_job_id("  4242\n").value().job == 4242);
    CHECK(parse_job_id("JobId=4242").value().job == 4242);
    CHECK(parse_job_id("4242@big-cluster").value().cluster == "big-cluster");
    CHECK(parse_job_id("4242@big-cluster").value().text() == "4242");
    CHECK(parse_job_id("4294967293").value().job == 4294967293);
}

TEST_CASE("A log file's name is taken for its job")
{
    CHECK(parse_job_id("slurm-4242.out").value().text() == "4242");
    CHECK(parse_job_id("/scratch/a b/slurm-4242_7.out").value().text() == "4242_7");
    CHECK(parse_job_id("train_4242.err").value().text() == "4242");
    CHECK(parse_job_id("job.4242.log").value().text() == "4242");
    CHECK(parse_job_id("4242.out").value().text() == "4242");
}

TEST_CASE("What is no job id is refused with what to type instead")
{
    const std::vector<std::string> wrong = {"",       "   ",      "0",         "abc",      "12a",   "-5",      "4242_",
                                            "4242_[", "4242_[]",  "4242_[a]",  "4242_x",   "4242+", "4242.",   "4242.foo",
                                            "4242.0+", "4242 4243", "4242;ls", "4242@",    "4242@-x", "4242@a b", "exp12.log",
                                            "slurm-.out", ".out", "sAAAAAAAAAAAAA", "٤٢", "4242_3-7", "1.5.6", "0x10", "+5"};
    for (const std::string& text : wrong) {
        CAPTURE(text);
        const auto id = parse_job_id(text);
        REQUIRE_FALSE(id);
        CHECK(id.error().code == Code::usage);
        CHECK_FALSE(id.error().hint.empty());
    }
    CHECK(parse_job_id("abc").error().message == "'abc' is not a job id: it does not start with a number");
    CHECK(parse_job_id("0").error().message == "'0' is not a job id: Slurm's job ids start at 1");
}

TEST_CASE("Numbers that Slurm cannot have are refused, not wrapped around")
{
    for (const char* text : {"4294967294", "4294967295", "4294967296", "18446744073709551616", "111111111111111111111111111111", "5_4294967294",
                             "5+99999999999999999999"}) {
        CAPTURE(text);
        const auto id = parse_job_id(text);
        REQUIRE_FALSE(id);
        CHECK(id.error().message.find("larger than any") != std::string::npos);
    }
}

TEST_CASE("A hostile job id is shown harmlessly and shortly")
{
    const auto id = parse_job_id("4\x1b[31m" + std::string(100'000, 'x'));
    REQUIRE_FALSE(id);
    CHECK(id.error().message.find('\x1b') == std::string::npos);
    CHECK(id.error().message.size() < 400);
    REQUIRE_FALSE(parse_job_id(std::string("12\0", 3)));
    REQUIRE_FALSE(parse_job_id("\xff\xfe"));
}

} // namespace job_id_test

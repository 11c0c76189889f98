// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "logs/tags.hpp"

namespace tags_test {

using namespace hpcdoc;
using namespace hpcdoc::logs;

namespace {

TagReader reader()
{
    const std::string file = std::string(HPCDOC_SOURCE_DIR) + "/share/hpcdoc/logs/prefixes.toml";
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    Result<TagReader> read = TagReader::load(text.str(), file);
    REQUIRE(read);
    return std::move(*read);
}

} // namespace

TEST_CASE("launchers and loggers say which rank, node and time")
{
    const TagReader tags = reader();
    CHECK(tags.read("[1,5]<stderr>:Segmentation fault", false).rank == 5);
    CHECK(tags.read("[rank3]:[E1121 02:47:38.123456 ProcessGroupNCCL.cpp:474] x", false).rank == 3);
    CHECK(tags.read("[default2]: Traceback", false).local_rank == 2);
    const Tags nccl = tags.read("n12:4711:4720 [3] NCCL WARN Cuda failure", false);
    CHECK(nccl.host == "n12");
    CHECK(nccl.local_rank == 3);
    const Tags srun = tags.read("srun: error: n07: tasks 12-15: Killed", false);
    CHECK(srun.rank == 12);
    CHECK(srun.host == "n07");
    CHECK(tags.read("Abort(1) on node 6 (rank 6 in comm 0): application called", false).rank == 6);
    CHECK(tags.near("  rank      : 3 (local_rank: 3)").rank == 3);
}

TEST_CASE("a label is one only where nearly all lines have it")
{
    const TagReader tags = reader();
    CHECK(tags.read(" 3: step 1", true).rank == 3);
    CHECK_FALSE(tags.read(" 3: step 1", false).rank);
    CHECK(tags.labelled("0: a\n1: b\n2: c\n3: d\n"));
    CHECK_FALSE(tags.labelled("Results:\n0: a\ntable\nof\nnumbers\n"));
    CHECK_FALSE(tags.labelled(""));
}

TEST_CASE("times are compared as the log tells them")
{
    const TagReader tags = reader();
    const auto seconds = [&](std::string_view line) { return tags.read(line, false).time.value().seconds; };
    CHECK(seconds("2026-11-20 12:00:01,500 ERROR x") - seconds("[2026-11-20T12:00:00] x") == doctest::Approx(1.5));
    CHECK(seconds("slurmstepd: error: *** JOB 7 ON n1 CANCELLED AT 2026-11-20T12:00:05 DUE TO TIME LIMIT ***") -
              seconds("2026-11-20 12:00:00 x") == doctest::Approx(5));
    CHECK_FALSE(tags.read("Nov 20 12:00:00 n1 kernel: x", false).time.value().dated);
    CHECK(tags.read("Nov 20 12:00:00 n1 kernel: x", false).host == "n1");
    CHECK_FALSE(tags.read("2026-99-99 12:00:00 x", false).time);
    CHECK_FALSE(tags.read("no time here", false).time);
}

TEST_CASE("names of files tell ranks")
{
    const TagReader tags = reader();
    CHECK(tags.rank_of_file("/r/1/rank.17/stderr") == 17);
    CHECK(tags.rank_of_file("/r/rsl.error.0004") == 4);
    CHECK(tags.rank_of_file("/r/train.rank12.log") == 12);
    CHECK(tags.rank_of_file("/r/slurm-4242_3.out") == 3);
    CHECK_FALSE(tags.rank_of_file("/r/slurm-4242.out"));
    CHECK_FALSE(tags.rank_of_file("/r/franks.log"));
}

TEST_CASE("a wrong file of prefixes is told with its place")
{
    const auto wrong = TagReader::load("[[prefix]]\nname = 'x'\npattern = '('\n", "p.toml");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("p.toml:3:11: wrong pattern") == 0);
    CHECK_FALSE(TagReader::load("[[prefiks]]\npattern = 'x'\n", "p.toml"));
}

} // namespace tags_test

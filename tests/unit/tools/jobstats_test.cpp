// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <string>

#include <hpcdoc/tools/slurm/jobstats.hpp>

namespace jobstats_test {

using hpcdoc::slurm::parse_jobstats;

namespace {

// {"nodes":{"n1":{"total_memory":1000,"used_memory":400,"total_time":5.5,"cpus":2,"gpu_utilization":{"0":10,"1":30}}},"total_time":10,"gpus":2}
const std::string k_comment = "JS1:H4sIAAAAAAACA1WMywqAIBRE/2XWErfXxp+JSAkhNeq6qPDf8yIEbWZxZuY8CNHYE/pBaCU58rxN3vp4XNAtESmk05oPDULqip230GMzKix7KpJOYd3TlNht7p7ZxSBKEo9C0feUc/6/pVnrOb+3+MG0jQAAAA==";

} // namespace

TEST_CASE("statistics of jobstats are read from the admin comment")
{
    const auto stats = parse_jobstats(k_comment);
    REQUIRE(stats);
    REQUIRE(stats->has_value());
    REQUIRE((*stats)->nodes.size() == 1);
    CHECK((*stats)->nodes[0].node == "n1");
    CHECK((*stats)->nodes[0].memory_used == 400);
    CHECK((*stats)->nodes[0].cpu_seconds == 5.5);
    CHECK((*stats)->gpu_mean() == 20.0);
    CHECK((*stats)->seconds == 10.0);
}

TEST_CASE("a job too short for jobstats, or another comment, has no statistics")
{
    for (const char* comment : {"JS1:Short", "JS1:None", "", "see ticket 17"}) {
        const auto stats = parse_jobstats(comment);
        REQUIRE(stats);
        CHECK_FALSE(stats->has_value());
    }
}

TEST_CASE("damaged statistics are an error, whatever the damage")
{
    CHECK_FALSE(parse_jobstats("JS1:!!!"));
    CHECK_FALSE(parse_jobstats("JS1:aGVsbG8="));
    for (std::size_t cut = 8; cut + 4 < k_comment.size(); cut += 4) {
        CHECK_FALSE(parse_jobstats(k_comment.substr(0, cut)));
    }
}

} // namespace jobstats_test

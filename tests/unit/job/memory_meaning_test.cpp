// SPDX-License-Identifier: Apache-2.0
#include "job/memory_meaning.hpp"
#include "world.hpp"

namespace memory_meaning_test {

using namespace hpcdoc;
using namespace hpcdoc::test;

namespace {

job::MemoryMeanings shipped_meanings()
{
    World world;
    const auto text = world.context().data("slurm/memory.toml");
    REQUIRE(text);
    auto meanings = job::MemoryMeanings::parse(*text, "memory.toml");
    REQUIRE_MESSAGE(meanings, meanings.error().message);
    return std::move(*meanings);
}

} // namespace

TEST_CASE("whether MaxRSS holds the page cache depends on the gatherer, the cgroup and the version")
{
    const job::MemoryMeanings meanings = shipped_meanings();
    const auto cached = [&](const char* type, const char* cgroup, const char* version) {
        const job::MemoryMeaning* meaning = meanings.find(type, cgroup, version);
        REQUIRE(meaning != nullptr);
        CHECK_FALSE(meaning->text.empty());
        return meaning->cached;
    };
    CHECK_FALSE(cached("jobacct_gather/linux", "cgroup/v2", "26.05.5"));
    CHECK_FALSE(cached("jobacct_gather/linux", "cgroup/v1", "22.05.8"));
    CHECK_FALSE(cached("jobacct_gather/cgroup", "cgroup/v1", "23.11.4"));
    CHECK(cached("jobacct_gather/cgroup", "cgroup/v1", "24.11.0"));
    CHECK_FALSE(cached("jobacct_gather/cgroup", "cgroup/v2", "22.05.8"));
    CHECK(cached("jobacct_gather/cgroup", "cgroup/v2", "23.11.0"));
    CHECK(cached("jobacct_gather/cgroup", "autodetect", "25.05.1"));
}

TEST_CASE("what is not known is not given a meaning")
{
    const job::MemoryMeanings meanings = shipped_meanings();
    CHECK(meanings.find("jobacct_gather/site", "cgroup/v2", "24.11.5") == nullptr);
    const job::MemoryMeaning* unversioned = meanings.find("jobacct_gather/linux", "", "");
    REQUIRE(unversioned != nullptr);
    CHECK_FALSE(unversioned->cached);
}

TEST_CASE("a file of meanings that is wrong is refused with its place")
{
    const auto broken = job::MemoryMeanings::parse("[[gather]]\ntype = \n", "memory.toml");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == Code::config);
    CHECK(holds(broken.error().message, "memory.toml:2"));
    CHECK_FALSE(job::MemoryMeanings::parse("x = 1\n", "memory.toml"));
    CHECK_FALSE(job::MemoryMeanings::parse("gather = [1]\n", "memory.toml"));
}

} // namespace memory_meaning_test

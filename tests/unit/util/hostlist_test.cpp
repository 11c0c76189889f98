// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <random>
#include <set>

#include "util/hostlist.hpp"

namespace hostlist_test {

using namespace hpcdoc::util;
using Hosts = std::vector<std::string>;

TEST_CASE("a host list is expanded as scontrol show hostnames does")
{
    CHECK(expand_hostlist("n1") == Hosts{"n1"});
    CHECK(expand_hostlist("n[1-3,07],x") == Hosts{"n1", "n2", "n3", "n07", "x"});
    CHECK(expand_hostlist("n[08-10]") == Hosts{"n08", "n09", "n10"});
    CHECK(expand_hostlist("gpu-[a,b]-ib") == Hosts{"gpu-a-ib", "gpu-b-ib"});
    CHECK(expand_hostlist("r[1-2]n[1-2].hpc") == Hosts{"r1n1.hpc", "r1n2.hpc", "r2n1.hpc", "r2n2.hpc"});
}

TEST_CASE("what is not a host list is nothing")
{
    for (const char* wrong :
         {"", "(null)", "None assigned", "n[1-3", "n1-3]", "n[]", "n[3-1]", "n[1-]", "n[-1]", "n[a-c]", "a,,b", ",a",
          "a,", "n[1-2x]", "n[1:3]", "n[[1]]", "n[99999999999999999999]", "a b", "a\nb"}) {
        CAPTURE(wrong);
        CHECK_FALSE(expand_hostlist(wrong));
        CHECK_FALSE(count_hostlist(wrong));
    }
}

TEST_CASE("a list that names too many hosts is refused without making them")
{
    CHECK(count_hostlist("n[1-100000]") == 100'000u);
    CHECK(expand_hostlist("n[1-100000]")->size() == 100'000);
    CHECK_FALSE(expand_hostlist("n[1-100001]"));
    CHECK_FALSE(expand_hostlist("n[0-999999999999999999][0-999999999999999999][0-999999999999999999]"));
    CHECK_FALSE(count_hostlist("n[0-999999999999999999]"));
}

TEST_CASE("hosts are folded, sorted, each once")
{
    CHECK(fold_hostlist(Hosts{"n3", "n1", "x", "n2", "n1"}) == "n[1-3],x");
    CHECK(fold_hostlist(Hosts{"n1"}) == "n1");
    CHECK(fold_hostlist(Hosts{}) == "");
    CHECK(fold_hostlist(Hosts{"n08", "n09", "n10"}) == "n[08-10]");
    CHECK(fold_hostlist(Hosts{"n9", "n10", "n11", "n20"}) == "n[9-11,20]");
    CHECK(fold_hostlist(Hosts{"n1", "n02"}) == "n[1,02]");
    CHECK(fold_hostlist(Hosts{"gpu-1-ib", "gpu-2-ib"}) == "gpu-[1-2]-ib");
    CHECK(fold_hostlist(Hosts{"n1.dc2", "n2.dc2"}) == "n[1-2].dc2");
    CHECK(fold_hostlist(Hosts{"login", "n1", "a"}) == "a,login,n1");
}

TEST_CASE("folding and expanding give the same hosts")
{
    std::mt19937 random(3);
    for (int i = 0; i < 200; ++i) {
        std::set<std::string> hosts;
        for (int j = 0; j < 20; ++j) {
            const std::string number = std::to_string(random() % 30);
            hosts.insert((random() % 2 == 0 ? "n" : "rack1-n") + std::string(random() % 3, '0') + number +
                         (random() % 4 == 0 ? "-ib" : ""));
        }
        const std::string folded = fold_hostlist(Hosts(hosts.begin(), hosts.end()));
        CAPTURE(folded);
        const std::optional<Hosts> back = expand_hostlist(folded);
        REQUIRE(back);
        CHECK(std::set<std::string>(back->begin(), back->end()) == hosts);
        CHECK(count_hostlist(folded) == hosts.size());
    }
}

TEST_CASE("array ids are expanded with steps and without the throttle")
{
    using Numbers = std::vector<std::uint64_t>;
    CHECK(expand_numbers("3-7,9") == Numbers{3, 4, 5, 6, 7, 9});
    CHECK(expand_numbers("0-31:10") == Numbers{0, 10, 20, 30});
    CHECK(expand_numbers("1-3%4") == Numbers{1, 2, 3});
    CHECK(expand_numbers("18446744073709551615") == Numbers{18446744073709551615u});
    CHECK(expand_numbers("18446744073709551614-18446744073709551615")->size() == 2);
    for (const char* wrong :
         {"", "1-", "-1", "3-1", "1,,2", "1-3:0", "a", "1-5,...", "1%x", "1%", "0-99999999999", "1-2-3"}) {
        CAPTURE(wrong);
        CHECK_FALSE(expand_numbers(wrong));
    }
    CHECK_FALSE(expand_numbers("1-3", 2));
    CHECK(expand_numbers("1-3", 3)->size() == 3);
}

TEST_CASE("numbers are folded, sorted, each once")
{
    CHECK(fold_numbers(std::vector<std::uint64_t>{3, 0, 1, 2, 7, 7}) == "0-3,7");
    CHECK(fold_numbers(std::vector<std::uint64_t>{18446744073709551615u}) == "18446744073709551615");
    CHECK(fold_numbers({}) == "");
}

} // namespace hostlist_test

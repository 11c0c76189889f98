// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "bundle/checksums.hpp"
#include "bundle/compare.hpp"
#include "bundle/keyed.hpp"
#include "bundle/noise.hpp"

namespace compare_test {

using namespace hpcdoc;
using namespace hpcdoc::bundle;

namespace {

using Rows = std::vector<std::vector<std::string>>;

const Noise& noise()
{
    static const Noise k_noise = [] {
        std::ifstream file(HPCDOC_SOURCE_DIR "/share/hpcdoc/bundle/diff.toml");
        std::stringstream text;
        text << file.rdbuf();
        auto parsed = Noise::parse(text.str(), "diff.toml");
        REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
        return std::move(*parsed);
    }();
    return k_noise;
}

Rows rows(const std::string& before, const std::string& after, bool counts = false)
{
    const auto table = compare("x", {"x", before, counts}, {"x", after, counts}, noise());
    return table ? table->rows : Rows{};
}

bool same_line(const std::string& before, const std::string& after, bool counts = false)
{
    return noise().mask(before, counts) == noise().mask(after, counts);
}

std::size_t names(const std::string& text)
{
    const auto values = keyed(text, text);
    return values ? values->first.size() : 0;
}

} // namespace

TEST_CASE("times, process ids, addresses and names for one run are no difference")
{
    CHECK(same_line("2026-11-25T14:03:00Z started", "2026-11-26T09:00:11.123+01:00 started"));
    CHECK(same_line("Wed Nov 25 15:03:12 UTC 2026", "Thu Nov 26 09:11:00 UTC 2026"));
    CHECK(same_line("Nov 25 15:03:12 n1 kernel: x", "Nov 26 01:00:00 n1 kernel: x"));
    CHECK(same_line("sshd[1234]: ok", "sshd[99]: ok"));
    CHECK(same_line("pid 17 at 0x7ffd1234", "pid 18 at 0x7ffe9999"));
    CHECK(same_line("took 1.25 s: 300 ms", "took 1.25 s: 211 ms"));
    CHECK(same_line("using /tmp/tmp.Ab12", "using /tmp/tmp.Zz99"));
    CHECK(same_line("  indented", "indented  "));
}

TEST_CASE("versions, limits and names are a difference")
{
    CHECK_FALSE(same_line("numpy 1.26.0", "numpy 2.0.1"));
    CHECK_FALSE(same_line("Max open files 1024", "Max open files 4096"));
    CHECK_FALSE(same_line("/opt/gcc/12", "/opt/gcc/13"));
    CHECK_FALSE(same_line("node n1 failed", "node n2 failed"));
    CHECK_FALSE(same_line("MemTotal: 131072000 kB", "MemTotal: 65536000 kB"));
}

TEST_CASE("where numbers count what never stands still, only words are compared")
{
    CHECK(same_line("MemFree:         900 kB", "MemFree:       12345 kB", true));
    CHECK(same_line("/dev/sda1  100G  40G  60G  40% /", "/dev/sda1  100G  9.5G  90.5G  9% /", true));
    CHECK_FALSE(same_line("/dev/sda1 100G /", "/dev/sdb1 100G /scratch", true));
    CHECK(noise().program_counts("/usr/bin/df"));
    CHECK(noise().program_counts("df"));
    CHECK_FALSE(noise().program_counts("rpm"));
    CHECK(noise().file_counts("/proc/meminfo"));
    CHECK_FALSE(noise().file_counts("/proc/self/limits"));
}

TEST_CASE("lists of names and values are known by their form")
{
    CHECK(names("A=1\nB=2\nPATH=/bin:/usr/bin\n") == 3);
    CHECK(names("export A=1\nexport B=\nexport C='x y'\n") == 3);
    CHECK(names("numpy==1.2\nscipy==3.4\ntorch==2.1\n") == 3);
    CHECK(names("Package Version\n------- -------\nnumpy   1.2\nscipy   3.4\ntorch   2.1\nmpi4py  3.1\nh5py 3.0\nx "
                "1.0\n") == 6);
    CHECK(names("Currently Loaded Modules:\n  1) gcc/12.2.0   2) openmpi/4.1.5\n  3) hdf5/1.14.1\n") == 3);
    CHECK(names("Architecture:   x86_64\nCPU(s):   8\nModel name:  EPYC\n") == 3);
    CHECK(names("open files                          (-n) 1024\nstack size              (kbytes, -s) 8192\nmax user "
                "processes     (-u) 4\n") == 3);
    CHECK(names("just some words\nof a log that\nsays nothing much\n") == 0);
    CHECK(names("error: a\nerror: b\nerror: c\nerror: d\n") == 0); // one name again and again: a log
    CHECK(names("") == 0);
}

TEST_CASE("lists are compared by name, whatever their order")
{
    CHECK(rows("A=1\nB=2\nC=3\n", "C=3\nA=1\nB=4\nD=5\n") == Rows{{"B", "2", "4"}, {"D", "-", "5"}});
    CHECK(rows("A=1\nB=2\nSSH_CLIENT=1\n", "SSH_CLIENT=2\nB=2\nA=1\n").empty());
    CHECK(rows("A=1\nB=2\nPATH=/usr/bin:/bin:/opt/a\n", "A=1\nB=2\nPATH=/opt/b:/usr/bin:/bin\n") ==
          Rows{{"PATH", "-/opt/a", "+/opt/b"}});
    CHECK(rows("A=1\nB=2\nPATH=/usr/bin:/bin\n", "A=1\nB=2\nPATH=/bin:/usr/bin\n") ==
          Rows{{"PATH", "the same directories", "in another order"}});
}

TEST_CASE("other texts are compared by line; what only moved is no difference")
{
    CHECK(rows("one\ntwo\nthree\n", "three\none\ntwo\n").empty());
    CHECK(rows("one\ntwo\n", "one\n2\n") == Rows{{"-", "two"}, {"+", "2"}});
    CHECK(rows("a\na\n", "a\n") == Rows{{"-", "a"}});
    CHECK(rows("", "a\n") == Rows{{"+", "a"}});
    std::string many;
    for (char c = 'a'; c <= 'z'; ++c) {
        many += std::string(3, c) + "\n";
    }
    CHECK(rows(many, "other\n") == Rows{{"", "another text: 26 of 26 lines gone, 1 of 1 new"}});
}

TEST_CASE("a wrong file of differences is told with its place")
{
    CHECK(Noise::parse("masks = ['(']", "x.toml").error().message.find("x.toml:1") != std::string::npos);
    CHECK_FALSE(Noise::parse("mask = ['a']", "x.toml"));
    CHECK_FALSE(Noise::parse("variables = 1", "x.toml"));
}

TEST_CASE("SHA256SUMS as sha256sum writes it")
{
    const std::string sum(64, 'a');
    const Checksums read = read_checksums(sum + "  one\n" + sum + " *two words\nnonsense\n" + sum + "  one\n" + sum +
                                          "  \n" + std::string(64, 'G') + "  x\n");
    CHECK(read.sums == std::map<std::string, std::string, std::less<>>{{"one", sum}, {"two words", sum}});
    CHECK(read.wrong_lines == std::vector<std::size_t>{3, 4, 5, 6});
    CHECK(read_checksums("").sums.empty());
}

} // namespace compare_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>

#include "archive/members.hpp"
#include "tar_bytes.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace archive_test {

using namespace hpcdoc;
using namespace hpcdoc::archive;
using test::member;
using test::tar;

namespace {

std::string refusal(const test::TempDir& dir, const std::string& bytes, const Caps& caps = {})
{
    const auto reader = open_archive(dir.write("x.tar", bytes), caps);
    return reader ? "opened" : reader.error().message;
}

} // namespace

TEST_CASE("members are read by name, whether or not a directory is around them")
{
    const test::TempDir dir;
    for (const std::string& prefix : {std::string(), std::string("./"), std::string("bundle-1/")}) {
        const auto reader = open_archive(
            dir.write("x.tar", tar(member(prefix + "recording.json", "{}") + member(prefix + "calls/1.out", "hello"))));
        REQUIRE(reader);
        CHECK((*reader)("recording.json") == "{}");
        CHECK((*reader)("calls/1.out") == "hello");
        CHECK((*reader)("calls/2.out").error().code == Code::not_found);
    }
}

TEST_CASE("a compressed archive is read as well")
{
    const test::TempDir dir;
    const auto file = dir.write("x.tar", tar(member("recording.json", "{}")));
    REQUIRE(std::system(("gzip -k '" + file.native() + "'").c_str()) == 0);
    const auto reader = open_archive(file.native() + ".gz");
    REQUIRE(reader);
    CHECK((*reader)("recording.json") == "{}");
}

TEST_CASE("what is no recording is refused with a reason")
{
    const test::TempDir dir;
    CHECK(util::contains(refusal(dir, tar(member("readme", "x"))), "it holds no 'recording.json'"));
    CHECK(util::contains(refusal(dir, "not an archive at all"), "it is cut off or not an archive"));
    CHECK(util::contains(refusal(dir, ""), "x.tar"));
    const std::string cut = tar(member("recording.json", std::string(5000, 'x'))).substr(0, 2000);
    CHECK(util::contains(refusal(dir, cut), "it is cut off or not an archive"));
    CHECK_FALSE(open_archive("/nonexistent/x.tar"));
}

TEST_CASE("an archive cannot reach outside of itself")
{
    const test::TempDir dir;
    CHECK(util::contains(refusal(dir, tar(member("../evil", "x") + member("recording.json", "{}"))),
                         "would lie outside of it"));
    CHECK(util::contains(refusal(dir, tar(member("a/../../evil", "x"))), "would lie outside of it"));
    CHECK(util::contains(refusal(dir, tar(member("/etc/evil", "x"))), "would lie outside of it"));
    // A link is left out, so nothing is read through it.
    const auto reader =
        open_archive(dir.write("x.tar", tar(member("recording.json", "{}") + member("calls/1.out", "", '2'))));
    REQUIRE(reader);
    CHECK_FALSE((*reader)("calls/1.out"));
}

TEST_CASE("a bomb is refused before it goes off")
{
    const test::TempDir dir;
    const std::string big = tar(member("recording.json", "{}") + member("calls/1.out", std::string(100'000, 'x')));
    Caps caps;
    caps.member = 50'000;
    CHECK(util::contains(refusal(dir, big, caps), "larger than a recording is"));
    caps = {};
    caps.total = 50'000;
    CHECK(util::contains(refusal(dir, big, caps), "larger than a recording is"));
    caps = {};
    caps.count = 1;
    CHECK(util::contains(refusal(dir, big, caps), "more than 1 members"));
    CHECK(refusal(dir, big) == "opened");
}

} // namespace archive_test

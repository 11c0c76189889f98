// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

#include "archive/inspect.hpp"
#include "tar_bytes.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace inspect_test {

using namespace hpcdoc;
using namespace hpcdoc::archive;
using test::member;
using test::tar;

namespace {

std::vector<Entry> looked(const std::string& bytes, const Caps& caps = {})
{
    auto entries = inspect_bytes(bytes, "x.tar", caps);
    REQUIRE_MESSAGE(entries, (entries ? "" : entries.error().message));
    return std::move(*entries);
}

std::string problem_of(const std::string& name, char type = '0', unsigned mode = 0644)
{
    const auto entries =
        looked(tar(member("b/manifest.json", "{}") + member(name, type == '0' ? "x" : "", type, mode)));
    REQUIRE(entries.size() == 2);
    CHECK(entries.front().problem == "");
    return entries.back().problem;
}

std::string refusal(const std::string& bytes, const Caps& caps = {})
{
    const auto entries = inspect_bytes(bytes, "x.tar", caps);
    if (entries) {
        return "read";
    }
    CHECK(entries.error().code == Code::config);
    return entries.error().message;
}

} // namespace

TEST_CASE("every hostile entry is marked with what it is")
{
    CHECK(problem_of("b/fine") == "");
    CHECK(problem_of("b/..fine..") == "");
    CHECK(problem_of("b/dir/", '5') == "");
    CHECK(problem_of("../evil") == "leads out of the archive");
    CHECK(problem_of("b/../../evil") == "leads out of the archive");
    CHECK(problem_of("b/..") == "leads out of the archive");
    CHECK(problem_of("../evil/", '5') == "leads out of the archive");
    CHECK(problem_of("/etc/evil") == "an absolute path");
    CHECK(problem_of("b/link", '2') == "a symbolic link");
    CHECK(problem_of("b/link", '1') == "a hard link");
    CHECK(problem_of("b/tty", '3') == "a device");
    CHECK(problem_of("b/disk", '4') == "a device");
    CHECK(problem_of("b/fifo", '6') == "a FIFO");
    CHECK(problem_of("c/second") == "outside of the directory 'b'");
    CHECK(problem_of("stray") == "outside of the directory 'b'");
    CHECK(problem_of("b/e\x1b[31mvil") == "a name with control characters");
    CHECK(problem_of("b/two\nlines") == "a name with control characters");
    CHECK(problem_of("b/root", '0', 04755) == "set-user-ID");
}

TEST_CASE("two members of one name are both doubtful, however it is spelt")
{
    for (const char* second : {"b/a", "./b/a", "b//a", "b/./a"}) {
        const auto entries = looked(tar(member("b/a", "1") + member("b/manifest.json", "{}") + member(second, "2")));
        REQUIRE(entries.size() == 3);
        CHECK(entries[0].problem == "twice in the archive");
        CHECK(entries[2].problem == "twice in the archive");
        CHECK(harmless_members(entries) == Members{{"manifest.json", "{}"}});
    }
    const auto entries = looked(tar(member("b/", "", '5') + member("b/manifest.json", "{}") + member("b/", "", '5')));
    CHECK(entries.back().problem == "");
}

TEST_CASE("members are named below the directory of the bundle, and as they are when there is none")
{
    CHECK(harmless_members(looked(tar(member("b/manifest.json", "{}") + member("b/c/d", "x")))) ==
          Members{{"c/d", "x"}, {"manifest.json", "{}"}});
    CHECK(harmless_members(looked(tar(member("./calls/1", "x") + member("./recording.json", "{}")))) ==
          Members{{"calls/1", "x"}, {"recording.json", "{}"}});
    CHECK(harmless_members(looked(tar(member("one/a", "x") + member("one/b", "y")))) ==
          Members{{"a", "x"}, {"b", "y"}});
    CHECK(harmless_members(looked(tar(member("one/a", "x") + member("two/b", "y")))) ==
          Members{{"one/a", "x"}, {"two/b", "y"}});
    CHECK(harmless_members(looked(tar(""))).empty());
}

TEST_CASE("a bomb, a cut and what is no archive end it with a reason")
{
    const std::string big = tar(member("b/a", std::string(100'000, 'x')) + member("b/c", "y"));
    CHECK(util::contains(refusal(big, {.member = 50'000}), "larger than a recording is"));
    CHECK(util::contains(refusal(big, {.total = 50'000}), "larger than a recording is"));
    CHECK(util::contains(refusal(big, {.count = 1}), "more than 1 members"));
    CHECK(refusal(big) == "read");
    CHECK(util::contains(refusal(big.substr(0, 3000)), "it is cut off or not an archive"));
    CHECK(util::contains(refusal("hello"), "it is cut off or not an archive"));
    const auto missing = inspect("/nonexistent/x.tar");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message == "cannot read '/nonexistent/x.tar': no such file or directory");
}

TEST_CASE("a compressed bomb is not unpacked further than the cap")
{
    const test::TempDir dir;
    const auto file = dir.write("x.tar", tar(member("b/a", std::string(std::size_t{20} << 20, '\0'))));
    REQUIRE(std::system(("gzip -9 '" + file.native() + "'").c_str()) == 0);
    const auto entries = inspect(file.native() + ".gz", {.member = 1 << 20});
    REQUIRE_FALSE(entries);
    CHECK(util::contains(entries.error().message, "larger than a recording is"));
}

TEST_CASE("an unpacked bundle is a directory; nothing in it is followed or opened but files")
{
    const test::TempDir dir;
    dir.write("manifest.json", "{}");
    dir.write("collect/a.out", "hello");
    REQUIRE(::symlink("/etc/passwd", (dir.path() / "link").c_str()) == 0);
    REQUIRE(::symlink("/", (dir.path() / "collect/root").c_str()) == 0);
    REQUIRE(::mkfifo((dir.path() / "fifo").c_str(), 0644) == 0);
    const auto entries = inspect(dir.path());
    REQUIRE(entries);
    std::map<std::string, std::string> problems;
    for (const Entry& entry : *entries) {
        problems[entry.name] = entry.problem;
    }
    CHECK(problems == std::map<std::string, std::string>{{"collect", ""},
                                                         {"collect/a.out", ""},
                                                         {"collect/root", "a symbolic link"},
                                                         {"fifo", "a FIFO"},
                                                         {"link", "a symbolic link"},
                                                         {"manifest.json", ""}});
    CHECK(harmless_members(*entries) == Members{{"collect/a.out", "hello"}, {"manifest.json", "{}"}});
    CHECK_FALSE(inspect(dir.path(), {.member = 3}));
    CHECK_FALSE(inspect(dir.path(), {.count = 3}));
}

TEST_CASE("an encrypted bundle is known, with the way to open it")
{
    const test::TempDir dir;
    for (const auto& [begin, tool] :
         {std::pair("age-encryption.org/v1\n-> X25519 abc\n", "age -d"),
          std::pair("-----BEGIN AGE ENCRYPTED FILE-----\n", "age -d"),
          std::pair("-----BEGIN PGP MESSAGE-----\n", "gpg"), std::pair("\x85\x02\x0c\x03", "gpg")}) {
        const auto entries = inspect(dir.write("x.tar.gz.age", begin));
        REQUIRE_FALSE(entries);
        CHECK(util::contains(entries.error().message, "it is encrypted"));
        CHECK(util::contains(entries.error().hint, tool));
    }
}

} // namespace inspect_test

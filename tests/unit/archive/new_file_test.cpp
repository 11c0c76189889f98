// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <sstream>

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/new_file.hpp"
#include "archive/pack.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace new_file_test {

using namespace hpcdoc;
using namespace hpcdoc::archive;

namespace {

std::string content(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::set<std::string> names(const std::filesystem::path& dir)
{
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(dir)) {
        found.insert(entry.path().filename().native());
    }
    return found;
}

std::string message_of(const Result<void>& result)
{
    if (result) {
        return "written";
    }
    CHECK(result.error().code == Code::io);
    CHECK_FALSE(result.error().hint.empty());
    return result.error().message;
}

// What `work` returns in a child of its own, whose namespaces and limits are nobody else's; 200: it could not be set
// up.
template<class Work> int in_child(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(work());
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

constexpr int k_no_namespace = 200;

// A tmpfs of its own, which only this process sees.
bool mount_small(const std::filesystem::path& dir, const char* options, unsigned long flags = 0)
{
    return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", dir.c_str(), "tmpfs", flags, options) == 0;
}

// Writes until it is killed, telling before each file.
[[noreturn]] void write_for_ever(const std::filesystem::path& dir, const std::string& bytes, Draft draft, int told)
{
    for (int i = 0;; ++i) {
        [[maybe_unused]] const ssize_t count = ::write(told, "x", 1);
        if (!write_draft(dir / std::to_string(i), bytes, draft)) {
            ::_exit(1);
        }
    }
}

} // namespace

TEST_CASE("a new file is whole, and its owner's alone")
{
    for (const Draft draft : {Draft::unnamed, Draft::named}) {
        const test::TempDir dir;
        const mode_t before = ::umask(0);
        const std::string bytes(3'000'000, 'x');
        CHECK(message_of(write_draft(dir.path() / "a.tar.gz", bytes, draft)) == "written");
        ::umask(before);
        CHECK(content(dir.path() / "a.tar.gz") == bytes);
        CHECK(names(dir.path()) == std::set<std::string>{"a.tar.gz"});
        struct stat info = {};
        REQUIRE(::stat((dir.path() / "a.tar.gz").c_str(), &info) == 0);
        CHECK((info.st_mode & 07777) == 0600);
        CHECK(info.st_nlink == 1);
    }
}

TEST_CASE("nothing that is there is replaced or followed")
{
    for (const Draft draft : {Draft::unnamed, Draft::named}) {
        const test::TempDir dir;
        dir.write("there", "old");
        REQUIRE(::symlink("elsewhere", (dir.path() / "link").c_str()) == 0);
        for (const char* name : {"there", "link"}) {
            const std::string said = message_of(write_draft(dir.path() / name, "new", draft));
            CHECK(said == "cannot write '" + (dir.path() / name).native() + "': it exists already");
        }
        CHECK(content(dir.path() / "there") == "old");
        CHECK(names(dir.path()) == std::set<std::string>{"there", "link"});
    }
}

TEST_CASE("what stands in the way is said")
{
    const test::TempDir dir;
    dir.write("file", "");
    const std::string base = dir.path().native();
    CHECK(message_of(write_new_file(base + "/none/x", "a")) ==
          "cannot write '" + base + "/none/x': there is no directory '" + base + "/none'");
    CHECK(message_of(write_new_file(base + "/file/x", "a")) ==
          "cannot write '" + base + "/file/x': '" + base + "/file' is not a directory");
    CHECK(util::contains(message_of(write_new_file(base + "/" + std::string(300, 'x'), "a")), "the name is too long"));
    CHECK(util::contains(message_of(write_new_file(base + "/", "a")), "that is a directory"));
    CHECK(util::contains(message_of(write_new_file("..", "a")), "that is a directory"));
    CHECK(names(dir.path()) == std::set<std::string>{"file"});
}

TEST_CASE("a directory of somebody else's is said to be one")
{
    const test::TempDir dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms(0555));
    const int status = in_child([&] {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) {
            return k_no_namespace;
        }
        const auto done = write_new_file(dir.path() / "x", "a");
        return !done && util::contains(done.error().message, "you may not write into") ? 0 : 1;
    });
    CHECK(status == 0);
    std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
}

TEST_CASE("a limit on the size of files is a message, not the end of the program")
{
    for (const Draft draft : {Draft::unnamed, Draft::named}) {
        const test::TempDir dir;
        const int status = in_child([&] {
            const struct rlimit limit = {1000, 1000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const auto done = write_draft(dir.path() / "x", std::string(5000, 'x'), draft);
            return !done && util::contains(done.error().message, "your limit on the size of files") ? 0 : 1;
        });
        CHECK(status == 0);
        CHECK(names(dir.path()).empty());
    }
}

TEST_CASE("a full file system is seen before, and while, it is written to")
{
    const test::TempDir dir;
    const int status = in_child([&] {
        if (!mount_small(dir.path(), "size=256k")) {
            return k_no_namespace;
        }
        const auto before = write_new_file(dir.path() / "x", std::string(1 << 20, 'x'));
        if (before ||
            !util::contains(before.error().message, "it needs 1 MiB, and 256 KiB are free on the file system of")) {
            return 1;
        }
        if (!write_new_file(dir.path() / "y", std::string(200 << 10, 'x'))) {
            return 2;
        }
        const std::set<std::string> left = names(dir.path());
        return left == std::set<std::string>{"y"} ? 0 : 3;
    });
    if (status == k_no_namespace) {
        MESSAGE("skipped: no mount namespace here");
        return;
    }
    CHECK(status == 0);
}

TEST_CASE("no inode left, and a read-only file system")
{
    const test::TempDir dir;
    const int full = in_child([&] {
        if (!mount_small(dir.path(), "size=1m,nr_inodes=2")) {
            return k_no_namespace;
        }
        std::ofstream(dir.path() / "last") << "x";
        const auto done = write_new_file(dir.path() / "x", "a");
        return !done && util::contains(done.error().message, "no space is left on the file system of") ? 0 : 1;
    });
    const int read_only = in_child([&] {
        if (!mount_small(dir.path(), "size=1m", MS_RDONLY)) {
            return k_no_namespace;
        }
        const auto done = write_new_file(dir.path() / "x", "a");
        return !done && util::contains(done.error().message, "is read-only") ? 0 : 1;
    });
    if (full == k_no_namespace) {
        MESSAGE("skipped: no mount namespace here");
        return;
    }
    CHECK(full == 0);
    CHECK(read_only == 0);
}

TEST_CASE("killed at any moment, each file is whole or not there, and no draft is left")
{
    const test::TempDir dir;
    const std::string bytes(2'000'000, 'x');
    for (int round = 0; round < 12; ++round) {
        const auto target = dir.path() / std::to_string(round);
        std::filesystem::create_directory(target);
        int told[2] = {};
        REQUIRE(::pipe(told) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            write_for_ever(target, bytes, Draft::unnamed, told[1]);
        }
        char start = 0;
        for (int i = 0; i < 1 + round % 3; ++i) {
            REQUIRE(::read(told[0], &start, 1) == 1);
        }
        ::usleep(static_cast<useconds_t>(round) * 300);
        REQUIRE(::kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status));
        ::close(told[0]);
        ::close(told[1]);
        for (const std::string& name : names(target)) {
            CHECK(name.find_first_not_of("0123456789") == std::string::npos);
            CHECK(content(target / name) == bytes);
        }
    }
}

} // namespace new_file_test

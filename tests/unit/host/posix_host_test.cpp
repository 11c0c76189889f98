// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dead_mount.hpp"
#include "host/posix_host.hpp"
#include "sanitized.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace posix_host_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

template<class T> Code code_of(const Result<T>& result)
{
    REQUIRE_FALSE(result);
    return result.error().code;
}

int in_process(const std::function<int()>& work)
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::alarm(30);
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("a file is read up to the cap")
{
    const test::TempDir dir;
    const auto file = dir.write("a", std::string("bytes\0\xff", 7));
    const auto host = make_posix_host({.deadline = 60s});
    CHECK(host->read(file, 100) == std::string("bytes\0\xff", 7));
    CHECK(host->read(file, 3) == "byt");
    CHECK(host->read(file, 0) == "");
    CHECK(host->read(dir.write("empty", ""), 10) == "");
    CHECK(
        host->read(dir.write("large", std::string(3'000'000, 'x')), std::numeric_limits<std::size_t>::max())->size() ==
        3'000'000);
}

TEST_CASE("what cannot be read says why and does not block")
{
    const test::TempDir dir;
    const auto host = make_posix_host({.deadline = 60s});
    const std::string base = dir.path().native();
    const auto message = [&](const std::filesystem::path& path, Code code) {
        const Result<std::string> text = host->read(path, 10);
        CHECK(code_of(text) == code);
        return text.error().message;
    };
    REQUIRE(::mkfifo((base + "/fifo").c_str(), 0644) == 0);
    std::filesystem::create_symlink("loop", dir.path() / "loop");
    CHECK(message(base + "/none", Code::not_found) == "cannot read '" + base + "/none': no such file or directory");
    CHECK(message(base + "/fifo", Code::unsupported) ==
          "cannot read '" + base + "/fifo': it is a FIFO, and reading it would wait for a writer");
    CHECK(message(base, Code::unsupported) == "cannot read '" + base + "': it is a directory");
    CHECK(message("/dev/zero", Code::unsupported) == "cannot read '/dev/zero': it is a device");
    CHECK(message(base + "/loop", Code::io) == "cannot read '" + base + "/loop': too many levels of symbolic links");
    CHECK(message("relative", Code::usage) == "'relative' is not an absolute path");
    CHECK(message(std::string("/a\0b", 4), Code::not_found) == "'/a\\x00b' contains a NUL byte");
    CHECK(code_of(host->read_ends(base + "/fifo", 10, 10)) == Code::unsupported);
    CHECK(code_of(host->list(base + "/fifo")) == Code::not_found);
    CHECK(code_of(host->space(base + "/none")) == Code::not_found);
}

TEST_CASE("a file one may not read is denied, and stat says so beforehand")
{
    if (::geteuid() != 0) {
        MESSAGE("skipped: needs root to drop to another user");
        return;
    }
    const test::TempDir dir;
    std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
    const auto file = dir.write("secret", "x", 0600);
    const auto closed = dir.write("closed/file", "x", 0644);
    std::filesystem::permissions(closed.parent_path(), std::filesystem::perms(0700));
    CHECK(in_process([&] {
              if (::setgid(65534) != 0 || ::setuid(65534) != 0) {
                  return 1;
              }
              const auto host = make_posix_host({.deadline = 60s});
              const Result<FileInfo> info = host->stat(file);
              const Result<std::string> text = host->read(file, 10);
              const bool denied = !text && text.error().code == Code::denied &&
                                  text.error().message == "cannot read '" + file.native() + "': permission denied";
              const Result<FileInfo> hidden = host->stat(closed);
              return info && !info->readable && !info->writable && denied && !hidden &&
                             hidden.error().code == Code::denied
                         ? 7
                         : 1;
          }) == 7);
}

TEST_CASE("stat follows links and lstat does not")
{
    const test::TempDir dir;
    const auto file = dir.write("a", "12345", 0640);
    std::filesystem::create_symlink("a", dir.path() / "link");
    std::filesystem::create_symlink("none", dir.path() / "broken");
    const auto host = make_posix_host({.deadline = 60s});
    const Result<FileInfo> info = host->stat(dir.path() / "link");
    REQUIRE(info);
    CHECK(info->kind == FileKind::regular);
    CHECK(info->size == 5);
    CHECK(info->mode == 0640);
    CHECK(info->uid == ::getuid());
    CHECK(info->readable);
    CHECK_FALSE(info->searchable);
    CHECK(info->mtime <= host->now());
    CHECK(host->lstat(dir.path() / "link")->kind == FileKind::symlink);
    CHECK(host->stat(dir.path())->kind == FileKind::directory);
    CHECK(code_of(host->stat(dir.path() / "broken")) == Code::not_found);
    CHECK(host->lstat(dir.path() / "broken")->kind == FileKind::symlink);
    CHECK(host->stat("/dev/null")->kind == FileKind::device);
}

TEST_CASE("the ends of a file are whole when the file is small")
{
    const test::TempDir dir;
    const auto host = make_posix_host({.deadline = 60s});
    const auto file = dir.write("a", "0123456789");
    const Result<FileEnds> whole = host->read_ends(file, 5, 5);
    REQUIRE(whole);
    CHECK(whole->whole());
    CHECK(whole->head == "0123456789");
    CHECK(whole->tail.empty());
    const Result<FileEnds> parts = host->read_ends(file, 3, 4);
    REQUIRE(parts);
    CHECK_FALSE(parts->whole());
    CHECK(parts->head == "012");
    CHECK(parts->tail == "6789");
    CHECK(parts->tail_offset == 6);
    CHECK(parts->size == 10);
    CHECK(host->read_ends(file, 0, 2)->tail == "89");
    CHECK(host->read_ends(file, 2, 0)->head == "01");
    CHECK(host->read_ends(dir.write("empty", ""), 5, 5)->whole());
    CHECK(host->read_ends(file, std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max())
              ->whole());
    const Result<FileEnds> proc = host->read_ends("/proc/self/status", 4096, 4096);
    REQUIRE(proc);
    CHECK(proc->whole());
    CHECK(util::contains(proc->head, "Name:"));
}

TEST_CASE("of a file of ten gigabytes only the ends are read")
{
    const test::TempDir dir;
    const auto file = dir.write("large", "first line\n");
    const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    REQUIRE(::pwrite(fd, "\nlast line", 10, 10'000'000'000) == 10);
    ::close(fd);
    const auto start = Clock::now();
    const auto host = make_posix_host({.deadline = 60s});
    const Result<FileEnds> ends = host->read_ends(file, 64 << 10, 64 << 10);
    REQUIRE(ends);
    CHECK(ends->size == 10'000'000'010);
    CHECK(ends->head.starts_with("first line\n"));
    CHECK(ends->tail.ends_with("\nlast line"));
    CHECK(ends->tail.size() == 64 << 10);
    CHECK(ends->tail_offset + ends->tail.size() == ends->size);
    CHECK(host->stat(file)->allocated < 1u << 20);
    CHECK(Clock::now() - start < 15s);
}

TEST_CASE("a file that another one keeps cutting and filling gives a whole answer each time")
{
    const test::TempDir dir;
    const auto file = dir.write("a", "x");
    std::atomic<bool> over{false};
    std::thread writer([&] {
        const int fd = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
        const std::string bytes(200'000, 'y');
        while (!over) {
            [[maybe_unused]] int cut = ::ftruncate(fd, 10);
            [[maybe_unused]] ssize_t wrote = ::pwrite(fd, bytes.data(), bytes.size(), 0);
        }
        ::close(fd);
    });
    const auto host = make_posix_host({.deadline = 60s});
    for (int i = 0; i < 200; ++i) {
        const Result<FileEnds> ends = host->read_ends(file, 50'000, 50'000);
        REQUIRE_MESSAGE(ends, (ends ? "" : ends.error().message));
        CHECK((ends->whole() || ends->tail_offset + ends->tail.size() == ends->size));
    }
    over = true;
    writer.join();
}

TEST_CASE("a directory lists its names sorted, whatever they are made of")
{
    const test::TempDir dir;
    for (const char* name : {"b", "a", "new\nline", "\xff", ".hidden"}) {
        dir.write(name, "");
    }
    const auto host = make_posix_host({.deadline = 60s});
    CHECK(host->list(dir.path()) == std::vector<std::string>{".hidden", "a", "b", "new\nline", "\xff"});
    CHECK(code_of(host->list(dir.path() / "a")) == Code::not_found);
    CHECK(host->list(dir.path() / "a").error().message ==
          "cannot list '" + (dir.path() / "a").native() + "': not a directory");
}

TEST_CASE("space, user, name and time are those of this machine")
{
    const auto host = make_posix_host({.deadline = 60s});
    const Result<SpaceInfo> space = host->space("/");
    REQUIRE(space);
    CHECK(space->total > 0);
    CHECK(space->available <= space->total);
    const UserInfo me = host->user();
    CHECK(me.uid == ::geteuid());
    CHECK_FALSE(me.name.empty());
    CHECK_FALSE(me.groups.empty());
    REQUIRE(host->user_by_id(0));
    CHECK(host->user_by_id(0)->name == "root");
    CHECK(host->user_by_name("root")->uid == 0);
    CHECK_FALSE(host->user_by_id(4'000'000'000));
    CHECK_FALSE(host->user_by_name("no-such-user"));
    CHECK_FALSE(host->user_by_name(std::string("root\0x", 6)));
    CHECK_FALSE(util::contains(host->name(), "."));
    CHECK(host->now() > std::chrono::sys_days{std::chrono::year{2024} / 1 / 1});
    CHECK(std::chrono::abs(host->utc_offset()) <= 14h);
    CHECK(host->env("PATH"));
    CHECK_FALSE(host->env("HPCDOC_TEST_UNSET"));
}

TEST_CASE("a connection is tried, and a refusal is not a silence")
{
    const auto host = make_posix_host({.deadline = 60s});
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::listen(server, 1) == 0); // the system gives it a port
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    REQUIRE(::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    unsigned char bytes[4] = {};
    std::memcpy(bytes, &address, sizeof bytes);
    const auto port = static_cast<std::uint16_t>(bytes[2] * 256 + bytes[3]);
    CHECK(host->connect("127.0.0.1", port, 2s));
    ::close(server);
    const Result<std::chrono::milliseconds> refused = host->connect("127.0.0.1", port, 2s);
    CHECK(code_of(refused) == Code::io);
    CHECK(refused.error().message == "cannot connect to '127.0.0.1:" + std::to_string(port) + "': connection refused");
    CHECK(code_of(host->connect("999.999.999.999", 1, 2s)) == Code::not_found);
}

#if !HPCDOC_TEST_SANITIZED // tests/run.sh runs it without sanitizers
TEST_CASE("many threads ask at once")
{
    const test::TempDir dir;
    const auto host = make_posix_host({.deadline = 60s});
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int i = 0; i < 16; ++i) {
        const auto file = dir.write(std::to_string(i), std::to_string(i));
        threads.emplace_back([&, file, i] {
            for (int j = 0; j < 50; ++j) {
                good += host->read(file, 10) == std::to_string(i) ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(good == 16 * 50);
}
#endif

TEST_CASE("a worker that was killed is replaced")
{
    const auto host = make_posix_host({.deadline = 60s});
    REQUIRE(host->stat("/"));
    const Result<std::string> children = host->read("/proc/self/stat", 4096); // "self" is the worker
    REQUIRE(children);
    const pid_t worker = static_cast<pid_t>(*util::parse_signed(util::split(*children, ' ')[0]));
    REQUIRE(worker != ::getpid());
    ::kill(worker, SIGKILL);
    CHECK(host->stat("/"));
    CHECK(host->read("/proc/self/stat", 4096) != children);
}

TEST_CASE("no worker outlives its host, and none holds our descriptors")
{
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    pid_t worker = 0;
    {
        const auto host = make_posix_host({.deadline = 60s});
        worker = static_cast<pid_t>(*util::parse_signed(util::split(*host->read("/proc/self/stat", 4096), ' ')[0]));
        ::close(ends[1]);
        char byte = 0;
        CHECK(::read(ends[0], &byte, 1) == 0); // at once: nobody else can write to it
    }
    ::close(ends[0]);
    for (int i = 0; i < 200 && ::waitpid(worker, nullptr, WNOHANG) == 0; ++i) {
        std::this_thread::sleep_for(5ms);
    }
    CHECK(::kill(worker, 0) != 0);
}

TEST_CASE("a dead mount is a timeout, at once the second time, and other paths go on")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    const auto alive = dir.write("alive", "x");
    const std::filesystem::path file = dead.point() / "file";
    std::vector<std::jthread> threads; // each waits a second
    for (const auto& ask : std::vector<std::function<Result<void>(const Host&)>>{
             [&](const Host& host) { return host.stat(file).map([](auto&&) {}); },
             [&](const Host& host) { return host.lstat(file).map([](auto&&) {}); },
             [&](const Host& host) { return host.read(file, 10).map([](auto&&) {}); },
             [&](const Host& host) { return host.read_ends(file, 10, 10).map([](auto&&) {}); },
             [&](const Host& host) { return host.list(dead.point()).map([](auto&&) {}); },
             [&](const Host& host) { return host.space(dead.point()).map([](auto&&) {}); }}) {
        threads.emplace_back([&, ask] {
            const auto host = make_posix_host({1s, {}});
            const Result<void> first = ask(*host);
            CHECK_FALSE(first);
            if (first) { // REQUIRE would throw out of the thread
                return;
            }
            CHECK(first.error().code == Code::timed_out);
            CHECK(util::contains(first.error().message, "did not answer within 1 s (dead mount?)"));
            CHECK(host->read(alive, 10) == "x");
            const auto again = Clock::now();
            const Result<void> second = ask(*host);
            CHECK_FALSE(second);
            if (second) {
                return;
            }
            CHECK(second.error().code == Code::timed_out);
            CHECK(
                util::contains(second.error().message, "'" + dead.point().native() + "' did not answer a moment ago"));
            CHECK(Clock::now() - again < 900ms);
            CHECK(host->read(alive, 10) == "x");
        });
    }
}

TEST_CASE("a link onto a dead mount is a timeout too, and we can end at once")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    std::filesystem::create_symlink(dead.point() / "file", dir.path() / "link");
    const auto start = Clock::now();
    CHECK(in_process([&] {
              const auto host = make_posix_host({1s, {}});
              const Result<FileInfo> info = host->stat(dir.path() / "link");
              return !info && info.error().code == Code::timed_out && host->stat(dir.path()) ? 7 : 1;
          }) == 7);
    CHECK(Clock::now() - start < 15s);
}

TEST_CASE("a request to stop ends a question that hangs")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    std::stop_source source;
    const auto host = make_posix_host({20s, source.get_token()});
    std::thread stopper([&] {
        std::this_thread::sleep_for(200ms);
        source.request_stop();
    });
    const auto start = Clock::now();
    const Result<FileInfo> info = host->stat(dead.point() / "x");
    stopper.join();
    CHECK(code_of(info) == Code::interrupted);
    CHECK(Clock::now() - start < 15s);
}

TEST_CASE("a host without stdin, stdout and stderr works all the same")
{
    CHECK(in_process([] {
              for (const int fd : {0, 1, 2}) {
                  ::close(fd);
              }
              const auto host = make_posix_host({.deadline = 60s});
              return host->stat("/") && host->read("/proc/self/status", 100) ? 7 : 1;
          }) == 7);
}

} // namespace posix_host_test

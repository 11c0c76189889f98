// SPDX-License-Identifier: Apache-2.0
// A parent in a bad state: closed descriptors, ignored SIGCHLD, a hostile environment, a dead mount.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

#include "dead_mount.hpp"
#include "exec/environment.hpp"
#include "exec/posix_runner.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace hostile_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using How = Completion::How;
using Clock = std::chrono::steady_clock;

namespace {

Invocation call(std::vector<std::string> argv)
{
    Invocation one;
    one.argv = std::move(argv);
    return one;
}

std::unique_ptr<Runner> runner()
{
    return make_posix_runner({{HPCDOC_TEST_BIN, "/usr/bin", "/bin"}, "", {}, false});
}

// The exit status of a process of its own that does `work`; -1: it had to be killed.
int in_process(const std::function<int()>& work, std::chrono::seconds most = 20s)
{
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::alarm(static_cast<unsigned>(most.count()));
        ::_exit(work());
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("a parent without stdin, stdout and stderr runs programs all the same")
{
    for (const int kept : {-1, 0, 1, 2}) {
        CHECK(in_process([&] {
                  for (int fd = 0; fd <= 2; ++fd) {
                      if (fd != kept) {
                          ::close(fd);
                      }
                  }
                  Invocation cat = call({"sh", "-c", "cat; echo err >&2"});
                  cat.input = "fed";
                  const Completion done = runner()->run(cat);
                  return done.ok() && done.out == "fed" && done.err == "err\n" ? 7 : 1;
              }) == 7);
    }
}

TEST_CASE("a parent that was started with SIGCHLD ignored still learns how children end")
{
    CHECK(in_process([] {
              ::signal(SIGCHLD, SIG_IGN);
              const Completion done = runner()->run(call({"exit-with", "5"}));
              return done.how == How::exited && done.status == 5 ? 7 : 1;
          }) == 7);
}

TEST_CASE("no descriptors left is a value, not a crash")
{
    CHECK(in_process([] {
              // A sanitizer needs a descriptor for its first look at a type, so there is a run before, and no destructor.
              Runner& one = *runner().release();
              one.run(call({"true"}));
              while (::dup(0) >= 0) {
              }
              const Completion done = one.run(call({"true"}));
              return done.how == How::not_started && done.err == "'true' was not run: too many open files" ? 7 : 1;
          }) == 7);
}

TEST_CASE("a hostile environment does not reach a child")
{
    CHECK(in_process([] {
              ::setenv("SQUEUE_FORMAT", "%i", 1);
              ::setenv("SACCT_FORMAT", "jobid", 1);
              ::setenv("SLURM_CLUSTERS", "other", 1);
              ::setenv("SLURM_TIME_FORMAT", "%s", 1);
              ::setenv("LC_ALL", "de_DE.UTF-8", 1);
              ::setenv("LANG", "de_DE.UTF-8", 1);
              ::setenv("LD_PRELOAD", "/nonexistent.so", 1);
              ::setenv("BASH_ENV", "/nonexistent", 1);
              ::setenv("SLURM_CONF", "/etc/other.conf", 1);
              ::setenv("PATH", HPCDOC_TEST_BIN ":/usr/bin:/bin", 1);
              const auto one = make_posix_runner({{"/usr/bin", "/bin"}, ::getenv("PATH"), {}, false});
              const std::string out = one->run(call({"env"})).out;
              const bool clean = !util::contains(out, "SQUEUE") && !util::contains(out, "SACCT") &&
                                 !util::contains(out, "CLUSTERS") && !util::contains(out, "de_DE") &&
                                 !util::contains(out, "LD_PRELOAD") && !util::contains(out, "BASH_ENV") &&
                                 !util::contains(out, HPCDOC_TEST_BIN);
              const bool set =
                  util::contains(out, "SLURM_TIME_FORMAT=standard\n") && util::contains(out, "LC_ALL=C.UTF-8\n") &&
                  util::contains(out, "SLURM_CONF=/etc/other.conf\n") && util::contains(out, "PATH=/usr/bin:/bin:");
              return clean && set ? 7 : 1;
          }) == 7);
}

TEST_CASE("the directory a hostile PATH puts first is not where a tool is found")
{
    const test::TempDir dir;
    dir.write("hpcdoc-fake-tool", "#!/bin/sh\necho hostile\n", 0755);
    std::filesystem::permissions(dir.path(), std::filesystem::perms::all);
    const auto one = make_posix_runner({{"/usr/bin", "/bin"}, dir.path().native() + "::.:relative", {}, false});
    CHECK(one->run(call({"hpcdoc-fake-tool"})).how == How::not_found);
    CHECK(make_posix_runner({{dir.path()}, "", {}, false})->run(call({"hpcdoc-fake-tool"})).out == "hostile\n");
}

TEST_CASE("a directory of PATH is trusted only if nobody but root can change what it leads to")
{
    using Dirs = std::vector<std::filesystem::path>;
    CHECK(trusted_path_dirs("/usr/bin:/nonexistent:relative::/etc/passwd:/tmp:/bin") == Dirs{"/usr/bin", "/bin"});
    CHECK(trusted_path_dirs("").empty());
    const test::TempDir dir; // below /tmp, which everybody may write to
    std::filesystem::create_directories(dir.path() / "bin");
    CHECK(trusted_path_dirs((dir.path() / "bin").native()).empty());
}

TEST_CASE("a policy decides what a child sees, and a value cannot smuggle in another")
{
    EnvPolicy policy;
    policy.keep = {"HPCDOC_TEST_UNSET", "HOME"};
    policy.set = {{"A", "1"}, {"B=C", "2"}, {"", "3"}, {"D", std::string("x\0y", 3)}, {"HOME", "/set"}};
    CHECK(environment_for(policy, {}) == std::vector<std::string>{"A=1", "HOME=/set"});
}

TEST_CASE("a tool path comes first in the PATH of a child, unless its policy has a PATH of its own")
{
    const std::vector<std::filesystem::path> tools{"/cm/slurm/bin"};
    const auto path_of = [&](const EnvPolicy& policy) {
        for (const std::string& variable : environment_for(policy, tools)) {
            if (variable.starts_with("PATH=")) {
                return variable;
            }
        }
        return std::string();
    };
    EnvPolicy policy = EnvPolicy::scrubbed();
    CHECK(path_of(policy).starts_with("PATH=/cm/slurm/bin:/usr/bin:/bin:"));
    policy.set["PATH"] = "/own";
    CHECK(path_of(policy) == "PATH=/own");
}

TEST_CASE("a child stuck on a dead mount is abandoned, and we can still end at once")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    const auto start = Clock::now();
    CHECK(in_process([&] {
              Invocation stuck = call({"cat", (dead.point() / "file").native()});
              stuck.deadline = 1s;
              const auto one = runner();
              const Completion done = one->run(stuck);
              const bool healthy = one->run(call({"echo", "x"})).out == "x\n";
              return done.how == How::abandoned && healthy ? 7 : 1;
          }) == 7);
    CHECK(Clock::now() - start < 20s);
}

TEST_CASE("a program on a dead mount is abandoned too, and so is a working directory there")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    CHECK(in_process([&] {
              Invocation program = call({(dead.point() / "tool").native()});
              program.deadline = 1s;
              Invocation directory = call({"true"});
              directory.cwd = dead.point() / "dir";
              directory.deadline = 1s;
              const auto one = runner();
              return one->run(program).how == How::abandoned && one->run(directory).how == How::abandoned ? 7 : 1;
          }) == 7);
}

TEST_CASE("a dead mount in PATH is left out and those after it are not")
{
    const test::TempDir dir;
    const test::DeadMount dead(dir.path() / "dead");
    if (!dead.mounted()) {
        MESSAGE("skipped: needs root and /dev/fuse");
        return;
    }
    const auto start = Clock::now();
    CHECK(trusted_path_dirs((dead.point() / "bin").native() + ":/usr/bin") ==
          std::vector<std::filesystem::path>{"/usr/bin"});
    CHECK(Clock::now() - start < 20s);
}

} // namespace hostile_test

// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "exec/lanes.hpp"
#include "exec/posix_runner.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace posix_runner_test {

using namespace hpcdoc;
using namespace std::chrono_literals;
using How = Completion::How;
using Clock = std::chrono::steady_clock;

namespace {

const std::filesystem::path k_tools{HPCDOC_TEST_BIN};

std::unique_ptr<Runner> runner(std::stop_token stop = {})
{
    return make_posix_runner({{k_tools, "/usr/bin", "/bin"}, "", std::move(stop), false});
}

Invocation call(std::vector<std::string> argv, std::chrono::milliseconds deadline = 10s)
{
    Invocation one;
    one.argv = std::move(argv);
    one.deadline = deadline;
    return one;
}

Completion run(std::vector<std::string> argv, std::chrono::milliseconds deadline = 10s)
{
    return runner()->run(call(std::move(argv), deadline));
}

bool alive(const std::string& pid)
{
    const std::optional<std::int64_t> number = util::parse_signed(util::trim(pid));
    REQUIRE(number);
    std::ifstream stat("/proc/" + std::to_string(*number) + "/stat");
    const std::string text(std::istreambuf_iterator<char>(stat), {});
    return !text.empty() && !util::contains(text, ") Z "); // a zombie is dead, whoever has yet to collect it
}

// A process that was sent SIGKILL is gone soon, not at once.
bool dies(const std::string& pid)
{
    for (int i = 0; i < 200 && alive(pid); ++i) {
        std::this_thread::sleep_for(10ms);
    }
    return !alive(pid);
}

} // namespace

TEST_CASE("a program runs and both its outputs are kept apart")
{
    const Completion done = run({"sh", "-c", "echo out; echo err >&2"});
    CHECK(done.ok());
    CHECK(done.out == "out\n");
    CHECK(done.err == "err\n");
    CHECK(done.out_total == 4);
    CHECK_FALSE(done.truncated());
}

TEST_CASE("a program that is missing is not found, by name or by path")
{
    for (const char* name : {"hpcdoc-no-such-program", "/nonexistent/sacct", "/etc/passwd/x"}) {
        const Completion done = run({name});
        CHECK(done.how == How::not_found);
        CHECK(done.err == "no program '" + std::string(name) + "'");
    }
}

TEST_CASE("a program that is there but cannot be executed says why")
{
    const auto reason = [](const std::string& name) {
        const Completion done = run({name});
        CHECK(done.how == How::not_started);
        return done.err;
    };
    const std::string tools = k_tools.native();
    CHECK(reason("not-executable") == "'" + tools + "/not-executable' cannot be executed: permission denied");
    CHECK(reason(tools) == "'" + tools + "' cannot be executed: it is a directory");
    CHECK(reason("no-interpreter") ==
          "'" + tools +
              "/no-interpreter' cannot be executed: its interpreter '/nonexistent/interpreter -x' is missing");
    CHECK(reason("no-shebang") == "'" + tools +
                                      "/no-shebang' cannot be executed: not a program for this machine, nor a script "
                                      "with a #! line");
    CHECK(reason("./sh") == "'./sh' was not run: a program is a plain name or an absolute path");
    CHECK(reason("..") == "'" + tools + "/..' cannot be executed: it is a directory");
    CHECK(reason("") == "no program was named");
    CHECK(run({}).how == How::not_started);
    CHECK(run({"sh", std::string("a\0b", 3)}).err == "'sh' was not run: an argument contains a NUL byte");
    Invocation nowhere = call({"sh"});
    nowhere.cwd = "/nonexistent";
    CHECK(runner()->run(nowhere).err == "cannot start in '/nonexistent': no such file or directory");
}

TEST_CASE("what cannot be executed in one directory is looked for in the next")
{
    const test::TempDir dir;
    dir.write("one/tool", "#!/bin/sh\necho one\n", 0644);
    dir.write("two/tool", "#!/bin/sh\necho two\n", 0755);
    const auto two = make_posix_runner({{dir.path() / "one", "relative", dir.path() / "two"}, "", {}, false});
    CHECK(two->run(call({"tool"})).out == "two\n");
}

TEST_CASE("every exit status comes back as it was")
{
    const auto one = runner();
    for (int status = 0; status < 256; ++status) {
        const Completion done = one->run(call({"exit-with", std::to_string(status)}));
        CHECK(done.how == How::exited);
        CHECK(done.status == status);
    }
}

TEST_CASE("death by a signal is told from an exit")
{
    for (const int number : {SIGHUP, SIGINT, SIGABRT, SIGKILL, SIGSEGV, SIGPIPE, SIGTERM, SIGUSR1, SIGXCPU}) {
        const Completion done = run({"die-by", std::to_string(number)});
        CHECK(done.how == How::signalled);
        CHECK(done.status == number);
    }
}

TEST_CASE("a child is ended at its deadline and what it said is kept")
{
    const auto start = Clock::now();
    const Completion done = run({"print-pid-and-sleep"}, 1s);
    CHECK(done.how == How::timed_out);
    CHECK(Clock::now() - start < 20s);
    CHECK(done.elapsed >= 1s);
    const std::vector<std::string_view> pids = util::split(util::trim(done.out), ' ');
    REQUIRE(pids.size() == 2);
    CHECK_FALSE(alive(std::string(pids[0])));
    CHECK(dies(std::string(pids[1])));
}

TEST_CASE("a child that ignores SIGTERM is killed a second later")
{
    const auto start = Clock::now();
    const Completion done = run({"ignore-term"}, 1s);
    CHECK(done.how == How::timed_out);
    CHECK(done.status == SIGKILL);
    CHECK(Clock::now() - start < 20s);
    CHECK_FALSE(alive(done.out));
}

TEST_CASE("a grandchild that keeps the pipe open does not keep us")
{
    const auto start = Clock::now();
    const Completion done = run({"leave-grandchild"});
    CHECK(done.how == How::exited);
    CHECK(done.status == 3);
    CHECK(Clock::now() - start < 20s);
    CHECK(dies(done.out));
}

TEST_CASE("a daemon that writes without end does not keep us")
{
    const auto start = Clock::now();
    const Completion done = run({"leave-daemon"});
    CHECK(done.ok());
    CHECK(done.out.starts_with("started\n"));
    CHECK(Clock::now() - start < 20s);
}

TEST_CASE("a gibibyte of output is counted and not kept")
{
    const Completion done = run({"head", "-c", "1073741824", "/dev/zero"}, 60s);
    CHECK(done.ok());
    CHECK(done.out_total == 1u << 30);
    CHECK(done.out.size() == 4u << 20);
    CHECK(done.truncated());
    struct rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    CHECK(usage.ru_maxrss < 200 * 1024);
}

TEST_CASE("a sink takes the output as it comes and may have enough")
{
    struct Counter : Sink {
        std::size_t bytes = 0, most = 0;
        bool write(std::string_view part) override
        {
            bytes += part.size();
            return bytes < most;
        }
    } counter;
    counter.most = 1u << 20;
    Invocation flood = call({"cat", "/dev/zero"});
    flood.out = &counter;
    const auto start = Clock::now();
    const Completion done = runner()->run(flood);
    CHECK(done.how == How::signalled);
    CHECK(done.out.empty());
    CHECK(done.out_total == counter.bytes);
    CHECK(counter.bytes >= counter.most);
    CHECK(Clock::now() - start < 20s);

    counter = {};
    counter.most = 1u << 20;
    Invocation few = call({"echo", "hello"});
    few.out = &counter;
    CHECK(runner()->run(few).ok());
    CHECK(counter.bytes == 6);
}

TEST_CASE("bytes come through untouched: invalid UTF-8, NUL, escapes")
{
    const Completion done = run({"bad-bytes"});
    CHECK(done.out == std::string("a\xff\0\x1b[31mb", 9));
    CHECK(done.err == std::string("e\xfe\0f", 4));
}

TEST_CASE("standard input is empty unless it is given")
{
    CHECK(run({"cat"}).out == "");
    Invocation fed = call({"cat"});
    fed.input = std::string(300'000, 'x') + "end";
    CHECK(runner()->run(fed).out == fed.input);
}

TEST_CASE("a child that does not read its input is no trouble, and SIGPIPE stays as it was")
{
    Invocation fed = call({"true"});
    fed.input = std::string(1u << 20, 'x');
    CHECK(runner()->run(fed).ok());
    sigset_t pending;
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, SIGPIPE) == 0);
    struct sigaction action = {};
    ::sigaction(SIGPIPE, nullptr, &action);
    CHECK((action.sa_handler == SIG_DFL));
}

TEST_CASE("a child starts with default signals, no descriptor of ours and no terminal")
{
    ::signal(SIGUSR2, SIG_IGN);
    const int leak = ::dup(STDERR_FILENO); // not close-on-exec
    const Completion done = run({"sh", "-c",
                                 "ls /proc/self/fd | wc -l; grep -E 'SigIgn|SigBlk' /proc/self/status; "
                                 "(: < /dev/tty) 2>/dev/null && echo terminal; ps -o sid= -p $$ | tr -d ' '; echo $$"});
    ::close(leak);
    ::signal(SIGUSR2, SIG_DFL);
    const std::vector<std::string_view> lines = util::lines(done.out);
    REQUIRE(lines.size() >= 3);
    CHECK(lines[0] == "4"); // 0, 1, 2 and that of ls
    CHECK(lines[1] == "SigBlk:\t0000000000000000");
    CHECK(lines[2] == "SigIgn:\t0000000000000000");
    CHECK_FALSE(util::contains(done.out, "terminal"));
}

TEST_CASE("a program that would change the system is refused")
{
    Invocation change = call({"touch", "/nonexistent/x"});
    change.effect = Effect::changes_system;
    const Completion refused = runner()->run(change);
    CHECK(refused.how == How::not_started);
    CHECK(refused.err == "'touch /nonexistent/x' was not run: it would change the system");
    const auto allowed = make_posix_runner({{"/usr/bin", "/bin"}, "", {}, true});
    CHECK(allowed->run(change).how == How::exited);
}

TEST_CASE("sixty-four calls at once all come back in their order")
{
    std::vector<Invocation> calls;
    for (int i = 0; i < 64; ++i) {
        calls.push_back(call({"echo", std::to_string(i)}));
    }
    const auto one = runner();
    const std::vector<Completion> done = run_all(*one, calls, 30s);
    REQUIRE(done.size() == 64);
    for (std::size_t i = 0; i < done.size(); ++i) {
        CHECK(done[i].out == std::to_string(i) + "\n");
    }
}

TEST_CASE("sixty-four children that fill their pipes do not wait for each other")
{
    std::vector<Invocation> calls(64, call({"head", "-c", "1000000", "/dev/zero"}));
    const auto one = runner();
    for (const Completion& done : run_all(*one, calls, 30s)) {
        CHECK(done.out_total == 1'000'000);
    }
}

TEST_CASE("run_all ends what is not over within its budget, those that wait for their lane too")
{
    std::vector<Invocation> calls(3, call({"sleep", "20"}));
    for (Invocation& one : calls) {
        one.lane = "slurmctld";
    }
    calls.push_back(call({"echo", "quick"}));
    const auto one = runner();
    const auto start = Clock::now();
    const std::vector<Completion> done = run_all(*one, calls, 500ms);
    CHECK(Clock::now() - start < 20s);
    CHECK(std::count_if(done.begin(), done.begin() + 3, [](const Completion& c) { return c.how == How::timed_out; }) ==
          3);
    CHECK(std::any_of(done.begin(), done.end(), [](const Completion& c) {
        return c.err == "'sleep' was not run: the calls before it took all the time";
    }));
    CHECK(done[3].out == "quick\n");
}

TEST_CASE("calls of one lane wait for each other, and the wait is not their time")
{
    std::vector<Invocation> calls(3, call({"sleep", "0.2"}));
    for (Invocation& one : calls) {
        one.lane = "slurmctld";
    }
    const auto one = runner();
    const auto start = Clock::now();
    const std::vector<Completion> all = run_all(*one, calls, 60s);
    const auto total = Clock::now() - start;
    CHECK(total >= 600ms);
    for (const Completion& done : all) {
        CHECK(done.ok());
        CHECK(done.elapsed <= total - 390ms); // the other two took 200 ms each
    }
}

TEST_CASE("local calls run eight abreast, those of another backend one by one")
{
    for (const auto& [name, width] : std::map<std::string, std::size_t>{
             {"local", 8}, {"slurmctld", 1}, {"slurmdbd", 1}, {"fs:/home", 1}, {"ldap", 1}}) {
        CHECK(Lanes::width(name) == width);
        Lanes lanes;
        std::vector<Lanes::Place> places;
        while (std::optional<Lanes::Place> place = lanes.enter(name, {}, Clock::now() + 1ms)) {
            places.push_back(std::move(*place));
        }
        CHECK(places.size() == width);
        CHECK(lanes.enter("other", {}, Clock::now() + 1ms));
        places.pop_back();
        CHECK(lanes.enter(name, {}, Clock::now() + 1ms));
    }
}

namespace {

// Asks for a stop when so many children have said something.
struct StopAfter {
    explicit StopAfter(int children) : left(children) {}
    std::atomic<int> left;
    std::stop_source source{};
};

struct FirstWords : Sink {
    explicit FirstWords(StopAfter& watcher) : after(watcher) {}
    StopAfter& after;
    std::string text{};
    bool write(std::string_view bytes) override
    {
        if (text.empty() && --after.left == 0) {
            after.source.request_stop();
        }
        text += bytes;
        return true;
    }
};

} // namespace

TEST_CASE("a request to stop ends every child, leaves none behind and starts no new one")
{
    StopAfter after(4);
    const auto one = runner(after.source.get_token());
    std::vector<FirstWords> words(4, FirstWords(after));
    std::vector<Invocation> calls(4, call({"print-pid-and-sleep"}, 60s));
    for (std::size_t i = 0; i < calls.size(); ++i) {
        calls[i].out = &words[i];
    }
    const auto start = Clock::now();
    const std::vector<Completion> done = run_all(*one, calls, 60s);
    CHECK(Clock::now() - start < 20s);
    for (std::size_t i = 0; i < done.size(); ++i) {
        CHECK((done[i].how == How::signalled || done[i].how == How::timed_out));
        for (const std::string_view pid : util::split(util::trim(words[i].text), ' ')) {
            CHECK(dies(std::string(pid)));
        }
    }
    const Completion late = one->run(call({"echo"}));
    CHECK(late.how == How::not_started);
    CHECK(late.err == "'echo' was not run: interrupted");
}

TEST_CASE("a request to stop also ends a child that ignores SIGTERM, soon")
{
    StopAfter after(1);
    FirstWords words(after);
    Invocation stubborn = call({"ignore-term"}, 60s);
    stubborn.out = &words;
    const auto start = Clock::now();
    const Completion done = runner(after.source.get_token())->run(stubborn);
    CHECK(Clock::now() - start < 20s);
    CHECK(done.how == How::signalled);
    CHECK(done.status == SIGKILL);
    CHECK_FALSE(alive(words.text));
}

} // namespace posix_runner_test

// SPDX-License-Identifier: Apache-2.0
#include "exec/spawn.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

// What the child needs, made before fork: between fork and exec only async-signal-safe calls are allowed.
struct Prepared {
    std::vector<const char*> paths{};
    std::vector<char*> argv{}, environment{};
    const char* cwd = nullptr;
    int in = -1, out = -1, err = -1, status = -1;
    pid_t parent = -1;
};

std::vector<char*> pointers(const std::vector<std::string>& words)
{
    std::vector<char*> result;
    for (const std::string& word : words) {
        result.push_back(const_cast<char*>(word.c_str())); // execve(2) takes char* and does not write
    }
    result.push_back(nullptr);
    return result;
}

[[noreturn]] void give_up(const StartFailure& failure)
{
    constexpr int k_status_fd = 3, k_cannot_execute = 127;
    [[maybe_unused]] const ssize_t written = ::write(k_status_fd, &failure, sizeof failure);
    ::_exit(k_cannot_execute);
}

// 0, 1, 2 become the child's own, 3 the status pipe; everything else of ours is closed now, not at exec: a child stuck
// before its exec would keep other children's pipes open.
void arrange_descriptors(const Prepared& plan)
{
    ::dup2(plan.in, STDIN_FILENO);
    ::dup2(plan.out, STDOUT_FILENO);
    ::dup2(plan.err, STDERR_FILENO);
    constexpr int k_status_fd = 3;
    if (plan.status != k_status_fd) {
        ::dup3(plan.status, k_status_fd, O_CLOEXEC);
    }
    util::close_from(k_status_fd + 1);
}

void become_quiet(const Prepared& plan)
{
    ::setsid(); // no terminal: nothing can ask for a password, and Ctrl-C reaches it through us
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != plan.parent) {
        ::_exit(0);
    }
    const struct rlimit no_core = {0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core); // looking must leave no files behind
}

int execute(const Prepared& plan, const char* path)
{
    constexpr struct timespec k_pause = {0, 10'000'000};
    for (int attempt = 0; attempt < 5; ++attempt) {
        ::execve(path, plan.argv.data(), plan.environment.data());
        if (errno != ETXTBSY) { // being written, or held by a fork of whoever wrote it: over in a moment
            break;
        }
        ::nanosleep(&k_pause, nullptr);
    }
    return errno;
}

// Missing, or there and not to be executed? execve(2) says ENOENT for a missing interpreter and EACCES for a directory.
void explain(const char* path, StartFailure& failure)
{
    struct stat info = {};
    if (::stat(path, &info) != 0) {
        return;
    }
    if (S_ISDIR(info.st_mode)) {
        failure.error = EISDIR;
    } else if (failure.error == ENOENT) {
        failure.stage = StartFailure::Stage::interpreter;
        const int fd = ::open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd >= 0) {
            [[maybe_unused]] const ssize_t count = ::read(fd, failure.first_line, sizeof failure.first_line - 1);
        }
    }
}

[[noreturn]] void run_child(const Prepared& plan)
{
    become_quiet(plan);
    util::reset_signals();
    arrange_descriptors(plan);
    if (plan.cwd != nullptr && ::chdir(plan.cwd) != 0) {
        StartFailure failure;
        failure.stage = StartFailure::Stage::directory;
        failure.error = errno;
        give_up(failure);
    }
    StartFailure worst;
    worst.error = ENOENT;
    for (unsigned i = 0; i < plan.paths.size(); ++i) {
        StartFailure failure;
        failure.error = execute(plan, plan.paths[i]);
        failure.path = i;
        explain(plan.paths[i], failure);
        const bool missing =
            failure.stage == StartFailure::Stage::program && (failure.error == ENOENT || failure.error == ENOTDIR);
        const bool only_missing_yet = worst.stage == StartFailure::Stage::program && worst.error == ENOENT;
        if (!missing && only_missing_yet) {
            worst = failure; // what a person would have meant; a later directory may still have a program
        }
    }
    give_up(worst);
}

class BlockedSignals { // no handler of ours may run in the child
public:
    BlockedSignals()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &m_before);
    }
    ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

private:
    sigset_t m_before{};
};

} // namespace

std::optional<Child> spawn(const Program& program, bool with_input)
{
    Prepared plan;
    std::transform(program.paths.begin(), program.paths.end(), std::back_inserter(plan.paths),
                   [](const std::string& path) { return path.c_str(); });
    plan.argv = pointers(program.argv);
    plan.environment = pointers(program.environment);
    plan.cwd = program.cwd.empty() ? nullptr : program.cwd.c_str();
    plan.parent = ::getpid();

    std::optional<util::Pipe> in = with_input ? util::make_pipe() : util::Pipe{}, out = util::make_pipe(),
                              err = util::make_pipe(), status = util::make_pipe();
    const util::Fd null = util::above_stdio(util::Fd{::open("/dev/null", O_RDONLY | O_CLOEXEC)});
    if (!in || !out || !err || !status || !null.open()) {
        return std::nullopt;
    }
    plan.in = with_input ? in->read.get() : null.get();
    plan.out = out->write.get();
    plan.err = err->write.get();
    plan.status = status->write.get();

    Child child{-1, std::move(in->write), std::move(out->read), std::move(err->read), std::move(status->read)};
    for (const util::Fd* fd : {&child.in, &child.out, &child.err, &child.status}) {
        if (fd->open()) {
            util::set_nonblocking(fd->get());
        }
    }
    const BlockedSignals blocked;
    child.pid = ::fork();
    if (child.pid == 0) {
        run_child(plan);
    }
    return child.pid < 0 ? std::nullopt : std::optional(std::move(child));
}

std::string describe(const StartFailure& failure, const Program& program)
{
    const std::string path = failure.path < program.paths.size() ? program.paths[failure.path] : program.argv.front();
    const std::string_view line =
        std::string_view(failure.first_line).substr(0, std::strcspn(failure.first_line, "\n"));
    switch (failure.stage) {
    case StartFailure::Stage::directory:
        return fmt::format("cannot start in '{}': {}", program.cwd, util::errno_text(failure.error));
    case StartFailure::Stage::interpreter:
        if (line.starts_with("#!")) {
            return fmt::format("'{}' cannot be executed: its interpreter '{}' is missing", path,
                               util::printable(util::trim(line.substr(2))));
        }
        return fmt::format("'{}' cannot be executed: its dynamic loader is missing", path);
    case StartFailure::Stage::program:
        break;
    }
    if (failure.error == EISDIR) {
        return fmt::format("'{}' cannot be executed: it is a directory", path);
    }
    if (failure.error == ENOEXEC) {
        return fmt::format("'{}' cannot be executed: not a program for this machine, nor a script with a #! line",
                           path);
    }
    return fmt::format("'{}' cannot be executed: {}", path, util::errno_text(failure.error));
}

} // namespace hpcdoc

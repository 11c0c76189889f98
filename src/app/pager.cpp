// SPDX-License-Identifier: Apache-2.0
#include "app/pager.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/stdio.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::app {

namespace {

// The pager reads from `input` and has the rest of our own streams. 0: it could not be started.
pid_t start(const std::vector<std::string>& words, int input)
{
    std::vector<char*> argv;
    for (const std::string& word : words) {
        argv.push_back(const_cast<char*>(word.c_str())); // posix_spawn does not write to it
    }
    argv.push_back(nullptr);
    ::setenv("LESS", "FRX", 0); // colours pass, a short text does not stop; the user's own LESS wins
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, argv.front(), &actions, &attributes, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    return error == 0 ? child : 0;
}

void wait_for(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
}

} // namespace

std::vector<std::string> pager_words(const std::string& setting, const OwnEnvironment& env)
{
    std::string line = setting.empty() ? env("PAGER").value_or("") : setting;
    if (line.empty()) {
        line = "less";
    }
    std::vector<std::string> words;
    for (const std::string_view word : util::split(line, ' ')) {
        if (!word.empty()) {
            words.emplace_back(word);
        }
    }
    return words.size() == 1 && words.front() == "cat" ? std::vector<std::string>{} : words;
}

bool worth_a_pager(std::string_view text, const Screen& screen)
{
    return screen.out_is_terminal && screen.in_is_terminal && !screen.dumb &&
           std::count(text.begin(), text.end(), '\n') >= static_cast<std::ptrdiff_t>(screen.rows);
}

Result<void> show_paged(std::string_view text, std::string_view what, const std::vector<std::string>& pager)
{
    std::optional<util::Pipe> pipe = pager.empty() ? std::nullopt : util::make_pipe();
    const pid_t child = pipe ? start(pager, pipe->read.get()) : 0;
    if (child == 0) {
        return write_output(text, what);
    }
    pipe->read.reset();
    struct sigaction ignore = {}, before = {};
    ignore.sa_handler = SIG_IGN; // Ctrl-C belongs to the pager
    ::sigaction(SIGINT, &ignore, &before);
    [[maybe_unused]] const auto written = write_all(pipe->write.get(), text);
    pipe->write.reset();
    wait_for(child);
    ::sigaction(SIGINT, &before, nullptr);
    return {};
}

} // namespace hpcdoc::app

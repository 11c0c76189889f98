// SPDX-License-Identifier: Apache-2.0
#include "exec/posix_runner.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <mutex>

#include <fmt/format.h>

#include "exec/environment.hpp"
#include "exec/lanes.hpp"
#include "exec/spawn.hpp"
#include "exec/supervise.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using How = Completion::How;
using Clock = std::chrono::steady_clock;

Completion ended(How how, std::string text)
{
    Completion completion;
    completion.how = how;
    completion.err_total = text.size();
    completion.err = std::move(text);
    return completion;
}

// What the kernel would cut short or misread in silence.
std::string wrong_call(const Invocation& call)
{
    if (call.argv.empty() || call.argv.front().empty()) {
        return "no program was named";
    }
    for (const std::string& word : call.argv) {
        if (word.find('\0') != std::string::npos) {
            return fmt::format("'{}' was not run: an argument contains a NUL byte", util::printable(call.argv.front()));
        }
    }
    const std::string& name = call.argv.front();
    if (!name.starts_with('/') && util::contains(name, "/")) {
        return fmt::format("'{}' was not run: a program is a plain name or an absolute path", util::printable(name));
    }
    return {};
}

class PosixRunner final : public Runner {
public:
    explicit PosixRunner(PosixOptions options) : m_options(std::move(options)) {}

    Completion run(const Invocation& call) override;

private:
    Completion start(const Invocation& call, const Program& program, Clock::time_point begun);
    std::vector<std::string> paths_of(const std::string& name, const std::vector<std::filesystem::path>& dirs) const;
    const std::vector<std::filesystem::path>& trusted();
    std::stop_token stop_for(const Invocation& call) const { return call.after_stop ? std::stop_token{} : m_options.stop; }

    PosixOptions m_options;
    Lanes m_lanes{};
    std::once_flag m_trust_known{};
    std::vector<std::filesystem::path> m_trusted{};
};

std::vector<std::string> PosixRunner::paths_of(const std::string& name,
                                               const std::vector<std::filesystem::path>& dirs) const
{
    if (name.starts_with('/')) {
        return {name};
    }
    std::vector<std::string> paths;
    for (const std::filesystem::path& dir : dirs) {
        if (dir.is_absolute()) {
            paths.push_back((dir / name).native());
        }
    }
    return paths;
}

const std::vector<std::filesystem::path>& PosixRunner::trusted()
{
    std::call_once(m_trust_known, [&] {
        for (std::filesystem::path& dir : trusted_path_dirs(m_options.inherited_path)) {
            if (std::find(m_options.tool_path.begin(), m_options.tool_path.end(), dir) == m_options.tool_path.end()) {
                m_trusted.push_back(std::move(dir));
            }
        }
    });
    return m_trusted;
}

Completion PosixRunner::start(const Invocation& call, const Program& program, Clock::time_point begun)
{
    const Clock::time_point deadline = std::min(begun + std::min(call.deadline, std::chrono::milliseconds{86'400'000}),
                                                call.until.value_or(Clock::time_point::max()));
    std::optional<Child> child = spawn(program, !call.input.empty());
    if (!child) {
        return ended(How::not_started,
                     fmt::format("'{}' was not run: {}", program.argv.front(), util::errno_text(errno)));
    }
    Ending ending = supervise(std::move(*child), call, deadline, stop_for(call));
    ending.completion.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
    if (!ending.not_started) {
        return std::move(ending.completion);
    }
    const bool missing = ending.not_started->stage == StartFailure::Stage::program &&
                         (ending.not_started->error == ENOENT || ending.not_started->error == ENOTDIR);
    Completion completion = missing ? ended(How::not_found, fmt::format("no program '{}'", program.argv.front()))
                                    : ended(How::not_started, describe(*ending.not_started, program));
    completion.elapsed = ending.completion.elapsed;
    return completion;
}

Completion PosixRunner::run(const Invocation& call)
{
    collect_abandoned();
    if (std::string wrong = wrong_call(call); !wrong.empty()) {
        return ended(How::not_started, std::move(wrong));
    }
    if (call.effect == Effect::changes_system && !m_options.changes_allowed) {
        return ended(How::not_started, fmt::format("'{}' was not run: it would change the system",
                                                   util::printable(command_line(call.argv))));
    }
    const std::stop_token stop = stop_for(call);
    const std::optional<Lanes::Place> place = m_lanes.enter(call.lane, stop, call.until);
    if (stop.stop_requested()) {
        return ended(How::not_started, fmt::format("'{}' was not run: interrupted", call.argv.front()));
    }
    if (!place) {
        return ended(How::timed_out,
                     fmt::format("'{}' was not run: the calls before it took all the time", call.argv.front()));
    }
    const Clock::time_point begun = Clock::now();
    Program program{paths_of(call.argv.front(), m_options.tool_path), call.argv,
                    environment_for(call.env, m_options.tool_path), call.cwd ? call.cwd->native() : ""};
    Completion completion = start(call, program, begun);
    if (completion.how == How::not_found && !call.argv.front().starts_with('/') && !m_options.inherited_path.empty()) {
        program.paths = paths_of(call.argv.front(), trusted());
        completion = start(call, program, begun);
    }
    return completion;
}

} // namespace

std::unique_ptr<Runner> make_posix_runner(PosixOptions options)
{
    // Some daemons start their children with SIGCHLD ignored: the kernel would throw each exit status away.
    struct sigaction action = {};
    if (::sigaction(SIGCHLD, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) {
        ::signal(SIGCHLD, SIG_DFL);
    }
    return std::make_unique<PosixRunner>(std::move(options));
}

} // namespace hpcdoc

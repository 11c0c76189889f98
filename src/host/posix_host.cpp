// SPDX-License-Identifier: Apache-2.0
#include "host/posix_host.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "host/mounts.hpp"
#include "host/worker.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Op = Question::Op;

constexpr auto k_dead_for = 30s; // how long a mount that did not answer is left alone
constexpr std::size_t k_idle_workers = 4;
constexpr std::uint64_t k_mountinfo_cap = 16u << 20; // thousands of mounts

bool about_a_path(Op op)
{
    return op <= Op::space;
}

std::string seconds_text(std::chrono::milliseconds time)
{
    return time % 1s == 0ms ? fmt::format("{} s", time / 1s) : fmt::format("{} ms", time.count());
}

class PosixHost final : public Host {
public:
    explicit PosixHost(PosixHostOptions options) : m_options(std::move(options)) {}

    bool is_here() const override { return true; }
    Result<std::string> read(const std::filesystem::path& file, std::size_t cap) const override
    {
        return ask<std::string>({Op::read, file.native(), cap, 0});
    }
    Result<FileEnds> read_ends(const std::filesystem::path& file, std::size_t head_cap,
                               std::size_t tail_cap) const override
    {
        return ask<FileEnds>({Op::read_ends, file.native(), head_cap, tail_cap});
    }
    Result<FileInfo> stat(const std::filesystem::path& path) const override
    {
        return ask<FileInfo>({Op::stat, path.native(), 0, 0});
    }
    Result<FileInfo> lstat(const std::filesystem::path& path) const override
    {
        return ask<FileInfo>({Op::lstat, path.native(), 0, 0});
    }
    Result<std::vector<std::string>> list(const std::filesystem::path& dir) const override
    {
        return ask<std::vector<std::string>>({Op::list, dir.native(), 0, 0});
    }
    Result<SpaceInfo> space(const std::filesystem::path& path) const override
    {
        return ask<SpaceInfo>({Op::space, path.native(), 0, 0});
    }
    Result<std::vector<Mount>> mounts() const override;

    std::vector<std::string> env_names() const override
    {
        std::vector<std::string> names;
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            const std::string_view text = *entry;
            names.emplace_back(text.substr(0, text.find('=')));
        }
        std::sort(names.begin(), names.end());
        return names;
    }
    std::optional<std::string> env(std::string_view name) const override
    {
        const char* value = std::getenv(std::string(name).c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    }
    UserInfo user() const override;
    std::optional<UserInfo> user_by_id(unsigned uid) const override { return known_user({Op::user_by_id, "", uid, 0}); }
    std::optional<UserInfo> user_by_name(std::string_view name) const override
    {
        return known_user({Op::user_by_name, std::string(name), 0, 0});
    }
    std::string name() const override;
    std::chrono::sys_seconds now() const override
    {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    std::chrono::seconds utc_offset() const override;
    Result<std::chrono::milliseconds> connect(std::string_view host, std::uint16_t port,
                                              std::chrono::milliseconds deadline) const override;

private:
    template<class T> Result<T> ask(const Question& question) const { return ask<T>(question, m_options.deadline); }
    template<class T> Result<T> ask(const Question& question, std::chrono::milliseconds deadline) const
    {
        Answer answer = answer_to(question, deadline);
        if (auto* error = std::get_if<Error>(&answer)) {
            return tl::unexpected(std::move(*error));
        }
        if (auto* value = std::get_if<T>(&answer)) {
            return std::move(*value);
        }
        return failure(Code::internal, "an answer to another question");
    }
    Answer answer_to(const Question& question, std::chrono::milliseconds deadline) const;
    std::optional<Error> refused(const Question& question) const;
    Error unanswered(const Question& question, std::chrono::milliseconds deadline) const;
    std::optional<UserInfo> known_user(const Question& question) const;
    std::optional<Worker> worker() const; // an idle one or a new one
    void give_back(Worker worker) const;

    PosixHostOptions m_options;
    mutable std::mutex m_mutex{};
    mutable std::vector<Worker> m_idle{};
    mutable std::map<std::string, Clock::time_point> m_dead{}; // mount points, and until when
    mutable Clock::time_point m_users_dead_until{};
    mutable std::optional<UserInfo> m_user{};
};

std::optional<Worker> PosixHost::worker() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            std::optional<Worker> idle(std::move(m_idle.back()));
            m_idle.pop_back();
            return idle;
        }
    }
    return Worker::start();
}

void PosixHost::give_back(Worker worker) const
{
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < k_idle_workers) {
        m_idle.push_back(std::move(worker));
    }
}

std::optional<Error> PosixHost::refused(const Question& question) const
{
    if (question.subject.find('\0') != std::string::npos) {
        return Error{
            Code::not_found, fmt::format("'{}' contains a NUL byte", util::printable(question.subject)), "", {}};
    }
    if (!about_a_path(question.op)) {
        const std::lock_guard lock(m_mutex);
        if (question.op != Op::connect && Clock::now() < m_users_dead_until) {
            return Error{Code::timed_out, "the user database did not answer a moment ago", "", {}};
        }
        return std::nullopt;
    }
    if (!question.subject.starts_with('/')) {
        return Error{
            Code::usage, fmt::format("'{}' is not an absolute path", util::printable(question.subject)), "", {}};
    }
    const std::filesystem::path path = std::filesystem::path(question.subject).lexically_normal();
    const std::lock_guard lock(m_mutex);
    for (const auto& [point, until] : m_dead) {
        if (Clock::now() < until && lies_below(path, point)) {
            return Error{Code::timed_out,
                         fmt::format("'{}' was not looked at: '{}' did not answer a moment ago (dead mount?)",
                                     util::printable(question.subject), util::printable(point)),
                         "tell the storage admins",
                         {}};
        }
    }
    return std::nullopt;
}

Error PosixHost::unanswered(const Question& question, std::chrono::milliseconds deadline) const
{
    if (!about_a_path(question.op)) {
        const bool server = question.op == Op::connect;
        if (!server) {
            const std::lock_guard lock(m_mutex);
            m_users_dead_until = Clock::now() + k_dead_for;
        }
        const std::string what =
            server ? fmt::format("'{}:{}'", util::printable(question.subject), question.a) : "the user database";
        return {Code::timed_out, fmt::format("{} did not answer within {}", what, seconds_text(deadline)), "", {}};
    }
    if (const Result<std::vector<Mount>> all = mounts()) {
        const Mount* mount = mount_of(*all, question.subject);
        if (mount != nullptr && mount->point != "/") {
            const std::lock_guard lock(m_mutex);
            m_dead[mount->point] = Clock::now() + k_dead_for;
        }
    }
    return {Code::timed_out,
            fmt::format("'{}' did not answer within {} (dead mount?)", util::printable(question.subject),
                        seconds_text(deadline)),
            "tell the storage admins",
            {}};
}

Answer PosixHost::answer_to(const Question& question, std::chrono::milliseconds deadline) const
{
    if (std::optional<Error> error = refused(question)) {
        return std::move(*error);
    }
    const Clock::time_point until = Clock::now() + deadline;
    for (int attempt = 0; attempt < 3; ++attempt) { // an idle worker may have died since (killed, or out of memory)
        std::optional<Worker> asked = worker();
        if (!asked) {
            return system_error("start a process to look at", question.subject, errno);
        }
        Answer answer;
        switch (asked->ask(question, until, m_options.stop, answer)) {
        case Worker::Outcome::answered:
            give_back(std::move(*asked));
            return answer;
        case Worker::Outcome::stuck:
            return unanswered(question, deadline);
        case Worker::Outcome::stopped:
            return Error{Code::interrupted,
                         fmt::format("'{}' was not looked at: interrupted", util::printable(question.subject)),
                         "",
                         {}};
        case Worker::Outcome::dead:
            break;
        }
    }
    return Error{
        Code::io,
        fmt::format("cannot look at '{}': the process that should was killed", util::printable(question.subject)),
        "look for a memory limit of this login",
        {}};
}

Result<std::vector<Mount>> PosixHost::mounts() const
{
    // Of the kernel and about itself: it touches no mount and cannot hang.
    Answer answer = look({Op::read, "/proc/self/mountinfo", k_mountinfo_cap, 0});
    if (auto* error = std::get_if<Error>(&answer)) {
        return tl::unexpected(std::move(*error));
    }
    return parse_mountinfo(std::get<std::string>(answer));
}

UserInfo PosixHost::user() const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_user) {
            return *m_user;
        }
    }
    Result<UserInfo> found = ask<UserInfo>({Op::self, "", 0, 0});
    UserInfo user = found ? std::move(*found) : UserInfo{"", ::geteuid(), ::getegid(), {}, ""};
    if (user.name.empty()) { // not in the database, or the database is dead: what the login said
        user.name = env("USER").value_or(std::to_string(user.uid));
    }
    if (user.home.empty()) {
        user.home = env("HOME").value_or("/");
    }
    const std::lock_guard lock(m_mutex);
    m_user = user;
    return user;
}

std::optional<UserInfo> PosixHost::known_user(const Question& question) const
{
    Result<UserInfo> user = ask<UserInfo>(question);
    return user ? std::optional(std::move(*user)) : std::nullopt;
}

std::string PosixHost::name() const
{
    struct utsname system = {};
    if (::uname(&system) != 0) {
        return "localhost";
    }
    const std::string_view name = system.nodename;
    return std::string(name.substr(0, name.find('.')));
}

std::chrono::seconds PosixHost::utc_offset() const
{
    const std::time_t now = std::time(nullptr);
    struct tm local = {};
    ::tzset();
    return std::chrono::seconds{::localtime_r(&now, &local) == nullptr ? 0 : local.tm_gmtoff};
}

Result<std::chrono::milliseconds> PosixHost::connect(std::string_view host, std::uint16_t port,
                                                     std::chrono::milliseconds deadline) const
{
    // The worker gives up at the deadline by itself, unless the name server is what hangs.
    const auto own = std::clamp(deadline, 0ms, std::chrono::milliseconds{600'000});
    return ask<std::chrono::milliseconds>(
        {Op::connect, std::string(host), port, static_cast<std::uint64_t>(own.count())}, own + 200ms);
}

} // namespace

std::unique_ptr<Host> make_posix_host(PosixHostOptions options)
{
    return std::make_unique<PosixHost>(std::move(options));
}

} // namespace hpcdoc

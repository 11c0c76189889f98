// SPDX-License-Identifier: Apache-2.0
#include "app/session.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <system_error>

#include <hpcdoc/host.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/rules.hpp>

#include "app/places.hpp"
#include "app/version.hpp"
#include "app/write_directory.hpp"
#include "archive/members.hpp"
#include "exec/posix_runner.hpp"
#include "exec/recording_runner.hpp"
#include "exec/replay_runner.hpp"
#include "host/directory.hpp"
#include "host/learn_secrets.hpp"
#include "host/posix_host.hpp"
#include "host/recording_host.hpp"
#include "host/replay_host.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

Result<Redactor> load_redactor(const SessionRequest& request)
{
    // Its rules take longer to load than most commands to run, so only what writes text for others loads them; for the
    // rest they stay unread.
    std::vector<std::filesystem::path> dirs;
    if (!request.record.empty() || request.effect != Effect::reads || request.finds_secrets) {
        dirs.push_back(request.share / "redact");
    }
    return Redactor::load(dirs);
}

Result<Recording> load_from(const Host& live, const std::string& from)
{
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(from, error);
    const Result<FileInfo> info = live.stat(path);
    if (!info) {
        const bool wrong = info.error().code == Code::not_found || info.error().code == Code::denied;
        return wrong ? failure(Code::config, info.error().message,
                               "--from takes a directory or an archive that hpcdoc wrote")
                     : tl::unexpected<Error>(info.error());
    }
    if (info->kind == FileKind::directory) {
        return load_recording(directory_reader(live, path), from);
    }
    if (info->kind != FileKind::regular) {
        return failure(Code::config,
                       "cannot read '" + util::printable(from) + "': it is neither a directory nor a file",
                       "--from takes a directory or an archive that hpcdoc wrote");
    }
    HPCDOC_TRY_ASSIGN(const archive::Reader reader, archive::open_archive(path));
    return load_recording(reader, from);
}

std::vector<std::filesystem::path> tool_path(const Config& config)
{
    const std::vector<std::string>& dirs = config.list("tools.path");
    return {dirs.begin(), dirs.end()};
}

} // namespace

struct Session::Doors {
    Doors(const Config& settings, SessionRequest asked, Redactor loaded)
        : config(settings), request(std::move(asked)), redactor(std::move(loaded)),
          rules(rule_dirs(request.share, settings))
    {
    }

    const Config& config;
    SessionRequest request;
    Redactor redactor;
    RuleBook rules;
    std::unique_ptr<Host> live_host{};
    std::unique_ptr<Runner> live_runner{};
    std::optional<ReplayHost> replay_host{};
    std::optional<ReplayRunner> replay_runner{};
    std::optional<RecordingHost> recording_host{};
    std::optional<RecordingRunner> recording_runner{};
    const Host* host = nullptr; // the outermost
    Runner* runner = nullptr;

    void open_live()
    {
        // A recording is read in large pieces, and nothing else waits for it.
        const std::chrono::seconds patience(request.from.empty() ? 0 : 30);
        const std::chrono::seconds deadline = std::max(config.duration("run.host_deadline"), patience);
        live_host = make_posix_host({.deadline = deadline, .stop = request.stop});
        host = live_host.get();
    }
    void open_live_runner(std::string path)
    {
        live_runner = make_posix_runner(
            {.tool_path = tool_path(config), .inherited_path = std::move(path), .stop = request.stop});
        runner = live_runner.get();
    }
    void open_replay(Recording recording)
    {
        replay_host.emplace(std::move(recording.host));
        replay_runner.emplace(std::move(recording.calls));
        host = &*replay_host;
        runner = &*replay_runner;
    }
    void open_recording()
    {
        const Cleaner clean = [this](std::string_view text) { return redactor.clean(text); };
        recording_host.emplace(*host, Secrecy{clean, Redactor::never_open, Redactor::secret_name});
        recording_runner.emplace(*runner, clean);
        host = &*recording_host;
        runner = &*recording_runner;
    }
};

Session::Session(std::unique_ptr<Doors> doors) : m_doors(std::move(doors)) {}

Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(const Config& config, const SessionRequest& request)
{
    if (!request.record.empty()) {
        HPCDOC_TRY(check_new_directory(request.record));
    }
    HPCDOC_TRY_ASSIGN(Redactor redactor, load_redactor(request));
    auto doors = std::make_unique<Doors>(config, request, std::move(redactor));
    doors->open_live();
    if (!request.record.empty() || request.effect != Effect::reads) {
        // What cannot be looked at here, on a dead home directory say, is found by the rules alone.
        [[maybe_unused]] const Result<void> learned = learn_secrets(*doors->live_host, doors->redactor);
    }
    doors->open_live_runner(doors->live_host->env("PATH").value_or(""));
    if (!request.from.empty()) {
        HPCDOC_TRY_ASSIGN(Recording recording, load_from(*doors->live_host, request.from));
        doors->open_replay(std::move(recording));
    }
    if (!request.record.empty()) {
        doors->open_recording();
    }
    return std::unique_ptr<Session>(new Session(std::move(doors)));
}

const Host& Session::host() const
{
    return *m_doors->host;
}

Context Session::context(Terminal& terminal) const
{
    Context context{*m_doors->runner,  *m_doors->host, m_doors->config,        m_doors->rules,
                    m_doors->redactor, terminal,       m_doors->request.share, m_doors->request.stop};
    if (m_doors->replay_host) {
        context.own_runner = m_doors->live_runner.get();
        context.own_host = m_doors->live_host.get();
    }
    return context;
}

Result<void> Session::write_recording()
{
    if (!m_doors->recording_runner) {
        return {};
    }
    Recording recording;
    recording.hpcdoc = version();
    recording.made = m_doors->live_host->now();
    for (const std::string& word : m_doors->request.command) {
        HPCDOC_TRY_ASSIGN(std::string clean, m_doors->redactor.clean(word));
        recording.command.push_back(std::move(clean));
    }
    recording.calls = m_doors->recording_runner->calls();
    recording.host = m_doors->recording_host->record();
    return write_directory(m_doors->request.record, members_of(recording));
}

std::vector<std::string> Session::unmatched() const
{
    if (!m_doors->replay_runner) {
        return {};
    }
    std::vector<std::string> all = m_doors->replay_runner->unmatched();
    const std::vector<std::string> looks = m_doors->replay_host->unmatched();
    all.insert(all.end(), looks.begin(), looks.end());
    return all;
}

std::vector<std::string> Session::unused() const
{
    if (!m_doors->replay_runner) {
        return {};
    }
    std::vector<std::string> all = m_doors->replay_runner->unused();
    const std::vector<std::string> looks = m_doors->replay_host->unused();
    all.insert(all.end(), looks.begin(), looks.end());
    return all;
}

} // namespace hpcdoc::app

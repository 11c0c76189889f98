// SPDX-License-Identifier: Apache-2.0
#include "host/recording_host.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "exec/cut_clean.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

std::size_t saturated_sum(std::uint64_t a, std::uint64_t b)
{
    return a > std::numeric_limits<std::size_t>::max() - b ? std::numeric_limits<std::size_t>::max() : a + b;
}

// Their size is what could be read of them.
bool of_unknown_size(std::string_view path)
{
    return path.starts_with("/proc/") || path.starts_with("/sys/");
}

// What would have been read with these caps.
FileEnds without_margins(FileEnds ends, const std::string& path, std::size_t head_cap, std::size_t tail_cap)
{
    if (of_unknown_size(path)) {
        ends.head.resize(std::min(ends.head.size(), saturated_sum(head_cap, tail_cap)));
        ends.size = ends.head.size();
        return ends;
    }
    if (ends.tail.empty()) { // the whole file is in `head`
        if (ends.head.size() <= saturated_sum(head_cap, tail_cap)) {
            return ends;
        }
        ends.tail = ends.head.substr(ends.head.size() - tail_cap);
    }
    ends.head.resize(std::min(ends.head.size(), head_cap));
    ends.tail.erase(0, ends.tail.size() - std::min(ends.tail.size(), tail_cap));
    ends.tail_offset = ends.size - std::min<std::uint64_t>(ends.size, ends.tail.size());
    return ends;
}

} // namespace

RecordingHost::RecordingHost(const Host& host, Secrecy secrecy) : m_host(host), m_secrecy(std::move(secrecy))
{
    m_record.name = m_host.name();
    m_record.now = m_host.now();
    m_record.utc_offset = m_host.utc_offset();
    m_record.user = m_host.user();
}

HostRecord RecordingHost::record() const
{
    const std::lock_guard lock(m_mutex);
    return m_record;
}

std::vector<std::string> RecordingHost::withheld() const
{
    const std::lock_guard lock(m_mutex);
    return m_withheld;
}

std::optional<std::string> RecordingHost::wash(const std::string& text) const
{
    Result<std::string> clean = m_secrecy.clean(text);
    return clean ? std::optional(std::move(*clean)) : std::nullopt;
}

Error RecordingHost::wash(Error error) const
{
    error.message = wash(error.message).value_or("an error that cannot be shown");
    error.hint = wash(error.hint).value_or("");
    error.trail.clear();
    return error;
}

RecordedLook::Answer RecordingHost::withhold(const std::string& path) const
{
    const std::lock_guard lock(m_mutex);
    if (std::find(m_withheld.begin(), m_withheld.end(), path) == m_withheld.end()) {
        m_withheld.push_back(path);
    }
    return Error{Code::not_recorded,
                 fmt::format("'{}' was left out of the recording: it may hold secrets", util::printable(path)),
                 "",
                 {}};
}

RecordedLook::Answer RecordingHost::cleaned(const RecordedLook& look, RecordedLook::Answer answer) const
{
    if (auto* error = std::get_if<Error>(&answer)) {
        return wash(std::move(*error));
    }
    const bool content = look.op == "read" || look.op == "read_ends";
    if (content && m_secrecy.never_open(look.path)) {
        return withhold(look.path);
    }
    if (auto* text = std::get_if<std::string>(&answer)) {
        std::optional<std::string> clean = wash(*text);
        return clean ? RecordedLook::Answer(within_cap(std::move(*clean), text->size(), look.cap))
                     : withhold(look.path);
    }
    if (auto* ends = std::get_if<FileEnds>(&answer)) {
        return cleaned_ends(look, std::move(*ends));
    }
    if (auto* names = std::get_if<std::vector<std::string>>(&answer)) {
        const std::string all = util::join(*names, "\n");
        const std::optional<std::string> clean = wash(all);
        if (!clean) {
            return withhold(look.path);
        }
        if (*clean != all) {
            const std::vector<std::string_view> parts = util::split(*clean, '\n');
            return std::vector<std::string>(parts.begin(), parts.end());
        }
    }
    return answer;
}

// `ends` has up to a margin more at each cut than was asked for.
RecordedLook::Answer RecordingHost::cleaned_ends(const RecordedLook& look, FileEnds ends) const
{
    const bool whole = ends.tail.empty();
    const std::optional<std::string> head = wash(ends.head), tail = wash(ends.tail);
    if (!head || !tail) {
        return withhold(look.path);
    }
    const std::size_t most = saturated_sum(look.cap, look.tail_cap);
    if (of_unknown_size(look.path)) {
        ends.head = within_cap(*head, ends.head.size(), most);
        ends.size = ends.head.size();
        return ends;
    }
    if (whole && ends.head.size() <= most) { // it still is, as long as it has become
        ends.size = ends.size == ends.head.size() ? head->size() : ends.size;
        ends.head = *head;
        return ends;
    }
    if (whole) {
        ends.tail = without_beginning(*head, head->size() - std::min(head->size(), look.tail_cap));
        ends.head = within_cap(*head, ends.head.size(), look.cap);
    } else {
        const std::size_t tail_surplus = ends.tail.size() - std::min(ends.tail.size(), look.tail_cap);
        ends.head = within_cap(*head, ends.head.size(), look.cap);
        ends.tail = without_beginning(*tail, tail_surplus);
    }
    ends.tail_offset = ends.size - std::min<std::uint64_t>(ends.size, ends.tail.size());
    return ends;
}

template<class T> Result<T> RecordingHost::remember(RecordedLook look, const Result<T>& answer) const
{
    look.answer = cleaned(look, answer ? RecordedLook::Answer(*answer) : RecordedLook::Answer(answer.error()));
    look.path = wash(look.path).value_or("");
    const std::lock_guard lock(m_mutex);
    // The same answer to the same question needs no second place; another answer (a log that grows) does.
    const auto last = std::find_if(m_record.looks.rbegin(), m_record.looks.rend(), [&](const RecordedLook& known) {
        return known.op == look.op && known.path == look.path && known.cap == look.cap &&
               known.tail_cap == look.tail_cap;
    });
    if (last == m_record.looks.rend() || !(*last == look)) {
        m_record.looks.push_back(std::move(look));
    }
    return answer;
}

Result<std::string> RecordingHost::read(const std::filesystem::path& file, std::size_t cap) const
{
    Result<std::string> text = remember({"read", file.native(), cap, 0, {}}, m_host.read(file, with_margin(cap)));
    if (text) {
        text->resize(std::min(text->size(), cap));
    }
    return text;
}

Result<FileEnds> RecordingHost::read_ends(const std::filesystem::path& file, std::size_t head_cap,
                                          std::size_t tail_cap) const
{
    const RecordedLook look{"read_ends", file.native(), head_cap, tail_cap, {}};
    Result<FileEnds> ends = remember(look, m_host.read_ends(file, with_margin(head_cap), with_margin(tail_cap)));
    return ends ? without_margins(std::move(*ends), file.native(), head_cap, tail_cap) : ends;
}

Result<FileInfo> RecordingHost::stat(const std::filesystem::path& path) const
{
    return remember({"stat", path.native(), 0, 0, {}}, m_host.stat(path));
}

Result<FileInfo> RecordingHost::lstat(const std::filesystem::path& path) const
{
    return remember({"lstat", path.native(), 0, 0, {}}, m_host.lstat(path));
}

Result<std::vector<std::string>> RecordingHost::list(const std::filesystem::path& dir) const
{
    return remember({"list", dir.native(), 0, 0, {}}, m_host.list(dir));
}

Result<SpaceInfo> RecordingHost::space(const std::filesystem::path& path) const
{
    return remember({"space", path.native(), 0, 0, {}}, m_host.space(path));
}

Result<std::vector<Mount>> RecordingHost::mounts() const
{
    Result<std::vector<Mount>> mounts = m_host.mounts();
    std::vector<Mount> clean = mounts.value_or(std::vector<Mount>{});
    for (Mount& mount : clean) { // "//srv/x password=…"
        mount.source = wash(mount.source).value_or("");
        mount.options = wash(mount.options).value_or("");
    }
    const std::lock_guard lock(m_mutex);
    if (mounts) {
        m_record.mounts = std::move(clean);
    } else {
        m_record.mounts = mounts.error();
    }
    return mounts;
}

std::optional<std::string> RecordingHost::env(std::string_view name) const
{
    std::optional<std::string> value = m_host.env(name);
    std::optional<std::string> clean;
    if (value) {
        clean = m_secrecy.secret_name(name) ? "[REDACTED:variable]" : wash(*value).value_or("[REDACTED:variable]");
    }
    const std::lock_guard lock(m_mutex);
    m_record.env[std::string(name)] = std::move(clean);
    return value;
}

std::optional<UserInfo> RecordingHost::remember(std::optional<UserInfo> user) const
{
    const std::lock_guard lock(m_mutex);
    if (user && std::find(m_record.users.begin(), m_record.users.end(), *user) == m_record.users.end()) {
        m_record.users.push_back(*user);
    }
    return user;
}

UserInfo RecordingHost::user() const
{
    return m_host.user();
}
std::optional<UserInfo> RecordingHost::user_by_id(unsigned uid) const
{
    return remember(m_host.user_by_id(uid));
}
std::string RecordingHost::name() const
{
    return m_host.name();
}
std::chrono::sys_seconds RecordingHost::now() const
{
    return m_host.now();
}
std::chrono::seconds RecordingHost::utc_offset() const
{
    return m_host.utc_offset();
}

std::optional<UserInfo> RecordingHost::user_by_name(std::string_view name) const
{
    return remember(m_host.user_by_name(name));
}

Result<std::chrono::milliseconds> RecordingHost::connect(std::string_view host, std::uint16_t port,
                                                         std::chrono::milliseconds deadline) const
{
    return remember({"connect", fmt::format("{}:{}", host, port), 0, 0, {}}, m_host.connect(host, port, deadline));
}

} // namespace hpcdoc

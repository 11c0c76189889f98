// SPDX-License-Identifier: Apache-2.0
#include "host/replay_host.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

// The ends of a file as smaller caps would have shown them.
FileEnds within(FileEnds ends, std::size_t head_cap, std::size_t tail_cap)
{
    if (ends.whole()) {
        if (head_cap >= ends.head.size() || tail_cap >= ends.head.size() - head_cap) {
            return ends;
        }
        ends.tail_offset = ends.size - tail_cap;
        ends.tail = ends.head.substr(ends.head.size() - tail_cap);
        ends.head.resize(head_cap);
        return ends;
    }
    if (ends.head.size() > head_cap) {
        ends.head.resize(head_cap);
    }
    if (ends.tail.size() > tail_cap) {
        ends.tail_offset += ends.tail.size() - tail_cap;
        ends.tail.erase(0, ends.tail.size() - tail_cap);
    }
    return ends;
}

} // namespace

ReplayHost::ReplayHost(HostRecord record) : m_record(std::move(record))
{
    for (std::size_t i = 0; i < m_record.looks.size(); ++i) {
        m_answers[{m_record.looks[i].op, m_record.looks[i].path}].looks.push_back(i);
    }
}

void ReplayHost::miss(std::string question) const
{
    const std::lock_guard lock(m_mutex);
    if (std::find(m_unmatched.begin(), m_unmatched.end(), question) == m_unmatched.end()) {
        m_unmatched.push_back(std::move(question));
    }
}

std::vector<std::string> ReplayHost::unmatched() const
{
    const std::lock_guard lock(m_mutex);
    return m_unmatched;
}

std::vector<std::string> ReplayHost::unused() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> questions;
    for (const auto& [key, answers] : m_answers) {
        if (!answers.used) {
            questions.push_back(util::printable(key.first + " " + key.second));
        }
    }
    return questions;
}

template<class T> Result<T> ReplayHost::answer(const std::string& op, const std::string& path) const
{
    const RecordedLook* look = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_answers.find({op, path}); found != m_answers.end()) {
            Answers& answers = found->second;
            answers.used = true;
            look = &m_record.looks[answers.looks[answers.next]];
            answers.next = std::min(answers.next + 1, answers.looks.size() - 1);
        }
    }
    if (look == nullptr) {
        miss(util::printable(op + " " + path));
        return failure(Code::not_recorded,
                       fmt::format("'{}' was not looked at when this was recorded", util::printable(path)));
    }
    if (const auto* error = std::get_if<Error>(&look->answer)) {
        return tl::unexpected(*error);
    }
    if (const auto* value = std::get_if<T>(&look->answer)) {
        return *value;
    }
    return failure(Code::not_recorded, fmt::format("'{}' was recorded in another way", util::printable(path)));
}

Result<std::string> ReplayHost::read(const std::filesystem::path& file, std::size_t cap) const
{
    Result<std::string> text = answer<std::string>("read", file.native());
    if (text && text->size() > cap) {
        text->resize(cap);
    }
    return text;
}

Result<FileEnds> ReplayHost::read_ends(const std::filesystem::path& file, std::size_t head_cap,
                                       std::size_t tail_cap) const
{
    Result<FileEnds> ends = answer<FileEnds>("read_ends", file.native());
    return ends ? within(std::move(*ends), head_cap, tail_cap) : ends;
}

Result<FileInfo> ReplayHost::stat(const std::filesystem::path& path) const
{
    return answer<FileInfo>("stat", path.native());
}

Result<FileInfo> ReplayHost::lstat(const std::filesystem::path& path) const
{
    return answer<FileInfo>("lstat", path.native());
}

Result<std::vector<std::string>> ReplayHost::list(const std::filesystem::path& dir) const
{
    return answer<std::vector<std::string>>("list", dir.native());
}

Result<SpaceInfo> ReplayHost::space(const std::filesystem::path& path) const
{
    return answer<SpaceInfo>("space", path.native());
}

Result<std::vector<Mount>> ReplayHost::mounts() const
{
    if (!m_record.mounts) {
        miss("mounts");
        return failure(Code::not_recorded, "the mounts were not looked at when this was recorded");
    }
    if (const auto* error = std::get_if<Error>(&*m_record.mounts)) {
        return tl::unexpected(*error);
    }
    return std::get<std::vector<Mount>>(*m_record.mounts);
}

std::vector<std::string> ReplayHost::env_names() const
{
    std::vector<std::string> names;
    for (const auto& [name, value] : m_record.env) {
        if (value) {
            names.push_back(name);
        }
    }
    return names;
}

std::optional<std::string> ReplayHost::env(std::string_view name) const
{
    const auto found = m_record.env.find(name);
    if (found == m_record.env.end()) {
        miss(util::printable("env " + std::string(name)));
        return std::nullopt;
    }
    return found->second;
}

std::optional<UserInfo> ReplayHost::user_by_id(unsigned uid) const
{
    if (m_record.user.uid == uid) {
        return m_record.user;
    }
    const auto found = std::find_if(m_record.users.begin(), m_record.users.end(),
                                    [&](const UserInfo& user) { return user.uid == uid; });
    return found == m_record.users.end() ? std::nullopt : std::optional(*found);
}

std::optional<UserInfo> ReplayHost::user_by_name(std::string_view name) const
{
    if (m_record.user.name == name) {
        return m_record.user;
    }
    const auto found = std::find_if(m_record.users.begin(), m_record.users.end(),
                                    [&](const UserInfo& user) { return user.name == name; });
    return found == m_record.users.end() ? std::nullopt : std::optional(*found);
}

Result<std::chrono::milliseconds> ReplayHost::connect(std::string_view host, std::uint16_t port,
                                                      std::chrono::milliseconds) const
{
    return answer<std::chrono::milliseconds>("connect", fmt::format("{}:{}", host, port));
}

} // namespace hpcdoc

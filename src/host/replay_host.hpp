// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>

#include <hpcdoc/host.hpp>

#include "exec/recording.hpp"

namespace hpcdoc {

// Answers from a recording. A question recorded several times is answered in that order, the last answer again and
// again; one never recorded is Code::not_recorded. What was read with other caps is given as far as it goes.
// Safe from several threads.
class ReplayHost final : public Host {
public:
    explicit ReplayHost(HostRecord record);

    std::vector<std::string> unmatched() const; // "stat /x": asked for and not recorded, each once
    std::vector<std::string> unused() const;    // recorded and never asked for

    Result<std::string> read(const std::filesystem::path& file, std::size_t cap) const override;
    Result<FileEnds> read_ends(const std::filesystem::path& file, std::size_t head_cap,
                               std::size_t tail_cap) const override;
    Result<FileInfo> stat(const std::filesystem::path& path) const override;
    Result<FileInfo> lstat(const std::filesystem::path& path) const override;
    Result<std::vector<std::string>> list(const std::filesystem::path& dir) const override;
    Result<SpaceInfo> space(const std::filesystem::path& path) const override;
    Result<std::vector<Mount>> mounts() const override;
    std::optional<std::string> env(std::string_view name) const override;
    std::vector<std::string> env_names() const override;
    UserInfo user() const override { return m_record.user; }
    std::optional<UserInfo> user_by_id(unsigned uid) const override;
    std::optional<UserInfo> user_by_name(std::string_view name) const override;
    std::string name() const override { return m_record.name; }
    std::chrono::sys_seconds now() const override { return m_record.now; }
    std::chrono::seconds utc_offset() const override { return m_record.utc_offset; }
    Result<std::chrono::milliseconds> connect(std::string_view host, std::uint16_t port,
                                              std::chrono::milliseconds deadline) const override;

private:
    struct Answers {
        std::vector<std::size_t> looks{}; // of m_record.looks
        std::size_t next = 0;
        bool used = false;
    };
    using Key = std::pair<std::string, std::string>; // op, path

    template<class T> Result<T> answer(const std::string& op, const std::string& path) const;
    void miss(std::string question) const;

    HostRecord m_record;
    mutable std::mutex m_mutex{};
    mutable std::map<Key, Answers> m_answers{};
    mutable std::vector<std::string> m_unmatched{};
};

} // namespace hpcdoc

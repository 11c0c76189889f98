// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>

#include <hpcdoc/host.hpp>

#include "exec/recording.hpp"

namespace hpcdoc {

// What keeps secrets out of a recording; of Redactor in earnest.
struct Secrecy {
    Cleaner clean{};
    std::function<bool(const std::filesystem::path& file)> never_open{}; // its content is not recorded
    std::function<bool(std::string_view variable)> secret_name{};        // its value is not recorded
};

// Asks another host and remembers what it said, without secrets. Safe from several threads.
class RecordingHost final : public Host {
public:
    RecordingHost(const Host& host, Secrecy secrecy);

    HostRecord record() const;
    std::vector<std::string> withheld() const; // files whose content could not be cleaned, or is a secret as a whole

    Result<std::string> read(const std::filesystem::path& file, std::size_t cap) const override;
    Result<FileEnds> read_ends(const std::filesystem::path& file, std::size_t head_cap,
                               std::size_t tail_cap) const override;
    Result<FileInfo> stat(const std::filesystem::path& path) const override;
    Result<FileInfo> lstat(const std::filesystem::path& path) const override;
    Result<std::vector<std::string>> list(const std::filesystem::path& dir) const override;
    Result<SpaceInfo> space(const std::filesystem::path& path) const override;
    Result<std::vector<Mount>> mounts() const override;
    std::optional<std::string> env(std::string_view name) const override;
    std::vector<std::string> env_names() const override { return m_host.env_names(); }
    UserInfo user() const override;
    std::optional<UserInfo> user_by_id(unsigned uid) const override;
    std::optional<UserInfo> user_by_name(std::string_view name) const override;
    std::string name() const override;
    std::chrono::sys_seconds now() const override;
    std::chrono::seconds utc_offset() const override;
    Result<std::chrono::milliseconds> connect(std::string_view host, std::uint16_t port,
                                              std::chrono::milliseconds deadline) const override;

private:
    template<class T> Result<T> remember(RecordedLook look, const Result<T>& answer) const;
    RecordedLook::Answer cleaned(const RecordedLook& look, RecordedLook::Answer answer) const;
    RecordedLook::Answer cleaned_ends(const RecordedLook& look, FileEnds ends) const;
    std::optional<std::string> wash(const std::string& text) const;
    Error wash(Error error) const;
    RecordedLook::Answer withhold(const std::string& path) const;
    std::optional<UserInfo> remember(std::optional<UserInfo> user) const;

    const Host& m_host;
    Secrecy m_secrecy;
    mutable std::mutex m_mutex{};
    mutable HostRecord m_record{};
    mutable std::vector<std::string> m_withheld{};
};

} // namespace hpcdoc

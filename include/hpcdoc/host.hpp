// SPDX-License-Identifier: Apache-2.0
// The second door to the outside: the machine itself, read-only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc {

enum class FileKind { regular, directory, symlink, fifo, socket, device, other };

struct FileInfo {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;      // bytes, as stat says
    std::uint64_t allocated = 0; // bytes on disk; less than size: sparse
    unsigned mode = 0;           // permission bits only, 07777
    unsigned uid = 0, gid = 0;
    std::chrono::sys_seconds mtime{};
    bool readable = false, writable = false, searchable = false; // for us, by access(2)

    bool operator==(const FileInfo&) const = default;
};

// The first and the last part of a file; a file that fits in both is whole in `head`.
struct FileEnds {
    std::string head{};
    std::string tail{};            // empty when all of it is in `head`
    std::uint64_t tail_offset = 0; // where `tail` starts in the file
    std::uint64_t size = 0;
    std::chrono::sys_seconds mtime{};

    bool whole() const { return head.size() == size; }
    bool operator==(const FileEnds&) const = default;
};

struct SpaceInfo {
    std::uint64_t total = 0, available = 0; // bytes, for an ordinary user
    std::uint64_t inodes = 0, inodes_free = 0;
    bool operator==(const SpaceInfo&) const = default;
};

struct Mount {
    std::string source{}, point{}, type{}, options{};
    bool network() const; // by type: nfs, lustre, gpfs, beegfs, ceph, cifs, fuse.* …
    bool operator==(const Mount&) const = default;
};

struct UserInfo {
    std::string name{};
    unsigned uid = 0, gid = 0;
    std::vector<std::string> groups{};
    std::filesystem::path home{};
    bool operator==(const UserInfo&) const = default;
};

// Every call that can hang on a dead mount is done in a child that can be abandoned, and is then Code::timed_out.
// Paths are absolute. Thread-safe.
class Host {
public:
    virtual ~Host() = default;

    // This is the machine that we run on, and nothing is recorded: a file that read() can read may also be opened, to read
    // more of it than can be held.
    virtual bool is_here() const { return false; }

    // At most `cap` bytes of a regular file (or of /proc). Never blocks on a FIFO or device: Code::unsupported.
    virtual Result<std::string> read(const std::filesystem::path& file, std::size_t cap) const = 0;
    virtual Result<FileEnds> read_ends(const std::filesystem::path& file, std::size_t head_cap,
                                       std::size_t tail_cap) const = 0;
    virtual Result<FileInfo> stat(const std::filesystem::path& path) const = 0;  // follows links
    virtual Result<FileInfo> lstat(const std::filesystem::path& path) const = 0; // does not
    virtual Result<std::vector<std::string>>
    list(const std::filesystem::path& dir) const = 0; // names, sorted, capped at 100,000
    virtual Result<SpaceInfo> space(const std::filesystem::path& path) const = 0;
    virtual Result<std::vector<Mount>> mounts() const = 0; // from mountinfo; touches no mount

    virtual std::optional<std::string> env(std::string_view name) const = 0;
    virtual std::vector<std::string> env_names() const = 0; // sorted; a replay knows those that were asked for
    virtual UserInfo user() const = 0; // the effective user
    virtual std::optional<UserInfo> user_by_id(unsigned uid) const = 0;
    virtual std::optional<UserInfo> user_by_name(std::string_view name) const = 0;
    virtual std::string name() const = 0; // short host name
    virtual std::chrono::sys_seconds now() const = 0;
    virtual std::chrono::seconds
    utc_offset() const = 0; // local time minus UTC, now; Slurm prints local time without a zone

    // Opens and closes a TCP connection; how long it took.
    virtual Result<std::chrono::milliseconds> connect(std::string_view host, std::uint16_t port,
                                                      std::chrono::milliseconds deadline) const = 0;
};

} // namespace hpcdoc

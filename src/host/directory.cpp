// SPDX-License-Identifier: Apache-2.0
#include "host/directory.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/look.hpp"
#include "util/system.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_member_cap =
    (256u << 20) + 1; // one more than a recording may have: the reader sees that it is too much

Result<void> write_file(const std::filesystem::path& file, std::string_view bytes)
{
    const util::Fd fd{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!fd.open()) {
        return tl::unexpected(system_error("write", file.native(), errno));
    }
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd.get(), bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR) {
            return tl::unexpected(system_error("write", file.native(), errno));
        }
        bytes.remove_prefix(static_cast<std::size_t>(count > 0 ? count : 0));
    }
    return {};
}

Result<void> make_directories(const std::filesystem::path& dir)
{
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (error) {
        return tl::unexpected(system_error("make the directory", dir.native(), error.value()));
    }
    return {};
}

} // namespace

MemberReader directory_reader(const Host& host, std::filesystem::path dir)
{
    return [&host, dir = std::move(dir)](std::string_view member) -> Result<std::string> {
        const std::filesystem::path file = dir / member;
        HPCDOC_TRY_ASSIGN(const FileInfo info, host.lstat(file));
        if (info.kind != FileKind::regular) {
            return failure(Code::unsupported, fmt::format("cannot read '{}': it is not a regular file", file.native()));
        }
        return host.read(file, k_member_cap);
    };
}

Result<void> write_members(const std::filesystem::path& dir, const std::map<std::string, std::string>& members)
{
    if (dir.has_parent_path()) {
        HPCDOC_TRY(make_directories(dir.parent_path()));
    }
    if (::mkdir(dir.c_str(), 0700) != 0 && errno != EEXIST) {
        return tl::unexpected(system_error("make the directory", dir.native(), errno));
    }
    std::error_code error;
    if (!std::filesystem::is_empty(dir, error) || error) {
        return error ? Result<void>(tl::unexpected(system_error("write into", dir.native(), error.value())))
                     : failure(Code::usage, fmt::format("cannot record into '{}': it is not empty", dir.native()),
                               "name a new directory");
    }
    std::string_view last;
    for (const auto& [name, bytes] : members) {
        if (name == k_recording_member) {
            last = bytes;
            continue;
        }
        const std::filesystem::path file = dir / name;
        HPCDOC_TRY(make_directories(file.parent_path()));
        HPCDOC_TRY(write_file(file, bytes));
    }
    return last.empty() ? Result<void>() : write_file(dir / k_recording_member, last);
}

} // namespace hpcdoc

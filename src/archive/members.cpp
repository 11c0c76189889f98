// SPDX-License-Identifier: Apache-2.0
#include "archive/members.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::archive {

namespace {

constexpr std::string_view k_recording = "recording.json";

tl::unexpected<Error> cannot_read(const std::filesystem::path& path, std::string_view reason, std::string hint = {})
{
    return failure(Code::config, "cannot read '" + util::printable(path.native()) + "': " + std::string(reason), std::move(hint));
}

Result<std::string> read_descriptor(int fd, std::uint64_t cap, const std::filesystem::path& path)
{
    std::string text;
    std::string buffer(std::size_t{64} << 10, '\0');
    while (true) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return cannot_read(path, util::errno_text(errno));
        }
        if (count == 0) {
            return text;
        }
        text.append(buffer, 0, static_cast<std::size_t>(count));
        if (text.size() > cap) {
            return cannot_read(path, "it is longer than a recording's files are");
        }
    }
}

Result<std::string> read_below(int dir, std::string_view member, const std::filesystem::path& root, std::uint64_t cap)
{
    util::Fd at(::fcntl(dir, F_DUPFD_CLOEXEC, 3));
    const std::vector<std::string_view> parts = util::split(member, '/');
    const std::filesystem::path path = root / member;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty() || parts[i] == "." || parts[i] == "..") {
            return cannot_read(path, "a recording has no file of this name");
        }
        const bool last = i + 1 == parts.size();
        const int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (last ? 0 : O_DIRECTORY);
        util::Fd next(::openat(at.get(), std::string(parts[i]).c_str(), flags));
        if (!next.open()) {
            const int error = errno;
            return failure(error == ENOENT ? Code::not_found : Code::config,
                           "cannot read '" + util::printable(path.native()) + "': " +
                               (error == ELOOP ? "it is a symbolic link, which a recording never holds" : util::errno_text(error)));
        }
        at = std::move(next);
    }
    struct stat info = {};
    if (::fstat(at.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return cannot_read(path, "it is not a regular file");
    }
    return read_descriptor(at.get(), cap, path);
}

std::size_t depth(std::string_view name)
{
    return static_cast<std::size_t>(std::count(name.begin(), name.end(), '/'));
}

bool is_recording(std::string_view name)
{
    return name == k_recording || name.ends_with("/recording.json");
}

Reader reader_of(Members members, std::string source)
{
    const auto shared = std::make_shared<const Members>(std::move(members));
    return [shared, source = std::move(source)](std::string_view name) -> Result<std::string> {
        const auto found = shared->find(name);
        if (found == shared->end()) {
            return failure(Code::not_found, "cannot read '" + util::printable(name) + "' in '" + util::printable(source) + "': it is not there");
        }
        return found->second;
    };
}

} // namespace

Result<Reader> open_directory(const std::filesystem::path& dir, const Caps& caps)
{
    util::Fd opened(::open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open()) {
        return cannot_read(dir, util::errno_text(errno));
    }
    const auto shared = std::make_shared<const util::Fd>(std::move(opened));
    return [shared, dir, caps](std::string_view member) { return read_below(shared->get(), member, dir, caps.member); };
}

Result<Members> rooted_at_recording(Members members, std::string_view source)
{
    const std::string* root = nullptr;
    for (const auto& [name, content] : members) {
        if (is_recording(name) && (root == nullptr || depth(name) < depth(*root))) {
            root = &name;
        }
    }
    if (root == nullptr) {
        return failure(Code::config, "'" + util::printable(source) + "' is not a recording: it holds no 'recording.json'",
                       "give an archive or a directory that hpcdoc wrote with --record");
    }
    const std::string prefix = root->substr(0, root->size() - k_recording.size());
    Members rooted;
    for (auto& [name, content] : members) {
        if (name.starts_with(prefix)) {
            rooted.emplace(name.substr(prefix.size()), std::move(content));
        }
    }
    return rooted;
}

Result<Reader> open_members(const std::filesystem::path& from, const Caps& caps)
{
    struct stat info = {};
    if (::stat(from.c_str(), &info) != 0) {
        return cannot_read(from, util::errno_text(errno), "--from takes a directory or an archive that hpcdoc wrote");
    }
    if (S_ISDIR(info.st_mode)) {
        return open_directory(from, caps);
    }
    if (!S_ISREG(info.st_mode)) {
        return cannot_read(from, "it is neither a directory nor a file", "--from takes a directory or an archive that hpcdoc wrote");
    }
    HPCDOC_TRY_ASSIGN(Members members, read_archive(from, caps));
    HPCDOC_TRY_ASSIGN(members, rooted_at_recording(std::move(members), from.native()));
    return reader_of(std::move(members), from.native());
}

} // namespace hpcdoc::archive

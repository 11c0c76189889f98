// SPDX-License-Identifier: Apache-2.0
#include "app/user_files.hpp"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

#include <hpcdoc/host.hpp>

#include "app/stdio.hpp"
#include "host/mounts.hpp"
#include "host/posix_host.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

// Only what lies on a network is asked in a process of its own: that takes a millisecond.
bool hangs(const Host& host, const std::vector<Mount>& mounts, const std::filesystem::path& file)
{
    const Mount* mount = mount_of(mounts, file);
    if (mount == nullptr || !mount->network()) {
        return false;
    }
    const Result<FileInfo> info = host.stat(file);
    return !info && info.error().code == Code::timed_out;
}

} // namespace

std::vector<std::filesystem::path> those_that_answer(std::vector<std::filesystem::path> files)
{
    if (files.empty()) {
        return files;
    }
    const auto host = make_posix_host({.deadline = std::chrono::seconds(3)});
    const Result<std::vector<Mount>> mounts = host->mounts();
    if (!mounts) {
        return files;
    }
    std::erase_if(files, [&](const std::filesystem::path& file) {
        const bool dead = hangs(*host, *mounts, file);
        if (dead) {
            complain("your settings in '" + util::printable(file.native()) + "' are not used: the file system does not answer");
        }
        // HOME is another user's, as after `su`: no reason to do nothing at all.
        const bool denied = !dead && ::access(file.c_str(), R_OK) != 0 && errno == EACCES;
        if (denied) {
            complain("your settings in '" + util::printable(file.native()) + "' are not used: permission denied");
        }
        return dead || denied;
    });
    return files;
}

} // namespace hpcdoc::app

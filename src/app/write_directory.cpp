// SPDX-License-Identifier: Apache-2.0
#include "app/write_directory.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/stdio.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::app {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const fs::path& path, int error)
{
    return failure(Code::io, "cannot write '" + util::printable(path.native()) + "': " + util::errno_text(error));
}

// "out/" means "out".
fs::path without_slash(const fs::path& dir)
{
    return dir.has_filename() ? dir : dir.parent_path();
}

Result<void> write_file(const fs::path& file, const std::string& content)
{
    util::Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.open()) {
        return cannot_write(file, errno);
    }
    if (const auto written = write_all(fd.get(), content); !written) {
        return failure(Code::io, "cannot write '" + util::printable(file.native()) + "': " + written.error().message);
    }
    // Over NFS a full quota may be told only now.
    return ::fsync(fd.get()) == 0 || errno == EINVAL || errno == ENOTSUP ? Result<void>() : cannot_write(file, errno);
}

Result<void> write_members(const fs::path& dir, const std::map<std::string, std::string>& members)
{
    std::set<fs::path> made;
    for (const auto& [name, content] : members) {
        const fs::path file = dir / name;
        const fs::path parent = file.parent_path();
        if (parent != dir && made.insert(parent).second && ::mkdir(parent.c_str(), 0700) != 0) {
            return cannot_write(parent, errno);
        }
        HPCDOC_TRY(write_file(file, content));
    }
    return {};
}

} // namespace

Result<void> check_new_directory(const fs::path& dir)
{
    std::error_code error;
    const bool empty = fs::is_empty(without_slash(dir), error);
    if (!error && !empty) {
        return failure(Code::usage, "'" + util::printable(dir.native()) + "' exists already and is not empty", "give --record a new directory");
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return failure(Code::usage, "cannot write a recording to '" + util::printable(dir.native()) + "': " + util::errno_text(error.value()));
    }
    if (error && ::access(fs::absolute(without_slash(dir), error).parent_path().c_str(), W_OK | X_OK) != 0) {
        return failure(Code::usage, "cannot make the directory '" + util::printable(dir.native()) + "': " + util::errno_text(errno));
    }
    return {};
}

Result<void> write_directory(const fs::path& dir, const std::map<std::string, std::string>& members)
{
    const fs::path final = without_slash(dir);
    std::string temporary = final.native() + ".tmp.XXXXXX";
    if (::mkdtemp(temporary.data()) == nullptr) {
        return cannot_write(final, errno);
    }
    Result<void> done = write_members(temporary, members);
    if (done && ::rename(temporary.c_str(), final.c_str()) != 0) {
        done = cannot_write(final, errno);
    }
    if (!done) {
        std::error_code ignored;
        fs::remove_all(temporary, ignored);
    }
    return done;
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "app/write_directory.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <unistd.h>

#include "host/directory.hpp"
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

} // namespace

Result<void> check_new_directory(const fs::path& dir)
{
    std::error_code error;
    const bool empty = fs::is_empty(without_slash(dir), error);
    if (!error && !empty) {
        return failure(Code::usage, "'" + util::printable(dir.native()) + "' exists already and is not empty",
                       "give --record a new directory");
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return failure(Code::usage, "cannot write a recording to '" + util::printable(dir.native()) +
                                        "': " + util::errno_text(error.value()));
    }
    if (error && ::access(fs::absolute(without_slash(dir), error).parent_path().c_str(), W_OK | X_OK) != 0) {
        return failure(Code::usage,
                       "cannot make the directory '" + util::printable(dir.native()) + "': " + util::errno_text(errno));
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

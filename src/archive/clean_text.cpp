// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include <unistd.h>

#include <hpcdoc/redact_stream.hpp>

#include "archive/clean_archive.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"

namespace hpcdoc::archive {

void CleanCount::add(const std::map<std::string, unsigned, std::less<>>& more)
{
    for (const auto& [rule, count] : more) {
        secrets[rule] += count;
    }
}

Result<CleanCount> clean_text(int fd, const CleanTask& task)
{
    CleanCount count;
    StreamRedactor stream(task.redactor, [&](std::string_view clean) {
        count.given += clean.size();
        return task.out(clean);
    });
    while (true) {
        if (task.stop.stop_requested()) {
            return failure(Code::interrupted,
                           "stopped before all of '" + util::printable(task.name) + "' was clean: nothing was written",
                           "--deadline gives it more time");
        }
        const std::span<char> room = stream.room();
        const ssize_t got = ::read(fd, room.data(), room.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return failure(Code::io, "cannot read '" + util::printable(task.name) + "': " + util::errno_text(errno));
        }
        if (got == 0) {
            break;
        }
        count.seen += static_cast<std::uint64_t>(got);
        HPCDOC_TRY(stream.took(static_cast<std::size_t>(got)));
    }
    HPCDOC_TRY(stream.finish());
    count.add(stream.counts());
    return count;
}

} // namespace hpcdoc::archive

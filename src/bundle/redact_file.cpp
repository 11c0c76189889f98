// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/redact_file.hpp>

#include <cerrno>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <hpcdoc/terminal.hpp>

#include "archive/clean_archive.hpp"
#include "archive/new_file.hpp"
#include "archive/sniff.hpp"
#include "util/strings.hpp"
#include "util/system.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

using archive::CleanCount;
using archive::CleanTask;

// "x.redacted.log" for "x.log", "b.redacted.tar.gz" for "b.tar.gz".
std::filesystem::path redacted_name(const std::filesystem::path& file)
{
    constexpr std::string_view k_endings[] = {".gz", ".zst", ".xz", ".bz2", ".tgz"};
    const std::string name = file.filename().native();
    std::size_t stem = name.size();
    for (const std::string_view ending : k_endings) {
        stem = name.ends_with(ending) ? name.size() - ending.size() : stem;
    }
    const std::size_t dot = name.rfind('.', stem - 1);
    const std::size_t at = dot == std::string::npos || dot == 0 ? stem : dot;
    return file.parent_path() / (name.substr(0, at) + ".redacted" + name.substr(at));
}

Result<util::Fd> open_input(const std::filesystem::path& file)
{
    util::Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    const std::string cannot = "cannot read '" + util::printable(file.native()) + "': ";
    if (!fd.open()) {
        return failure(errno == ENOENT   ? Code::not_found
                       : errno == EACCES ? Code::denied
                                         : Code::io,
                       cannot + util::errno_text(errno));
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) {
        return failure(Code::io, cannot + util::errno_text(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return failure(Code::unsupported,
                       cannot + (S_ISDIR(info.st_mode) ? "it is a directory" : "it is no regular file"),
                       S_ISDIR(info.st_mode) ? "pack it with tar(1) and give the archive" : "");
    }
    return util::above_stdio(std::move(fd));
}

Result<CleanCount> clean(int fd, const CleanTask& task)
{
    std::string beginning(archive::k_sniffed, '\0');
    const ssize_t got = ::pread(fd, beginning.data(), beginning.size(), 0);
    if (got < 0) {
        return failure(Code::io, "cannot read '" + util::printable(task.name) + "': " + util::errno_text(errno));
    }
    beginning.resize(static_cast<std::size_t>(got));
    if (archive::looks_packed(beginning)) {
        return archive::clean_packed(fd, task);
    }
    if (archive::looks_binary(beginning)) {
        return failure(Code::unsupported, "'" + util::printable(task.name) + "' is no text: there is a NUL byte in it",
                       "only text, compressed text and archives of it can be cleaned");
    }
    return archive::clean_text(fd, task);
}

void tell(const CleanCount& count, const std::string& file, const std::string& output, Report& report)
{
    unsigned secrets = 0;
    Table table{"secrets", "Taken out", {"Rule", "Times"}, {}, 0};
    for (const auto& [rule, times] : count.secrets) {
        secrets += times;
        table.rows.push_back({rule, std::to_string(times)});
    }
    report.subject = file;
    report.headline = fmt::format("'{}' is the copy, {} {} taken out", util::printable(output), secrets,
                                  secrets == 1 ? "secret" : "secrets");
    report.fact({"redact.output", "Written", output, "hpcdoc"});
    report.fact({"redact.secrets", "Secrets taken out", std::to_string(secrets), "hpcdoc"});
    report.fact({"redact.read", "Text read", util::human_size(count.seen), "hpcdoc"});
    if (count.members > 0) {
        report.fact({"redact.members", "Members", fmt::format("{}, {} left out", count.members, count.dropped.size()),
                     "hpcdoc"});
    }
    if (!table.rows.empty()) {
        report.add(std::move(table));
    }
    report.passed("redact.file", file);
    for (const CleanCount::Dropped& dropped : count.dropped) {
        report.skipped("redact.member", util::printable(dropped.member), dropped.why);
    }
}

} // namespace

Result<void> redact_file(Context& ctx, const RedactFileQuestion& question, Sink& standard_output, Report& report)
{
    const std::filesystem::path file = question.file;
    const bool to_file = question.output != "-";
    const std::filesystem::path output =
        question.output.empty() ? redacted_name(file) : std::filesystem::path(question.output);
    HPCDOC_TRY_ASSIGN(const util::Fd fd, open_input(file));
    std::optional<archive::NewFile> made;
    if (to_file) {
        HPCDOC_TRY_ASSIGN(archive::NewFile created, archive::NewFile::create(output));
        made.emplace(std::move(created));
    }
    CleanTask task{
        ctx.redactor, {}, ctx.stop, file.native(), output.has_parent_path() ? output.parent_path().native() : "."};
    task.out = [&](std::string_view bytes) -> Result<void> {
        if (made) {
            return made->write(bytes);
        }
        return standard_output.write(bytes) ? Result<void>{} : failure(Code::io, "cannot write to standard output");
    };
    ctx.terminal.progress("Taking secrets out of " + file.filename().native());
    HPCDOC_TRY_ASSIGN(const CleanCount count, clean(fd.get(), task));
    ctx.terminal.progress("");
    if (!made) {
        standard_output.write(""); // also of an empty file no report is wanted there
        return {};
    }
    HPCDOC_TRY(made->finish());
    tell(count, file.native(), output.native(), report);
    return {};
}

} // namespace hpcdoc

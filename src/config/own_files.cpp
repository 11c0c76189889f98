// SPDX-License-Identifier: Apache-2.0
#include "config/own_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hpcdoc::config {

namespace {

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> cannot_read(const std::filesystem::path& path, int reason)
{
    const Code code = reason == ENOENT || reason == ENOTDIR ? Code::not_found : Code::config;
    std::string what = std::strerror(reason);
    std::transform(what.begin(), what.begin() + 1, what.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return failure(code, "cannot read '" + path.string() + "': " + what,
                   reason == EACCES ? "make it readable for everybody who runs hpcdoc" : "");
}

Result<std::string> read_all(int number, const std::filesystem::path& file)
{
    std::string text;
    char buffer[16384];
    while (true) {
        const ssize_t count = ::read(number, buffer, sizeof buffer);
        if (count == 0) {
            return text;
        }
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            return cannot_read(file, errno);
        }
        text.append(buffer, static_cast<std::size_t>(count));
        if (text.size() > k_own_file_cap) {
            return failure(Code::config, "'" + file.string() + "' is longer than 4 MiB",
                           "this is no file that hpcdoc can use; move it away");
        }
    }
}

enum class Wanted { files, directories };

bool is_wanted(const std::filesystem::path& path, Wanted wanted)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        return wanted == Wanted::files; // a dangling link: let the reading say so
    }
    return wanted == Wanted::directories ? S_ISDIR(info.st_mode) : !S_ISDIR(info.st_mode);
}

Result<std::vector<std::string>> list(const std::filesystem::path& dir, std::string_view suffix, Wanted wanted)
{
    const auto close = [](DIR* open) { ::closedir(open); };
    const std::unique_ptr<DIR, decltype(close)> open(::opendir(dir.c_str()), close);
    std::vector<std::string> names;
    if (!open) {
        if (errno == ENOENT) {
            return names;
        }
        auto error = cannot_read(dir, errno);
        error.value().code = Code::config;
        return error;
    }
    while (const dirent* entry = ::readdir(open.get())) {
        std::string name = entry->d_name;
        if (name.front() != '.' && name.size() > suffix.size() && name.ends_with(suffix) && is_wanted(dir / name, wanted)) {
            names.push_back(std::move(name));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

Result<std::string> read_own_file(const std::filesystem::path& file)
{
    const Descriptor open(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (open.number() < 0) {
        return cannot_read(file, errno);
    }
    struct stat info {};
    if (::fstat(open.number(), &info) != 0) {
        return cannot_read(file, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return failure(Code::config, "'" + file.string() + "' is not a regular file");
    }
    return read_all(open.number(), file);
}

Result<std::vector<std::string>> own_files_in(const std::filesystem::path& dir, std::string_view suffix)
{
    return list(dir, suffix, Wanted::files);
}

Result<std::vector<std::string>> own_dirs_in(const std::filesystem::path& dir)
{
    return list(dir, "", Wanted::directories);
}

} // namespace hpcdoc::config

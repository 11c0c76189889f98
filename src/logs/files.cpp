// SPDX-License-Identifier: Apache-2.0
#include "logs/files.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fnmatch.h>
#include <unistd.h>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::logs {

namespace {

constexpr std::size_t k_most_files = 20'000;
constexpr int k_deepest = 6;

// What lies beside logs and is none.
bool is_data(const std::string& name)
{
    static constexpr auto k_endings = std::to_array<std::string_view>(
        {".pt", ".pth", ".ckpt", ".safetensors", ".npy", ".npz", ".h5", ".hdf5", ".nc", ".bin", ".so", ".a", ".o", ".pyc", ".png", ".jpg", ".pdf", ".zip",
         ".tar", ".tar.gz", ".tgz", ".whl", ".parquet", ".pkl", ".pickle", ".fastq", ".fastq.gz", ".fq.gz", ".bam", ".cram", ".vcf.gz", ".trr", ".xtc", ".tpr",
         ".edr", ".cpt", ".dcd", ".chk", ".rst", ".wfc", ".exe", ".db", ".sqlite", ".lock", ".sif"});
    return name.starts_with(".") || std::any_of(k_endings.begin(), k_endings.end(), [&name](std::string_view ending) { return name.ends_with(ending); });
}

class Finder {
public:
    Finder(const Host& host, Report& report) : m_host(host), m_report(report) {}

    void named(const std::string& word)
    {
        const std::filesystem::path path = absolute(word);
        const Result<FileInfo> info = log_info(m_host, path);
        if (info && info->kind == FileKind::directory) {
            below(path, word, k_deepest);
        } else if (info) {
            add(path, word, *info);
        } else if (info.error().code == Code::not_found && word.find_first_of("*?[") != std::string::npos) {
            pattern(path, word);
        } else {
            m_report.failed("logs.file", util::printable(word), info.error());
        }
    }
    std::vector<LogFile> files() { return std::move(m_files); }

private:
    static std::filesystem::path absolute(const std::string& word)
    {
        std::error_code error;
        const std::filesystem::path here = std::filesystem::current_path(error);
        return (word.starts_with('/') ? std::filesystem::path(word) : here / word).lexically_normal();
    }

    void add(const std::filesystem::path& path, const std::string& shown, const FileInfo& info)
    {
        if (m_files.size() >= k_most_files) {
            if (!m_full) {
                m_report.skipped("logs.file", util::printable(path.native()), fmt::format("{} files were found before it: name fewer", k_most_files));
            }
            m_full = true;
        } else if (m_known.insert(path.native()).second) {
            m_files.push_back({path, util::printable(shown), info});
        }
    }

    void below(const std::filesystem::path& dir, const std::string& shown, int depth)
    {
        const Result<std::vector<std::string>> names = m_host.list(dir);
        if (!names) {
            m_report.failed("logs.directory", util::printable(dir.native()), names.error());
            return;
        }
        for (const std::string& name : *names) {
            const std::filesystem::path path = dir / name;
            const Result<FileInfo> info = m_host.lstat(path); // links are not followed: they may lead in circles
            if (!info || is_data(name) || m_full) {
                continue;
            }
            if (info->kind == FileKind::directory && depth > 0) {
                below(path, std::filesystem::path(shown) / name, depth - 1);
            } else if (info->kind == FileKind::regular) {
                add(path, std::filesystem::path(shown) / name, *info);
            }
        }
    }

    // Of the last part only: "run/*.out".
    void pattern(const std::filesystem::path& path, const std::string& word)
    {
        const Result<std::vector<std::string>> names = m_host.list(path.parent_path());
        std::size_t found = 0;
        for (const std::string& name : names ? *names : std::vector<std::string>()) {
            const std::filesystem::path file = path.parent_path() / name;
            if (::fnmatch(path.filename().c_str(), name.c_str(), FNM_PERIOD) != 0) {
                continue;
            }
            if (const Result<FileInfo> info = m_host.stat(file); info && info->kind == FileKind::regular) {
                add(file, std::filesystem::path(word).parent_path() / name, *info);
                ++found;
            }
        }
        if (found == 0) {
            m_report.failed("logs.file", util::printable(word), Error{Code::not_found, "no file fits '" + util::printable(word) + "'", "", {}});
        }
    }

    const Host& m_host;
    Report& m_report;
    std::vector<LogFile> m_files{};
    std::set<std::string> m_known{};
    bool m_full = false;
};

} // namespace

Result<FileInfo> log_info(const Host& host, const std::filesystem::path& path)
{
    Result<FileInfo> info = host.stat(path);
    if (info || host.is_here()) {
        return info;
    }
    const Result<FileEnds> ends = host.read_ends(path, k_first_part, k_last_part);
    if (!ends) {
        return info;
    }
    FileInfo made;
    made.kind = FileKind::regular;
    made.size = made.allocated = ends->size;
    made.mtime = ends->mtime;
    return made;
}

std::vector<LogFile> find_logs(const Host& host, const std::vector<std::string>& paths, Report& report)
{
    Finder finder(host, report);
    for (const std::string& path : paths) {
        finder.named(path);
    }
    return finder.files();
}

} // namespace hpcdoc::logs

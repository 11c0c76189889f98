// SPDX-License-Identifier: Apache-2.0
#include "host/mounts.hpp"

#include <algorithm>
#include <array>

#include "util/strings.hpp"

namespace hpcdoc {

namespace {

// As the kernel or a module names them in mountinfo; sorted.
constexpr std::array<std::string_view, 26> k_network{
    "9p",       "acfs",      "afs",   "beegfs",  "ceph",   "cifs",  "coda", "cvfs",  "dvs",
    "gfs2",     "glusterfs", "gpfs",  "kafs",    "lustre", "ncpfs", "nfs",  "nfs4",  "ocfs2",
    "orangefs", "panfs",     "pvfs2", "scoutfs", "smb3",   "smbfs", "snfs", "wekafs"};

bool octal(char c)
{
    return c >= '0' && c <= '7';
}

// Blank, tab, newline and backslash are written "\040" … (proc(5)).
std::string unescape(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && octal(text[i + 1]) && octal(text[i + 2]) && octal(text[i + 3])) {
            result +=
                static_cast<char>(((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0')) & 0xff);
            i += 3;
        } else {
            result += text[i];
        }
    }
    return result;
}

// Those of the mount and of its file system ("hard" is one of these), each once.
std::string options_of(std::string_view mount, std::string_view file_system)
{
    std::vector<std::string> all;
    for (const std::string_view list : {mount, file_system}) {
        for (const std::string_view option : util::split(list, ',')) {
            std::string text = unescape(option);
            if (!text.empty() && std::find(all.begin(), all.end(), text) == all.end()) {
                all.push_back(std::move(text));
            }
        }
    }
    return util::join(all, ",");
}

} // namespace

bool Mount::network() const
{
    return std::binary_search(k_network.begin(), k_network.end(), type) || type == "fuse" || type.starts_with("fuse.");
}

std::vector<Mount> parse_mountinfo(std::string_view text)
{
    std::vector<Mount> mounts;
    for (const std::string_view line : util::lines(text)) {
        const std::vector<std::string_view> fields = util::split(line, ' ');
        // "36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/root rw": as many optional fields as there are
        const auto dash = std::find(
            fields.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(6, fields.size())), fields.end(), "-");
        if (fields.end() - dash < 3) {
            continue;
        }
        const std::string_view super = fields.end() - dash > 3 ? dash[3] : std::string_view();
        mounts.push_back({unescape(dash[2]), unescape(fields[4]), unescape(dash[1]), options_of(fields[5], super)});
    }
    return mounts;
}

bool lies_below(const std::filesystem::path& path, std::string_view point)
{
    const std::string_view text = path.native();
    return point == "/" || (text.starts_with(point) && (text.size() == point.size() || text[point.size()] == '/'));
}

const Mount* mount_of(std::span<const Mount> mounts, const std::filesystem::path& path)
{
    const std::filesystem::path plain = path.lexically_normal();
    const Mount* best = nullptr;
    for (const Mount& mount : mounts) {
        if (lies_below(plain, mount.point) && (best == nullptr || mount.point.size() >= best->point.size())) {
            best = &mount;
        }
    }
    return best;
}

} // namespace hpcdoc

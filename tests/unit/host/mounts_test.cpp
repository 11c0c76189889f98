// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "host/mounts.hpp"
#include "host/posix_host.hpp"

namespace mounts_test {

using namespace hpcdoc;

TEST_CASE("mountinfo is read with its optional fields, escapes and the options of the file system")
{
    const std::vector<Mount> mounts = parse_mountinfo(
        "22 27 0:21 / / rw,relatime - ext4 /dev/vda rw,discard\n"
        "36 35 98:0 /sub /home/my\\040dir rw,noatime shared:1 master:2 - nfs4 srv:/home rw,hard,vers=4.2\n"
        "37 35 0:9 / /nosource rw - tmpfs\n"
        "38 35 0:9 / /empty rw - tmpfs  rw\n"
        "not a line of this kind\n"
        "- - - - - - -\n"
        "\n");
    REQUIRE(mounts.size() == 3);
    CHECK(mounts[0] == Mount{"/dev/vda", "/", "ext4", "rw,relatime,discard"});
    CHECK(mounts[1] == Mount{"srv:/home", "/home/my dir", "nfs4", "rw,noatime,hard,vers=4.2"});
    CHECK(mounts[2] == Mount{"", "/empty", "tmpfs", "rw"});
}

TEST_CASE("a path lies on the longest mount point that holds it, the later one of two")
{
    const std::vector<Mount> mounts{
        {"a", "/", "ext4", ""}, {"b", "/home", "nfs", ""}, {"c", "/home", "lustre", ""}, {"d", "/home/x", "ext4", ""}};
    CHECK(mount_of(mounts, "/homer")->source == "a");
    CHECK(mount_of(mounts, "/home")->source == "c");
    CHECK(mount_of(mounts, "/home/alice/../bob")->source == "c");
    CHECK(mount_of(mounts, "/home/x/y")->source == "d");
    CHECK(mount_of({}, "/") == nullptr);
}

TEST_CASE("a network file system is known by its type")
{
    for (const char* type : {"nfs", "nfs4", "lustre", "gpfs", "beegfs", "ceph", "cifs", "smb3", "fuse.sshfs", "fuse",
                             "wekafs", "9p", "panfs"}) {
        CHECK(Mount{"", "", type, ""}.network());
    }
    for (const char* type : {"ext4", "xfs", "tmpfs", "proc", "overlay", "fusectl", "fuseblk", "nfsd", "", "autofs"}) {
        CHECK_FALSE(Mount{"", "", type, ""}.network());
    }
}

TEST_CASE("the mounts of this machine include its root")
{
    const Result<std::vector<Mount>> mounts = make_posix_host()->mounts();
    REQUIRE(mounts);
    REQUIRE(mount_of(*mounts, "/") != nullptr);
    CHECK(mount_of(*mounts, "/")->point == "/");
}

} // namespace mounts_test

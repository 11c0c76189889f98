// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "archive/inspect.hpp"
#include "archive/pack.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace pack_test {

using namespace hpcdoc;
using namespace hpcdoc::archive;

namespace {

constexpr std::chrono::sys_seconds k_time{std::chrono::seconds{1'764'072'000}};
constexpr std::array<std::string_view, 2> k_first{"README.txt", "manifest.json"};

Members some()
{
    Members members{{"README.txt", "read me\n"},
                    {"manifest.json", "{}\n"},
                    {"collect/a.out", ""},
                    {"a.bin", std::string(100'000, '\0')}};
    members["collect/" + std::string(150, 'n') + "/" + std::string(90, 'm')] = "a long name";
    members["caf\xc3\xa9.out"] = "UTF-8";
    members["latin-\xe9.out"] = "Latin 1";
    return members;
}

std::string packed(const Members& members, Compression compression = Compression::gzip)
{
    const Result<std::string> bytes = pack(members, "bundle-1", k_time, compression, k_first);
    REQUIRE_MESSAGE(bytes, (bytes ? "" : bytes.error().message));
    return *bytes;
}

} // namespace

TEST_CASE("what is packed is there again, in both compressions")
{
    for (const Compression compression : {Compression::gzip, Compression::zstd}) {
        const auto entries = inspect_bytes(packed(some(), compression), "x");
        REQUIRE(entries);
        CHECK(entries->size() == some().size());
        for (const Entry& entry : *entries) {
            CHECK(entry.problem == "");
            CHECK(entry.mode == 0644);
            CHECK(entry.kind == Entry::Kind::file);
        }
        CHECK(harmless_members(*entries) == some());
    }
}

TEST_CASE("the first members come first, the others sorted")
{
    const auto entries = inspect_bytes(packed({{"a", ""}, {"manifest.json", ""}, {"README.txt", ""}, {"Z", ""}}), "x");
    REQUIRE(entries);
    REQUIRE(entries->size() == 4);
    CHECK((*entries)[0].name == "bundle-1/README.txt");
    CHECK((*entries)[1].name == "bundle-1/manifest.json");
    CHECK((*entries)[2].name == "bundle-1/Z");
    CHECK((*entries)[3].name == "bundle-1/a");
}

TEST_CASE("the same input gives the same bytes, and they name nobody")
{
    const std::string bytes = packed(some());
    CHECK(packed(some()) == bytes);
    CHECK(bytes.substr(4, 4) == std::string(4, '\0')); // RFC 1952: no time
    CHECK(bytes.substr(3, 1) == std::string(1, '\0')); // and no file name
    const test::TempDir dir;
    const auto file = dir.write("x.tar.gz", bytes);
    const std::string listing = (dir.path() / "listing").native();
    REQUIRE(std::system(("tar --numeric-owner -tvf '" + file.native() + "' > '" + listing + "'").c_str()) == 0);
    std::ifstream in(listing);
    std::string line;
    while (std::getline(in, line)) {
        CHECK(line.starts_with("-rw-r--r-- 0/0"));
    }
    auto other = some();
    other["README.txt"] += "!";
    CHECK(packed(other) != bytes);
}

TEST_CASE("tar unpacks it, as another user too")
{
    const test::TempDir dir;
    const auto file = dir.write("x.tar.gz", packed(some()));
    std::filesystem::permissions(dir.path(), std::filesystem::perms(0755));
    std::filesystem::create_directory(dir.path() / "out");
    std::filesystem::permissions(dir.path() / "out", std::filesystem::perms(0777));
    const std::string unpack = "cd '" + dir.path().native() + "/out' && tar xf ../x.tar.gz";
    const std::string command =
        ::geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups sh -c \"" + unpack + "\"" : unpack;
    REQUIRE(std::system(command.c_str()) == 0);
    const auto entries = inspect(dir.path() / "out");
    REQUIRE(entries);
    CHECK(harmless_members(*entries) == some());
}

TEST_CASE("a name that would be hostile is not written")
{
    for (const char* name : {"", "/etc/passwd", "a/../../b", "..", "a//b", "./a", "a/", "a\nb"}) {
        const auto bytes = pack({{name, "x"}}, "", k_time, Compression::gzip);
        REQUIRE_FALSE(bytes);
        CHECK(util::contains(bytes.error().message, "no name of a member"));
    }
    CHECK(pack({{"..a/b..", "x"}}, "", k_time, Compression::gzip));
}

TEST_CASE("nothing at all is an archive too")
{
    const auto entries = inspect_bytes(packed({}), "x");
    REQUIRE(entries);
    CHECK(entries->empty());
}

TEST_CASE("SHA-256 as FIPS 180-4 has it")
{
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

} // namespace pack_test

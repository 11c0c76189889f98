// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <filesystem>

#include <hpcdoc/redact.hpp>

#include "util/strings.hpp"

namespace disguise_test {

using namespace hpcdoc;

namespace {

class Disguised {
public:
    explicit Disguised(Readers readers = Readers::vendor)
    {
        m_redactor->disguise(readers);
        m_redactor->know_name(NameKind::user, "alice");
        m_redactor->know_name(NameKind::user, "bsmith2");
        m_redactor->know_name(NameKind::group, "astro-ph");
        m_redactor->know_name(NameKind::host, "login01.cluster.example.org");
        m_redactor->know_name(NameKind::host, "n17");
        m_redactor->know_name(NameKind::host, "gpu-[001-004]");
        m_redactor->know_name(NameKind::directory, "/project/astro/");
    }
    // Cleaned once, after a look that a second time changes nothing.
    std::string operator()(std::string_view text)
    {
        const std::string once = *m_redactor->clean(text);
        CHECK(*m_redactor->clean(once) == once);
        return once;
    }
    Redactor& redactor() { return *m_redactor; }

private:
    Result<Redactor> m_redactor =
        Redactor::load(std::vector{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact"});
};

} // namespace

TEST_CASE("within the site names stay")
{
    Disguised clean(Readers::site);
    const std::string text = "alice on login01.cluster.example.org, 10.1.2.3, n17";
    CHECK(clean(text) == text);
}

TEST_CASE("users, groups and hosts become pseudonyms, the same ones everywhere")
{
    Disguised clean;
    CHECK(clean("alice ran on n17; alice's job") == "user-1 ran on host-2; user-1's job");
    CHECK(clean("/home/alice/x and ~alice and bsmith2:x:1000") == "/home/user-1/x and ~user-1 and user-2:x:1000");
    CHECK(clean("login01.cluster.example.org login01 LOGIN01") == "host-1.domain-1 host-1 host-1");
    CHECK(clean("web7.cluster.example.org and cluster.example.org") == "host-7.domain-1 and domain-1");
    CHECK(clean("{\"user\": \"alice\", \"group\": \"astro-ph\"}") == "{\"user\": \"user-1\", \"group\": \"group-1\"}");
    CHECK(clean("ssh alice@login01 -o User=alice") == "ssh user-1@host-1 -o User=user-1");
    CHECK(clean("line\\nalice\\n and %2Fhome%2Falice%2Fx") == "line\\nuser-1\\n and %2Fhome%2Fuser-1%2Fx");
}

TEST_CASE("no name is replaced within another word")
{
    Disguised clean;
    for (const char* text :
         {"malice", "alices", "alice_2", "xn17", "n170", "Alice in Wonderland", "logins", "n17x", "login-n17"}) {
        CAPTURE(text);
        CHECK(clean(text) == text);
    }
}

TEST_CASE("a host list becomes the list of its members' pseudonyms")
{
    Disguised clean;
    CHECK(clean("n17 and NodeList=n[17]") == "host-2 and NodeList=host-2");
    CHECK(clean("NodeList=n[1-3,7]") == "NodeList=host-[7-10]");
    CHECK(clean("N[1-2]") == "host-[7-8]");
    CHECK(clean("NodeList=host-[7-10]") == "NodeList=host-[7-10]"); // twice is once
    CHECK(clean("gpu-[001-004],n[17-18]") == "host-[3-6],host-[2,11]");
    CHECK(clean("gpu-003 is down") == "host-5 is down");
    CHECK(clean("gpu-[001-003]-ib") == "host-[12-14]");
    CHECK(clean("gpu-[1-99999999]") == "nodes-3-[1-99999999]"); // not to be written out
    CHECK(clean("gpu-[003-001] n[1-") == "nodes-3-[003-001] nodes-2-[1-");
    CHECK(clean("array[3] and xn[1-3]") == "array[3] and xn[1-3]");
}

TEST_CASE("addresses keep their form")
{
    Disguised clean;
    CHECK(clean("from 10.1.2.3 port 22, 10.1.2.4:6817, 10.1.2.3/24") ==
          "from 192.0.2.1 port 22, 192.0.2.2:6817, 192.0.2.1/24");
    CHECK(clean("inet6 fe80::ba59:9fff:fe00:b11a/64 and 2a02:8109::1.") == "inet6 2001:db8::1/64 and 2001:db8::2.");
    CHECK(clean("ether b8:59:9f:00:b1:1a") == "ether 02:00:00:00:00:01");
    CHECK(clean("Node GUID: 0xb8599f0300b11a2e, node_guid b859:9f03:00b1:1a2e") ==
          "Node GUID: 0x0200000000000001, node_guid 0200:0000:0000:0001");
    CHECK(clean("link/infiniband 80:00:00:69:fe:80:00:00:00:00:00:00:b8:59:9f:03:00:b1:1a:2f brd") ==
          "link/infiniband 02:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:02 brd");
    std::string many;
    for (int at = 0; at < 1000; ++at) {
        many += "host 10.9." + std::to_string(at / 250) + "." + std::to_string(at % 250) + "\n";
    }
    CHECK_FALSE(util::contains(clean(many), " 10.9."));
}

TEST_CASE("what only looks like an address stays")
{
    Disguised clean;
    for (const char* text : {"version 2.3.4.1",
                             "nccl 2.19.3.1",
                             "NCCL version 2.18.5.10+cuda12.2",
                             "slurm 23.11.4.1",
                             "cudnn/8.9.2.26",
                             "torch==2.1.0.1",
                             "v10.2.0.89",
                             "cuda 10.2.0.89",
                             "libfoo-1.2.3.4.so",
                             "1.2.3.4.5",
                             "999.1.1.1",
                             "127.0.0.1:8080",
                             "0.0.0.0",
                             "255.255.255.0",
                             "12:34:56",
                             "2026-11-25T12:34:56",
                             "std::vector<int> a::b dead::beef",
                             "0x00007f12345678ab",
                             "0xffffffff81234567",
                             "c10::Error",
                             "0000:3b:00.0",
                             "::1",
                             "123e4567-e89b-12d3-a456-426614174000",
                             "3b18e512dba79e4c8300dd08aeb37f8e728b8dad",
                             "00:10:02 elapsed",
                             "1-02:03:04",
                             "9.1.2.3 is a version",
                             "192.0.2.7",
                             "2001:db8::5",
                             "02:00:00:00:00:09"}) {
        CAPTURE(text);
        CHECK(clean(text) == text);
    }
}

TEST_CASE("a name that is a word is replaced only where it must be a name")
{
    Disguised clean;
    for (const char* name : {"test", "debug", "root", "ml", "max", "n", "user"}) {
        clean.redactor().know_name(NameKind::user, name);
    }
    const std::string text = "test failed in debug mode as root; ml model, max 3, n = 4, user error";
    CHECK(clean(text) == text);
    CHECK(clean("UserId=test(1001) /home/debug/x max@login01 uid=7(ml)") ==
          "UserId=user-3(1001) /home/user-4/x user-6@host-1 uid=7(user-5)");
    CHECK(clean("/home/root UserId=root(0)") == "/home/root UserId=root(0)");
}

TEST_CASE("directories go only for everyone, secrets always")
{
    Disguised vendor(Readers::vendor), everyone(Readers::everyone);
    CHECK(vendor("/project/astro/run") == "/project/astro/run");
    CHECK(everyone("/project/astro/run /project/astrolabe /my/project/astro") ==
          "/directory-1/run /project/astrolabe /my/project/astro");
    CHECK(vendor("alice TOKEN=abc123def") == "user-1 TOKEN=[REDACTED:named-secret#1]");
}

TEST_CASE("marks of secrets are never changed")
{
    Disguised clean;
    clean.redactor().know_name(NameKind::user, "known-value");
    clean.redactor().know_name(NameKind::user, "secretive");
    CHECK(clean("[REDACTED:known-value#10] secretive") == "[REDACTED:known-value#10] user-4");
}

} // namespace disguise_test

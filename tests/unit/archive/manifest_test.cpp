// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "archive/manifest.hpp"
#include "util/strings.hpp"

namespace manifest_test {

using namespace hpcdoc;
using namespace hpcdoc::archive;

namespace {

Manifest sample()
{
    using namespace std::chrono;
    Manifest manifest;
    manifest.hpcdoc = "0.1.0 (abc123)";
    manifest.rules = std::string(64, 'a');
    manifest.host = "login1";
    manifest.role = "login";
    manifest.user = "alice";
    manifest.cluster = "lab";
    manifest.started = sys_seconds(seconds(1'764'072'000));
    manifest.took = milliseconds(12'345);
    manifest.deadline = seconds(60);
    manifest.max_size = 10 << 20;
    manifest.jobs = {"4242", "4243_7"};
    manifest.complete = false;
    manifest.incomplete = "interrupted";
    manifest.audience = "vendor";
    manifest.encrypted_to = "age1xyz";
    manifest.note = "It said \"\x1b[31mno\x1b[0m\" and caf\xc3\xa9 \xe2\x80\xae";
    manifest.answers = {{"since", "yesterday"}, {"worked before", ""}};
    Item item;
    item.id = "system.kernel";
    item.topic = "system";
    item.argv = {"uname", "-a", "\xff"};
    item.why = "the kernel";
    item.start = sys_time<milliseconds>(milliseconds(1'764'072'000'007));
    item.duration = milliseconds(3);
    item.status = Item::Status::nonzero;
    item.exit = 1;
    item.out = {"collect/system/kernel.out", 100, 90, std::string(64, '0')};
    item.redactions = {{"jwt", 2}};
    item.note = "cut";
    manifest.items.push_back(item);
    Item file;
    file.kind = Item::Kind::file;
    file.path = "/home/alice/\xe9";
    file.signal = -9;
    manifest.items.push_back(file);
    return manifest;
}

std::string mistake(const std::string& from, const std::string& to)
{
    const std::string json = manifest_json(sample());
    REQUIRE(util::contains(json, from));
    const auto read = manifest_from(util::replace_all(json, from, to), "x/manifest.json");
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Code::config);
    return read.error().message;
}

} // namespace

TEST_CASE("a manifest is read as it was written")
{
    const std::string json = manifest_json(sample());
    const auto read = manifest_from(json, "x");
    REQUIRE_MESSAGE(read, (read ? "" : read.error().message));
    CHECK(*read == sample());
    CHECK(manifest_json(*read) == json);
    const auto empty = manifest_from(manifest_json(Manifest{}), "x");
    REQUIRE_MESSAGE(empty, (empty ? "" : empty.error().message));
    CHECK(*empty == Manifest{});
}

TEST_CASE("it is ASCII that no terminal obeys, and ends in a newline")
{
    const std::string json = manifest_json(sample());
    CHECK(json.back() == '\n');
    for (const char c : json) {
        CHECK((c == '\n' || (c >= ' ' && c < 0x7f)));
    }
}

TEST_CASE("every status and kind has a word that is read again")
{
    for (int status = 0; status <= static_cast<int>(Item::Status::failed); ++status) {
        for (int kind = 0; kind <= static_cast<int>(Item::Kind::diagnosis); ++kind) {
            Manifest manifest;
            manifest.items.emplace_back();
            manifest.items.back().status = static_cast<Item::Status>(status);
            manifest.items.back().kind = static_cast<Item::Kind>(kind);
            CHECK(manifest_from(manifest_json(manifest), "x") == manifest);
        }
    }
}

TEST_CASE("what is wrong with a manifest is said with its place")
{
    CHECK(mistake("\"login1\"", "7") == "'x/manifest.json': host: must be a string");
    CHECK(mistake("\"nonzero\"", "\"fine\"") ==
          "'x/manifest.json': items[0].status: is not a word that this version knows");
    CHECK(mistake("\"2025-11-25T12:00:00.007Z\"", "\"noon\"") ==
          "'x/manifest.json': items[0].start: must be a time like \"2026-11-25T14:03:00.000Z\"");
    CHECK(mistake("\"max_size\"", "\"max\"") == "'x/manifest.json': max_size: is missing");
    CHECK(mistake("\"kept\": 90", "\"kept\": -1") == "'x/manifest.json': items[0].stdout.kept: must be a whole number");
    CHECK(mistake("hpcdoc.manifest/1", "hpcdoc.manifest/2") ==
          "'x/manifest.json': its schema is 'hpcdoc.manifest/2', this version reads 'hpcdoc.manifest/1'");
    CHECK(mistake("hpcdoc.manifest/1", "sos").find("its schema is 'sos'") != std::string::npos);
    for (const char* text : {"", "{", "[]", "null", "{\"schema\": \"hpcdoc.manifest/1\"}", "\xff"}) {
        const auto read = manifest_from(text, "x");
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Code::config);
        CHECK(read.error().message.starts_with("'x': "));
    }
    CHECK_FALSE(manifest_from(std::string(100'000, '['), "x"));
}

TEST_CASE("the golden file, which the published schema is checked against, is what is written")
{
    const std::string path = HPCDOC_SOURCE_DIR "/tests/unit/archive/golden/manifest.json";
    if (std::getenv("HPCDOC_ACCEPT") != nullptr) {
        std::ofstream(path) << manifest_json(sample());
    }
    std::ifstream file(path);
    std::stringstream golden;
    golden << file.rdbuf();
    CHECK(golden.str() == manifest_json(sample()));
}

} // namespace manifest_test

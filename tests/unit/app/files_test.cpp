// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include <unistd.h>

#include "app/places.hpp"
#include "app/session.hpp"
#include "app/write_directory.hpp"
#include "temp_dir.hpp"
#include "util/strings.hpp"

namespace files_test {

using namespace hpcdoc;
using namespace hpcdoc::app;
namespace fs = std::filesystem;

namespace {

OwnEnvironment variables(std::map<std::string, std::string, std::less<>> values)
{
    return [values = std::move(values)](std::string_view name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

} // namespace

TEST_CASE("settings come from the site's file, its drop-ins in order, and the user's file")
{
    const test::TempDir dir;
    dir.write("etc/hpcdoc.d/20-b.toml", "");
    dir.write("etc/hpcdoc.d/10-a.toml", "");
    dir.write("etc/hpcdoc.d/notes.txt", "");
    const SitePlaces site{dir.path() / "etc"};
    const ConfigSources sources = config_sources(variables({{"HOME", "/home/alice"}}), {"a=b"}, site);
    CHECK(sources.site == std::vector<fs::path>{site.etc / "hpcdoc.toml", site.etc / "hpcdoc.d/10-a.toml",
                                                site.etc / "hpcdoc.d/20-b.toml"});
    CHECK(sources.user == std::vector<fs::path>{"/home/alice/.config/hpcdoc/hpcdoc.toml"});
    CHECK(sources.overrides == std::vector<std::string>{"a=b"});
}

TEST_CASE("XDG_CONFIG_HOME wins over HOME when it is absolute")
{
    const SitePlaces site{"/nonexistent"};
    CHECK(config_sources(variables({{"XDG_CONFIG_HOME", "/x"}, {"HOME", "/h"}}), {}, site).user ==
          std::vector<fs::path>{"/x/hpcdoc/hpcdoc.toml"});
    CHECK(config_sources(variables({{"XDG_CONFIG_HOME", "x"}, {"HOME", "/h"}}), {}, site).user ==
          std::vector<fs::path>{"/h/.config/hpcdoc/hpcdoc.toml"});
    CHECK(config_sources(variables({}), {}, site).user.empty());
}

TEST_CASE("only HPCDOC_ variables are settings, and not those for developers")
{
    ::setenv("HPCDOC_OUTPUT_COLOR", "never", 1);
    ::setenv("HPCDOC_SHARE", "/x", 1);
    const ConfigSources sources = config_sources(variables({}), {}, {"/nonexistent"});
    ::unsetenv("HPCDOC_OUTPUT_COLOR");
    ::unsetenv("HPCDOC_SHARE");
    CHECK(sources.environment.count("HPCDOC_OUTPUT_COLOR") == 1);
    CHECK(sources.environment.count("HPCDOC_SHARE") == 0);
    CHECK(sources.environment.count("PATH") == 0);
}

TEST_CASE("a wrong HPCDOC_SHARE is refused, a right one taken")
{
    const test::TempDir dir;
    CHECK(find_share(variables({{"HPCDOC_SHARE", dir.path().native()}})) == dir.path());
    const auto wrong = find_share(variables({{"HPCDOC_SHARE", "/nonexistent"}}));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message == "HPCDOC_SHARE: '/nonexistent' is not a directory");
}

TEST_CASE("a site's rules come after those that are shipped")
{
    const test::TempDir dir;
    CHECK(rule_dirs("/s", Config::builtin(), {dir.path()}) == std::vector<fs::path>{"/s/rules"});
    dir.write("rules.d/x.toml", "");
    CHECK(rule_dirs("/s", Config::builtin(), {dir.path()}) ==
          std::vector<fs::path>{"/s/rules", dir.path() / "rules.d"});
}

TEST_CASE("a directory is written whole")
{
    const test::TempDir dir;
    const fs::path out = dir.path() / "out";
    REQUIRE(check_new_directory(out));
    REQUIRE(write_directory(out, {{"recording.json", "{}"}, {"calls/1.out", "x"}}));
    CHECK(fs::file_size(out / "calls/1.out") == 1);
    CHECK((fs::status(out).permissions() & fs::perms::others_all) == fs::perms::none);
    const auto again = check_new_directory(out);
    REQUIRE_FALSE(again);
    CHECK(again.error().message == "'" + out.native() + "' exists already and is not empty");
}

TEST_CASE("an empty directory may be written to, with a slash at its end too")
{
    const test::TempDir dir;
    fs::create_directory(dir.path() / "out");
    REQUIRE(check_new_directory(dir.path() / "out/"));
    CHECK(write_directory(dir.path() / "out/", {{"recording.json", "{}"}}));
    CHECK(fs::exists(dir.path() / "out/recording.json"));
}

TEST_CASE("where nothing can be written it is said before anything is run, and nothing is left")
{
    const test::TempDir dir;
    CHECK_FALSE(check_new_directory(dir.path() / "no/such/place"));
    dir.write("file", "x");
    CHECK_FALSE(check_new_directory(dir.path() / "file/out"));
    CHECK_FALSE(write_directory(dir.path() / "no/such/place", {{"recording.json", "{}"}}));
    CHECK(std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()) == 1);
}

} // namespace files_test

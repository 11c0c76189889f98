// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <sys/stat.h>

#include <hpcdoc/config.hpp>

#include "temp_dir.hpp"

namespace load_test {

using namespace hpcdoc;

namespace {

std::string message_of(const ConfigSources& sources)
{
    const Result<Config> loaded = Config::load(sources);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == Code::config);
    return loaded.error().message;
}

std::string site_message(std::string_view text, std::string* hint = nullptr)
{
    const test::TempDir files;
    const auto file = files.write("hpcdoc.toml", text);
    const Result<Config> loaded = Config::load({.site = {file}});
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == Code::config);
    if (hint != nullptr) {
        *hint = loaded.error().hint;
    }
    std::string message = loaded.error().message;
    return message.substr(message.find("hpcdoc.toml:"));
}

} // namespace

TEST_CASE("without any source the settings are the built-in ones")
{
    const Result<Config> config = Config::load({});
    REQUIRE(config);
    CHECK(config->number("job.log_tail") == 256 * 1024);
    CHECK(config->duration("run.call_deadline") == std::chrono::seconds(10));
    CHECK(config->text("output.format") == "text");
    CHECK(config->list("tools.path").empty());
    CHECK(config->setting("output.color").layer == Layer::builtin);
    CHECK(config->setting("output.color").where.empty());
}

TEST_CASE("a later layer wins, and each setting says where it came from")
{
    const test::TempDir files;
    const auto site = files.write("site.toml", "[job]\nlog_tail = \"1M\"\nrecent_days = 3\n\n[tools]\npath = [\"/opt/slurm/bin\"]\n");
    const auto user = files.write("user.toml", "job.recent_days = 5\n[output]\ncolor = 'never'\n");
    const Result<Config> config = Config::load({.site = {files.path() / "missing.toml", site},
                                                .user = {user},
                                                .environment = {{"HPCDOC_OUTPUT_COLOR", "always"}, {"HPCDOC_RUN_DEADLINE", "1m"}},
                                                .overrides = {"output.format=json"}});
    REQUIRE(config);
    CHECK(config->number("job.log_tail") == 1 << 20);
    CHECK(config->setting("job.log_tail").where == site.string() + ":2");
    CHECK(config->number("job.recent_days") == 5);
    CHECK(config->setting("job.recent_days").where == user.string() + ":1");
    CHECK(config->text("output.color") == "always");
    CHECK(config->setting("output.color").where == "HPCDOC_OUTPUT_COLOR");
    CHECK(config->duration("run.deadline") == std::chrono::seconds(60));
    CHECK(config->text("output.format") == "json");
    CHECK(config->setting("output.format").where == "-c output.format=json");
    CHECK(config->setting("output.format").layer == Layer::command_line);
    CHECK(config->list("tools.path") == std::vector<std::string>{"/opt/slurm/bin"});
}

TEST_CASE("a later file of one layer wins too")
{
    const test::TempDir files;
    const auto first = files.write("a.toml", "[contacts]\nsupport = \"a@x\"\nstorage = \"s@x\"\n");
    const auto second = files.write("b.toml", "[contacts]\nsupport = \"b@x\"\n");
    const Result<Config> config = Config::load({.site = {first, second}});
    REQUIRE(config);
    CHECK(config->text("contacts.support") == "b@x");
    CHECK(config->text("contacts.storage") == "s@x");
}

TEST_CASE("an unknown setting is told with its place and the nearest name")
{
    std::string hint;
    CHECK(site_message("[job]\nlog_tial = 5\n", &hint) == "hpcdoc.toml:2:1: there is no setting 'job.log_tial'\nlog_tial = 5\n^");
    CHECK(hint == "did you mean 'job.log_tail'?");
    CHECK(site_message("[jbo]\nlog_tail = 5\n", &hint) == "hpcdoc.toml:1:2: there is no setting 'jbo'\n[jbo]\n ^");
    CHECK(hint == "did you mean 'job'?");
    CHECK(site_message("[job.log_tail]\nx = 1\n").starts_with("hpcdoc.toml:1:"));
    CHECK(site_message("zebra = 1", &hint).starts_with("hpcdoc.toml:1:1: there is no setting 'zebra'"));
    CHECK(hint == "'hpcdoc config show' lists all settings");
}

TEST_CASE("a value of the wrong type or out of range is told with its place")
{
    CHECK(site_message("[output]\nwidth = \"wide\"\n") == "hpcdoc.toml:2:9: 'output.width' must be a whole number, not a string\nwidth = \"wide\"\n        ^");
    CHECK(site_message("[output]\nwidth = -3\n") == "hpcdoc.toml:2:9: 'output.width' must be at least 0\nwidth = -3\n        ^");
    CHECK(site_message("[output]\ncolor = \"red\"\n") ==
          "hpcdoc.toml:2:9: 'output.color' must be one of: auto, always, never, not 'red'\ncolor = \"red\"\n        ^");
    CHECK(site_message("[tools]\npath = \"/bin\"\n").find("must be a list of strings, not a string") != std::string::npos);
    CHECK(site_message("[tools]\npath = [\"bin\"]\n").find("must be absolute paths, and 'bin' is none") != std::string::npos);
    CHECK(site_message("[run]\ndeadline = \"250ms\"\n").find("must be a duration in whole seconds") != std::string::npos);
    CHECK(site_message("[run]\ndeadline = \"0s\"\n").find("must be at least 1 seconds") != std::string::npos);
    CHECK(site_message("[job]\nlog_head = \"1T\"\n").find("must be at most") != std::string::npos);
    CHECK(site_message("[job]\nlog_head = true\n").find("not true or false") != std::string::npos);
}

TEST_CASE("what only the site may set is refused in a user's file and in the environment")
{
    const test::TempDir files;
    const auto user = files.write("user.toml", "# mine\n[tools]\npath = [\"/home/eve/bin\"]\n");
    const std::string message = message_of({.user = {user}});
    CHECK(message == user.string() + ":3:1: 'tools.path' cannot be set in a user's file\npath = [\"/home/eve/bin\"]\n^");
    CHECK(message_of({.environment = {{"HPCDOC_CONTACTS_SUPPORT", "eve@evil"}}}) == "HPCDOC_CONTACTS_SUPPORT: 'contacts.support' cannot be set by a variable");
    const Result<Config> config = Config::load({.overrides = {"tools.path=/a:/b"}});
    REQUIRE(config);
    CHECK(config->list("tools.path") == std::vector<std::string>{"/a", "/b"});
}

TEST_CASE("variables of others are left alone, misspelt ones of ours are told")
{
    CHECK(Config::load({.environment = {{"HPCDOC_ROOT", "/opt/hpcdoc"}, {"HPCDOC_HOME", "/x"}, {"HPCDOC_", ""}, {"PATH", "/bin"}}}));
    CHECK(message_of({.environment = {{"HPCDOC_JOB_LOG_TIAL", "5"}}}) == "HPCDOC_JOB_LOG_TIAL: there is no setting 'job.log_tial'");
    CHECK(message_of({.environment = {{"HPCDOC_JOB_LOG_TAIL", "many"}}}) ==
          "HPCDOC_JOB_LOG_TAIL: 'job.log_tail' must be a number of bytes, such as 262144 or \"256K\", not 'many'");
}

TEST_CASE("a wrong override names itself")
{
    CHECK(message_of({.overrides = {"nonsense"}}) == "-c nonsense: this is not of the form key=value");
    CHECK(message_of({.overrides = {"=x"}}) == "-c =x: this is not of the form key=value");
    CHECK(message_of({.overrides = {"output.colour=never"}}) == "-c output.colour=never: there is no setting 'output.colour'");
    CHECK(message_of({.overrides = {"output.width=1.5"}}) == "-c output.width=1.5: 'output.width' must be a whole number, not '1.5'");
    CHECK(message_of({.overrides = {"a\x1b[31m=1"}}).find('\x1b') == std::string::npos);
}

TEST_CASE("wrong TOML points at the place")
{
    const std::string message = site_message("[job]\nlog_tail = = 5\n");
    CHECK(message.starts_with("hpcdoc.toml:2:12: "));
    CHECK(message.ends_with("\nlog_tail = = 5\n           ^"));
}

TEST_CASE("a file that is no regular file, or too deep, is refused at once")
{
    const test::TempDir files;
    const auto fifo = files.path() / "fifo.toml";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(message_of({.site = {fifo}}) == "'" + fifo.string() + "' is not a regular file");
    std::string deep;
    for (int level = 0; level < 200'000; ++level) {
        deep += "a.";
    }
    CHECK(site_message(deep + "a = 1").starts_with("hpcdoc.toml:1:1: more than 100 dots in one line"));
    CHECK(site_message("a = " + std::string(100'000, '[')).starts_with("hpcdoc.toml:1:"));
    const auto large = files.write("large.toml", std::string(5 << 20, '#'));
    CHECK(message_of({.site = {large}}) == "'" + large.string() + "' is longer than 4 MiB");
}

TEST_CASE("characters that look like blanks or letters are refused where they do not belong")
{
    for (const char* character : {"\u00a0", "\u00a1", "\u1680", "\u2000", "\u2070", "\u3000", "\u3001", "\ufefe", "\U0001f600", "\u0378"}) {
        CAPTURE(character);
        const std::string one = character;
        for (const std::string& text : {one, one + "a = 1", "a" + one + " = 1", "a = " + one + "1", "a = 1" + one, "a =" + one, "[" + one + "]", "a = [1" + one}) {
            CHECK(site_message(text).starts_with("hpcdoc.toml:1:"));
        }
    }
}

TEST_CASE("a file cut anywhere, or with any byte changed, is read or refused, and never worse")
{
    const test::TempDir files;
    const std::string whole = "[job]\nlog_tail = \"1M\"\n[tools]\npath = [\"/a\", '/b']\n[site]\nname = \"\"\"x\ny\"\"\"\n[run]\ndeadline = 30\n# é\n";
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const auto cut = files.write("cut.toml", whole.substr(0, length));
        const Result<Config> config = Config::load({.site = {cut}});
        CHECK((config || !config.error().message.empty()));
        for (const char byte : {'\0', '"', '[', '\xff', '\n', '='}) {
            std::string changed = whole;
            changed[std::min(length, whole.size() - 1)] = byte;
            const Result<Config> other = Config::load({.site = {files.write("changed.toml", changed)}});
            CHECK((other || other.error().code == Code::config));
        }
    }
}

} // namespace load_test

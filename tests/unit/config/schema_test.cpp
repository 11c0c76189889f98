// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <hpcdoc/config.hpp>

#include "config/schema.hpp"
#include "config/setting_value.hpp"

namespace schema_test {

using namespace hpcdoc;

TEST_CASE("every setting is sorted, described, and its built-in value is allowed")
{
    std::string_view before;
    for (const config::SchemaKey& key : config::schema()) {
        CAPTURE(key.name);
        CHECK(before < key.name);
        before = key.name;
        CHECK(key.name.find('.') != std::string_view::npos);
        CHECK_FALSE(key.about.empty());
        CHECK(key.about.back() != '.');
        CHECK(config::out_of_bounds(key, key.builtin).empty());
        CHECK(config::find_key(key.name) == &key);
    }
    CHECK(config::find_key("job.nothing") == nullptr);
    CHECK(config::find_key("") == nullptr);
}

TEST_CASE("a value reads as it would be written in TOML")
{
    CHECK(to_string(Setting::Value(true)) == "true");
    CHECK(to_string(Setting::Value(std::int64_t{5})) == "5");
    CHECK(to_string(Setting::Value(2.0)) == "2.0");
    CHECK(to_string(Setting::Value(0.25)) == "0.25");
    CHECK(to_string(Setting::Value(std::string("a \"b\"\\\n\x1b"))) == "\"a \\\"b\\\"\\\\\\n\\u001B\"");
    CHECK(to_string(Setting::Value(std::vector<std::string>{"/a", "/b"})) == "[\"/a\", \"/b\"]");
    CHECK(to_string(Setting::Value(std::vector<std::string>{})) == "[]");
    CHECK(to_string(Setting::Value(std::chrono::seconds(5400))) == "\"1h30m\"");
    CHECK(to_string(Setting::Value(std::chrono::seconds(0))) == "\"0s\"");
    CHECK(to_string(Layer::command_line) == "command line");
}

TEST_CASE("visiting tells every setting once, sorted")
{
    const Config config = Config::builtin();
    std::vector<std::string> keys;
    config.visit([&keys](std::string_view key, const Setting& setting) {
        CHECK(setting.layer == Layer::builtin);
        keys.emplace_back(key);
    });
    CHECK(keys.size() == config::schema().size());
    CHECK(std::is_sorted(keys.begin(), keys.end()));
}

TEST_CASE("the manual page tells every setting with its built-in value and who may set it")
{
    std::ifstream file(std::filesystem::path(HPCDOC_SOURCE_DIR) / "man/hpcdoc.toml.5.md");
    const std::string page(std::istreambuf_iterator<char>(file), {});
    for (const config::SchemaKey& key : config::schema()) {
        const std::string row = "\n| " + std::string(key.name) + " | " + to_string(key.builtin) + " | " + std::string(config::to_string(key.may_set)) + " | ";
        CAPTURE(row);
        CHECK(page.find(row) != std::string::npos);
    }
}

TEST_CASE("the example of a site's settings is good as it is")
{
    const Result<Config> config = Config::load({.site = {std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/site/example.toml"}});
    REQUIRE_MESSAGE(config, (config ? "" : config.error().message));
    CHECK(config->text("contacts.support") == "support@example.org");
}

} // namespace schema_test

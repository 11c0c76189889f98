// SPDX-License-Identifier: Apache-2.0
// Every rule of share/hpcdoc/redact against its own examples, alone and in hostile surroundings.
#include <doctest/doctest.h>

#include <filesystem>

#include "config/tomlplusplus.hpp"

#include "examples.hpp"

namespace rules_test {

using namespace hpcdoc;

namespace {

const std::filesystem::path k_dir = std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/redact";

const Redactor& redactor()
{
    static const Result<Redactor> loaded = Redactor::load(std::vector{k_dir});
    REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().message));
    return *loaded;
}

std::string clean(std::string_view text)
{
    const Result<std::string> cleaned = redactor().clean(text);
    REQUIRE_MESSAGE(cleaned, (cleaned ? "" : cleaned.error().message));
    return *cleaned;
}

template<class Each> void for_each_example(std::string_view key, const Each& each)
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(k_dir)) {
        const toml::parse_result file = toml::parse_file(entry.path().string());
        REQUIRE(file);
        const toml::array* rules = file.table().get_as<toml::array>("rule");
        REQUIRE(rules);
        for (const toml::node& node : *rules) {
            const toml::table& rule = *node.as_table();
            const std::string id = rule["id"].value_or("");
            const toml::array* examples = rule[key].as_array();
            REQUIRE_MESSAGE(examples, (id));
            REQUIRE_MESSAGE(!examples->empty(), (id));
            for (const toml::node& example : *examples) {
                each(id, example.value_or(std::string_view()));
                ++count;
            }
        }
    }
    CHECK(count > 30);
}

} // namespace

TEST_CASE("each rule takes the secrets out of its examples, and only them stay out")
{
    for_each_example("fires", [](const std::string& id, std::string_view example) {
        test::Examples expand;
        const std::string text = expand.expand(example);
        CAPTURE(id);
        CAPTURE(text);
        const std::string cleaned = clean(text);
        CHECK(cleaned.find("[REDACTED:") != std::string::npos);
        CHECK(clean(cleaned) == cleaned);
    });
}

TEST_CASE("no part of a secret stays, wherever its line stands in a text")
{
    const std::string filler(70'000, '.');
    for_each_example("fires", [&filler](const std::string& id, std::string_view example) {
        CAPTURE(id);
        CAPTURE(example);
        test::Examples expand;
        const std::string line = expand.expand(example);
        const std::string long_line = filler + " " + line + " " + filler;
        for (const std::string& text : {line, "before\n" + line + "\nafter", line + "\r\n" + line, filler + "\n" + line + "\n" + filler,
                                        std::string("A=1\0", 4) + line + std::string("\0B=2", 4)}) {
            const std::string cleaned = clean(text);
            for (const std::string& secret : expand.secrets()) {
                if (secret.size() >= 8) {
                    CHECK(cleaned.find(secret) == std::string::npos);
                }
            }
        }
        CHECK(clean(long_line).size() >= filler.size());
    });
}

TEST_CASE("each rule is silent where its examples say so")
{
    for_each_example("silent", [](const std::string& id, std::string_view example) {
        test::Examples expand;
        const std::string text = expand.expand(example);
        CAPTURE(id);
        CHECK(clean(text) == text);
    });
}

} // namespace rules_test

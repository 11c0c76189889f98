// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "rules/blocks.hpp"
#include "rules/load.hpp"
#include "temp_dir.hpp"

namespace blocks_test {

using namespace hpcdoc;
using namespace hpcdoc::rules;

TEST_CASE("a plain file is taken apart rule by rule, lines stay where they are")
{
    constexpr std::string_view text = "# head\n[[message]]\nlines = [\n 'a',\n]\n\n[[rule]]\nid = 'a'\ntitle = \"\"\"x\n[[rule]]\n\"\"\"\nwhen = [\n  { fact = 'x' }, # ]\n]\nfires = [ { a = ']' } ]\n[[rule]]\nid = 'b'\n";
    const auto blocks = find_blocks(text);
    REQUIRE(blocks);
    CHECK(blocks->rules.size() == 2);
    CHECK(blocks->message);
    CHECK(blocks->heads == "\n\n\n\n\n\n[[rule]]\nid = 'a'\n\n\n\nwhen = [\n  { fact = 'x' }, # ]\n]\n\n[[rule]]\nid = 'b'\n");
    CHECK(text_of_block(text, blocks->rules[1]) == std::string(15, '\n') + "[[rule]]\nid = 'b'\n");
    CHECK(text_of_block(text, blocks->rules[0]).ends_with("]\n\n"));
}

TEST_CASE("what is not written plainly is left to the full reader")
{
    for (const std::string_view text : {"[rule]\nid = 'a'\n", "[[rule]]\nid.x = 'a'\n", "[[rule]]\nodd = 1\n", "x = 1\n", "[[rule]]\n\"id\" = 'a'\n",
                                        "[[rule]]\nid = 'a\n", "[[rule]]\nid = [ 'a'\n", "[[rule]]\nid = 'a' ]\n", "[[rule]]\n id = 'a'\n[[rule.fix]]\n",
                                        "id = 'a'\n", "[[rule]] # x\n", "[[rule]]\nid = \"\"\"a\n"}) {
        CAPTURE(text);
        CHECK_FALSE(find_blocks(text));
    }
}

TEST_CASE("strings of every kind are stepped over")
{
    CHECK(find_blocks("[[rule]]\nid = \"a\\\"b\"\ntitle = '''x''''\ncause = \"\"\"a\\\"\"\"\"\"\nlabels = ['#', \"[\"]\n"));
    CHECK(find_blocks("[[rule]]\nid = 'a'"));
    CHECK(find_blocks(""));
}

TEST_CASE("plain strings and lists of them are read, everything else is left to TOML's own reader")
{
    using Strings = std::vector<std::string>;
    CHECK(plain_strings(" \"a b\"\n") == Strings{"a b"});
    CHECK(plain_strings(" [ 'a\\', \"b\\\"\\\\\",\n ]\n\n") == Strings{"a\\", "b\"\\"});
    CHECK(plain_strings("[]") == Strings{});
    for (const std::string_view text : {"", "[", "5", "\"a", "\"\"\"a\"\"\"", "'''a'''", "\"\\n\"", "['a' 'b']", "['a', 5]", "['a'", "'a' # why", "'a' 'b'", "[['a']]"}) {
        CAPTURE(text);
        CHECK_FALSE(plain_strings(text));
    }
}

TEST_CASE("hpcdoc's own rules read the same in parts and in full")
{
    const std::vector<std::filesystem::path> dirs{std::filesystem::path(HPCDOC_SOURCE_DIR) / "share/hpcdoc/rules"};
    const auto names = topics_in(dirs);
    REQUIRE(names);
    for (const std::string& name : *names) {
        const Result<Topic> parts = load_topic(dirs, name, WithExamples::no);
        const Result<Topic> full = load_topic(dirs, name, WithExamples::yes);
        REQUIRE(parts);
        REQUIRE(full);
        REQUIRE(parts->rules.size() == full->rules.size());
        for (std::size_t at = 0; at < full->rules.size(); ++at) {
            const Result<const Rule*> whole = parts->rules[at].whole();
            REQUIRE_MESSAGE(whole, (whole ? "" : whole.error().message));
            const Rule& other = full->rules[at].head();
            CHECK((*whole)->where == other.where);
            CHECK(parts->rules[at].head().where == other.where);
            CHECK((*whole)->key == other.key);
            CHECK((*whole)->when.size() == other.when.size());
            CHECK((*whole)->fixes.size() == other.fixes.size());
            CHECK((*whole)->log.contains == other.log.contains);
        }
    }
}

} // namespace blocks_test

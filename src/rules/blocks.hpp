// SPDX-License-Identifier: Apache-2.0
// A quick look at a rule file that is known to be sound: where its rules stand, and a short form that holds only what
// decides whether a rule is needed at all. toml++ reads some 20 MB/s, and hpcdoc's own rules are a third of a
// megabyte: reading all of them in full would cost more than the whole run may.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::rules {

struct Blocks {
    // The texts of the rules, each with as many empty lines before it that line numbers stay right, without examples.
    struct Block {
        std::size_t begin = 0, end = 0; // in the file
        std::size_t lines_before = 0;
        std::string_view id{}, name{}, contains{}, kind{}; // of a rule, as written; views into the file
    };
    std::vector<Block> rules{};
    std::optional<Block> message{};
    std::string heads{}; // the file without all but the keys that `is_head_key` names; lines stay where they are
};

// Nothing when the text is not written plainly ([[rule]] and [[message]] tables of "key = value" with known keys): it
// must be read in full.
std::optional<Blocks> find_blocks(std::string_view text);
// The strings of a value such as ["a", 'b'] or "a"; nothing when it is anything else or has an escape but \" and \\.
std::optional<std::vector<std::string>> plain_strings(std::string_view value);
std::string text_of_block(std::string_view text, const Blocks::Block& block);

} // namespace hpcdoc::rules

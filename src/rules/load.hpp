// SPDX-License-Identifier: Apache-2.0
// A topic: the rules of its files in all directories, in the order of their priority.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "rules/parse.hpp"
#include "rules/topic.hpp"

namespace hpcdoc::rules {

Result<Topic> load_topic(std::span<const std::filesystem::path> dirs, std::string_view topic, WithExamples examples);
struct TopicFile {
    std::string name{}; // "20-memory.toml"
    std::size_t layer = 0;
    std::filesystem::path path{};
};

// In the order in which they are read.
Result<std::vector<TopicFile>> files_of(std::span<const std::filesystem::path> dirs, std::string_view topic);
// The names of all topics in all directories, sorted.
Result<std::vector<std::string>> topics_in(std::span<const std::filesystem::path> dirs);

} // namespace hpcdoc::rules

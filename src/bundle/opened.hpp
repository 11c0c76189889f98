// SPDX-License-Identifier: Apache-2.0
// A bundle that was opened to be looked into.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hpcdoc/result.hpp>

#include "archive/manifest.hpp"
#include "archive/members.hpp"

namespace hpcdoc::bundle {

struct Hostile {
    std::string name{}, problem{};
};

struct Opened {
    std::string source{};       // as it was named
    std::string top{};          // the one directory in it; may be empty
    archive::Members members{}; // what is harmless, by name below `top`
    std::vector<Hostile> hostile{};
    std::optional<archive::Manifest> manifest{};
    std::optional<Error> manifest_error{}; // why there is none

    std::string name() const; // for people: that of the directory in it, or of the file
    const std::string* find(std::string_view member) const;
    // What a member is, as far as manifest.json or recording.json tells: a command line, a path.
    std::map<std::string, std::string> origins() const;
};

// Code::config: it cannot be read at all, or is a bomb. Any archive is taken: what is no bundle has no manifest.
Result<Opened> open(const std::string& file);

std::string command_line(const std::vector<std::string>& argv); // as typed into a shell
// "timeout after 10 s: no answer": how an item went, and why.
std::string status_text(const archive::Item& item);

} // namespace hpcdoc::bundle

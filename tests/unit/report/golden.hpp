// SPDX-License-Identifier: Apache-2.0
// Expected texts in golden/; HPCDOC_ACCEPT=1 writes them anew, to be read in the diff.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <hpcdoc/report.hpp>
#include <nlohmann/json.hpp>

namespace hpcdoc::golden {

inline std::string read(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline void check(const std::string& name, const std::string& text)
{
    const std::string path = std::string(HPCDOC_SOURCE_DIR) + "/tests/unit/report/golden/" + name;
    if (std::getenv("HPCDOC_ACCEPT") != nullptr) {
        std::ofstream(path, std::ios::binary) << text;
    }
    INFO("golden file: ", path);
    CHECK(text == read(path));
}

// Without what a release changes: its number and the style sheet.
inline std::string steady(std::string text)
{
    static const std::string version = nlohmann::json::parse(render(Report{}, Format::json, {})).at("hpcdoc");
    const auto swap = [&](const std::string& what, const std::string& with) {
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
            text.replace(at, what.size(), with);
        }
    };
    swap("hpcdoc " + version, "hpcdoc VERSION");
    swap("\"hpcdoc\": \"" + version + "\"", "\"hpcdoc\": \"VERSION\"");
    const std::size_t style = text.find("<style>"), end = text.find("</style>");
    if (style != std::string::npos && end != std::string::npos) {
        text.erase(style + 7, end - style - 7);
    }
    return text;
}

} // namespace hpcdoc::golden

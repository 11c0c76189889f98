// SPDX-License-Identifier: Apache-2.0
// Recorded output of Slurm's commands: tests/unit/tools/data.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

inline std::string sample(const std::string& name)
{
    std::ifstream file(HPCDOC_SOURCE_DIR "/tests/unit/tools/data/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    REQUIRE_MESSAGE(!text.str().empty(), name);
    return text.str();
}

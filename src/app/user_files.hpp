// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

namespace hpcdoc::app {

// The files without those whose file system does not answer within three seconds: a home directory on a dead server must
// not keep hpcdoc from saying so. Each that is left out is told on stderr.
std::vector<std::filesystem::path> those_that_answer(std::vector<std::filesystem::path> files);

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
// What is compressed or an archive, written again in the same form without secrets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/redact.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

struct CleanTask {
    const Redactor& redactor;
    std::function<Result<void>(std::string_view clean)> out;
    std::stop_token stop{};
    std::string name{};      // of the file, in messages
    std::string directory{}; // for what does not fit into memory
};

struct CleanCount {
    std::map<std::string, unsigned, std::less<>> secrets{}; // rule -> how many
    std::uint64_t seen = 0, given = 0;                      // bytes of text
    std::uint64_t members = 0;                              // of an archive; 0: it is none
    struct Dropped {
        std::string member{}, why{};
    };
    std::vector<Dropped> dropped{};

    void add(const std::map<std::string, unsigned, std::less<>>& more);
};

// From a descriptor that stands at the beginning of the file.
Result<CleanCount> clean_text(int fd, const CleanTask& task);
Result<CleanCount> clean_packed(int fd, const CleanTask& task);

} // namespace hpcdoc::archive

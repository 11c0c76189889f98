// SPDX-License-Identifier: Apache-2.0
// Opens what a log may be: a file, plain, compressed or in UTF-16; standard input; a text at hand.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>

#include <hpcdoc/result.hpp>

#include "logs/feed.hpp"
#include "util/system.hpp"

namespace hpcdoc::logs {

struct Opened {
    std::unique_ptr<Source> source{};
    std::uint64_t size = 0;  // of the file; 0: not known
    bool divisible = false;  // a plain file: can be read from any place by open_part()
    bool binary = false;     // begins as no text does
    std::string packed{};    // "gzip" …; empty: not compressed
};

// A regular file. FIFOs, sockets, devices and directories are refused: reading them may wait for ever.
Result<Opened> open_log(const std::filesystem::path& file, const std::stop_token& stop);
// The same file from `offset` on; holes are passed over.
Result<std::unique_ptr<Source>> open_part(const std::filesystem::path& file, std::uint64_t offset, const std::stop_token& stop);
std::unique_ptr<Source> from_text(std::string text);
std::unique_ptr<Source> from_descriptor(int fd, const std::stop_token& stop); // not closed

} // namespace hpcdoc::logs

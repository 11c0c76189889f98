// SPDX-License-Identifier: Apache-2.0
// The members of a recording that is an archive, made elsewhere: nothing in it is trusted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

struct Caps {
    std::uint64_t member = std::uint64_t{256} << 20; // bytes of one member
    std::uint64_t total = std::uint64_t{1} << 30;    // bytes of all members
    std::size_t count = 100'000;
};

using Members = std::map<std::string, std::string, std::less<>>;
using Reader = std::function<Result<std::string>(std::string_view member)>;

// An archive (tar, perhaps compressed with gzip, bzip2, xz or zstd; zip) that holds recording.json, perhaps in one
// directory. Members are named from where recording.json is: "calls/001-sacct.out".
Result<Reader> open_archive(const std::filesystem::path& file, const Caps& caps = {});

// Reads all of it at once; libarchive is loaded when it is first needed.
Result<Members> read_archive(const std::filesystem::path& file, const Caps& caps);
// Members named from the directory of the recording.json that lies highest.
Result<Members> rooted_at_recording(Members members, std::string_view source);

} // namespace hpcdoc::archive

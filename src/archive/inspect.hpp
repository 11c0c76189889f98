// SPDX-License-Identifier: Apache-2.0
// Every entry of an archive, as it is there: for looking at bundles of which nothing is trusted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

#include "archive/members.hpp"

namespace hpcdoc::archive {

struct Entry {
    enum class Kind { file, directory, symlink, hardlink, device, fifo, other };
    std::string name{}; // as written in the archive
    Kind kind = Kind::file;
    std::uint64_t size = 0; // bytes of content
    unsigned mode = 0;
    std::string data{};    // of a file
    std::string problem{}; // why it must not be unpacked: "leads out of the archive", "an absolute path", "a symbolic
                           // link", "a device", "twice in the archive"; empty: harmless
};

// All entries in their order; of a directory, what lies in it, sorted. Stops with Code::config at what breaks a cap (a
// bomb) or cannot be read.
Result<std::vector<Entry>> inspect(const std::filesystem::path& file, const Caps& caps = {});
Result<std::vector<Entry>> inspect_bytes(std::string_view bytes, std::string_view source, const Caps& caps = {});

// "a//./b" as "a/b": how two spellings of one name are seen to be one.
std::string plain_name(std::string_view name);
// The directory of manifest.json or recording.json, or the one that all lies in: "hpcdoc-bundle-…". Empty: there is
// none.
std::string top_directory(const std::vector<Entry>& entries);

// The harmless files by their names below the one top directory (or as they are, when there is none).
Members harmless_members(std::vector<Entry> entries);

} // namespace hpcdoc::archive

// SPDX-License-Identifier: Apache-2.0
#include "archive/sniff.hpp"

#include <algorithm>
#include <array>

namespace hpcdoc::archive {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_tar_magic = 257; // "ustar" stands there

// gzip, zstd, xz, bzip2, zip (also an empty one)
constexpr auto k_packed = std::to_array({"\x1f\x8b"sv, "\x28\xb5\x2f\xfd"sv,
                                         "\xfd"
                                         "7zXZ\0"sv,
                                         "BZh"sv, "PK\x03\x04"sv, "PK\x05\x06"sv});

} // namespace

bool looks_packed(std::string_view beginning)
{
    const bool tar = beginning.size() > k_tar_magic + 5 && beginning.substr(k_tar_magic, 5) == "ustar";
    return tar || std::any_of(k_packed.begin(), k_packed.end(),
                              [beginning](std::string_view magic) { return beginning.starts_with(magic); });
}

bool looks_binary(std::string_view beginning)
{
    return looks_packed(beginning) || beginning.substr(0, k_sniffed).find('\0') != std::string_view::npos;
}

} // namespace hpcdoc::archive

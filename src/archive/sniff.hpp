// SPDX-License-Identifier: Apache-2.0
// What a file is, by how it begins.
#pragma once

#include <cstddef>
#include <string_view>

namespace hpcdoc::archive {

inline constexpr std::size_t k_sniffed = 8192; // bytes of a beginning that are looked at

// Compressed, or an archive: something to be unpacked first.
bool looks_packed(std::string_view beginning);
// Nothing that a person reads: it has a NUL byte, as grep(1) and git(1) judge, or is compressed or an archive.
bool looks_binary(std::string_view beginning);

} // namespace hpcdoc::archive

// SPDX-License-Identifier: Apache-2.0
// Distributes three-byte keys over sixteen buckets so that ordinary text seldom looks like one of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hpcdoc::scan {

// How often a byte of a log is this one, roughly; the whole is 1.
double byte_share(unsigned char byte);
// Both cases of a letter, else the byte twice.
std::array<unsigned char, 2> both_cases(unsigned char byte);

using Gram = std::array<unsigned char, 3>;

// The bucket of each key, below `buckets`.
std::vector<std::size_t> distribute(const std::vector<Gram>& keys, std::size_t buckets);

} // namespace hpcdoc::scan

// SPDX-License-Identifier: Apache-2.0
// Addresses by their form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::redact {

enum class AddressKind { ipv4, ipv6, ethernet, infiniband };

struct Address {
    AddressKind kind = AddressKind::ipv4;
    std::size_t begin = 0, end = 0;
};

// In order. Not: versions (2.3.4.1), masks, loopback, what belongs to nobody, and what address_pseudonym() makes.
std::vector<Address> find_addresses(std::string_view text);

// One of the same form that stands for it: the n-th of its kind (from 1). IPv4 and IPv6 of the ranges for documentation
// (RFC 5737, RFC 3849), then of the one for benchmarks (RFC 2544); locally administered Ethernet; a GUID that no vendor
// has.
std::string address_pseudonym(AddressKind kind, std::string_view address, unsigned number);

} // namespace hpcdoc::redact

// SPDX-License-Identifier: Apache-2.0
#include "redact/addresses.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "redact/words.hpp"
#include "util/ascii.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

bool hex(char c)
{
    return util::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The word before `position`, over one separator: "nccl" of "nccl 2.19.3.1", "==" counts as a word of its own.
std::string word_before(std::string_view text, std::size_t position)
{
    std::size_t end = position;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ':' || text[end - 1] == '(' || text[end - 1] == '"' ||
                       text[end - 1] == '=')) {
        --end;
    }
    std::size_t begin = end;
    while (begin > 0 && util::is_word_char(text[begin - 1]) && end - begin < 32) {
        --begin;
    }
    return util::to_lower(text.substr(begin, end - begin));
}

bool names_software(const std::string& word)
{
    constexpr auto k_software = std::to_array<std::string_view>(
        {"version", "ver",   "release", "rev",    "build", "driver",   "firmware",  "fw",    "bios",
         "nccl",    "cuda",  "cudnn",   "cublas", "cufft", "openmpi",  "mpi",       "ucx",   "hcoll",
         "slurm",   "pmix",  "python",  "gcc",    "torch", "rocm",     "libfabric", "mofed", "ofed",
         "kernel",  "glibc", "lustre",  "gpfs",   "scale", "revision", "upgraded"});
    return std::any_of(
               k_software.begin(), k_software.end(),
               [&word](std::string_view one) { return word == one || word.ends_with("_" + std::string(one)); }) ||
           word.ends_with("version");
}

// Where a first number below 10 is that of an address: most such texts are versions.
bool names_address(std::string_view text, std::size_t begin, std::size_t end, const std::string& word)
{
    constexpr auto k_words = std::to_array<std::string_view>({"ip", "addr", "address", "from", "to", "host", "inet",
                                                              "peer", "src", "dst", "via", "server", "gateway", "dns",
                                                              "nameserver", "connect", "connecting", "at"});
    const char before = begin == 0 ? '\n' : text[begin - 1];
    const std::string_view after = text.substr(end);
    const bool port_or_mask = after.size() > 1 && (after[0] == ':' || after[0] == '/') && util::is_digit(after[1]);
    return before == '@' || before == '[' || before == '<' || text.substr(0, begin).ends_with("//") || port_or_mask ||
           std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

bool is_version(std::string_view text, std::size_t begin, std::size_t end, unsigned first)
{
    const std::string_view before = text.substr(0, begin);
    if (before.ends_with("==") || before.ends_with(">=") || before.ends_with("<=") || before.ends_with("~=") ||
        before.ends_with("!=")) {
        return true;
    }
    const bool of_name = before.ends_with('/') && begin > 1 && util::is_word_char(before[begin - 2]);
    const std::string word = word_before(text, of_name ? begin - 1 : begin);
    return names_software(word) || (first < 10 && !names_address(text, begin, end, word)) ||
           (of_name && first < 30 && names_software(word));
}

struct Octets {
    std::array<unsigned, 4> part{};
    std::size_t end = 0;
};

std::optional<Octets> octets_at(std::string_view text, std::size_t begin)
{
    Octets octets;
    std::size_t at = begin;
    for (std::size_t part = 0; part < 4; ++part) {
        const std::size_t start = at;
        while (at < text.size() && util::is_digit(text[at]) && at - start < 4) {
            octets.part[part] = octets.part[part] * 10 + static_cast<unsigned>(text[at++] - '0');
        }
        const bool zero_padded = at - start > 1 && text[start] == '0';
        if (at == start || octets.part[part] > 255 || zero_padded ||
            (part < 3 && (at >= text.size() || text[at++] != '.'))) {
            return std::nullopt;
        }
    }
    octets.end = at;
    return octets;
}

// Loopback, masks, multicast, and the ranges that stand for others.
bool belongs_to_nobody(const std::array<unsigned, 4>& part)
{
    const bool documentation =
        (part[0] == 192 && part[1] == 0 && part[2] == 2) || (part[0] == 198 && part[1] == 51 && part[2] == 100) ||
        (part[0] == 203 && part[1] == 0 && part[2] == 113) || (part[0] == 198 && (part[1] == 18 || part[1] == 19));
    return part[0] == 0 || part[0] == 127 || part[0] >= 224 || documentation;
}

std::optional<Address> ipv4_at(std::string_view text, std::size_t begin)
{
    const std::optional<Octets> octets = octets_at(text, begin);
    if (!octets || belongs_to_nobody(octets->part)) {
        return std::nullopt;
    }
    const std::size_t end = octets->end;
    const bool goes_on = end < text.size() && (util::is_word_char(text[end]) || text[end] == '-' ||
                                               (text[end] == '.' && end + 1 < text.size() && util::is_digit(text[end + 1])));
    const bool begun_before =
        begin > 0 && (text[begin - 1] == '.' || text[begin - 1] == '-' || !starts_word(text, begin));
    if (goes_on || begun_before || is_version(text, begin, end, octets->part[0])) {
        return std::nullopt;
    }
    return Address{AddressKind::ipv4, begin, end};
}

// "b8:59:9f:00:b1:1a": of six an Ethernet address, of eight or twenty one of InfiniBand.
std::optional<Address> pairs_at(std::string_view text, std::size_t begin, std::size_t end)
{
    const std::string_view run = text.substr(begin, end - begin);
    const std::size_t count = (run.size() + 1) / 3;
    if (run.size() != count * 3 - 1 || (count != 6 && count != 8 && count != 20)) {
        return std::nullopt;
    }
    const char separator = run[2];
    for (std::size_t at = 0; at < run.size(); ++at) {
        if (at % 3 == 2 ? run[at] != separator : !hex(run[at])) {
            return std::nullopt;
        }
    }
    const bool nobody = run.starts_with("02:00:00:") || run.starts_with("02-00-00-") ||
                        run.find_first_not_of("0:-") == std::string_view::npos ||
                        run.find_first_not_of("fF:-") == std::string_view::npos;
    return nobody ? std::nullopt
                  : std::optional(Address{count == 6 ? AddressKind::ethernet : AddressKind::infiniband, begin, end});
}

std::optional<Address> colons_at(std::string_view text, std::size_t begin, std::size_t end)
{
    const std::string run(text.substr(begin, end - begin));
    const bool four_groups = run.size() == 19 && std::count(run.begin(), run.end(), ':') == 3 && run[4] == ':' &&
                             run[9] == ':' && run[14] == ':';
    if (four_groups) { // a GUID as rdma(8) writes it
        return run.starts_with("0200:0000:") ? std::nullopt
                                             : std::optional(Address{AddressKind::infiniband, begin, end});
    }
    unsigned char bytes[16];
    if (run.size() > 45 || ::inet_pton(AF_INET6, run.c_str(), bytes) != 1) {
        return std::nullopt;
    }
    const bool few = run.find_first_of("0123456789") == std::string::npos; // "dead::beef" is C++
    const bool documentation = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8;
    const bool loopback = std::all_of(bytes, bytes + 15, [](unsigned char byte) { return byte == 0; });
    return few || documentation || loopback || bytes[0] == 0xff ? std::nullopt
                                                                : std::optional(Address{AddressKind::ipv6, begin, end});
}

// "0x506b4b0300c5b3a2": not a pointer, which begins with zeros or, in the kernel, with ones.
std::optional<Address> guid_at(std::string_view text, std::size_t begin)
{
    const std::string_view digits = text.substr(begin + 2, 16);
    const bool whole =
        digits.size() == 16 && std::all_of(digits.begin(), digits.end(), hex) && ends_word(text, begin + 18);
    const std::string start = util::to_lower(digits.substr(0, 4));
    return whole && start != "0000" && start != "ffff" && !digits.starts_with("02000000")
               ? std::optional(Address{AddressKind::infiniband, begin, begin + 18})
               : std::nullopt;
}

// "db8::1" of "2001:db8::1": no beginning. "b859:…" of "GUID:b859:…" is one.
bool within_colons(std::string_view text, std::size_t begin)
{
    std::size_t at = begin;
    while (at > 0 && begin - at < 64 && (text[at - 1] == ':' || hex(text[at - 1]))) {
        --at;
    }
    return at < begin && text[begin - 1] == ':' && starts_word(text, at);
}

// What begins a word here, if that is an address.
std::optional<Address> address_at(std::string_view text, std::size_t begin)
{
    if (text.substr(begin).starts_with("0x")) {
        return guid_at(text, begin);
    }
    std::size_t end = begin;
    std::size_t colons = 0, dashes = 0;
    for (; end < text.size() && end - begin < 64 && (hex(text[end]) || text[end] == ':' || text[end] == '-'); ++end) {
        colons += text[end] == ':' ? 1U : 0U;
        dashes += text[end] == '-' ? 1U : 0U;
    }
    while (end > begin && (text[end - 1] == '-' || (text[end - 1] == ':' && !text.substr(0, end).ends_with("::")))) {
        --end;
    }
    if (ends_word(text, end) && (colons >= 2 || dashes >= 5) && !within_colons(text, begin)) {
        if (auto pairs = pairs_at(text, begin, end)) {
            return pairs;
        }
        if (dashes == 0) {
            return colons_at(text, begin, end);
        }
    }
    return util::is_digit(text[begin]) ? ipv4_at(text, begin) : std::nullopt;
}

} // namespace

std::vector<Address> find_addresses(std::string_view text)
{
    std::vector<Address> found;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool possible = hex(text[at]) || text.substr(at, 2) == "::";
        if (!possible || !starts_word(text, at)) {
            continue;
        }
        if (const auto address = address_at(text, at)) {
            found.push_back(*address);
            at = address->end - 1;
        }
    }
    return found;
}

namespace {

std::string ipv4_of(unsigned number)
{
    constexpr std::array<std::string_view, 3> k_ranges{"192.0.2.", "198.51.100.", "203.0.113."};
    const unsigned range = (number - 1) / 254;
    if (range < k_ranges.size()) {
        return fmt::format("{}{}", k_ranges[range], (number - 1) % 254 + 1);
    }
    return fmt::format("198.{}.{}.{}", 18 + (number >> 16U) % 2, number >> 8U & 255U, number & 255U);
}

std::string pairs_of(std::string_view like, unsigned number)
{
    std::string made;
    const std::size_t count = (like.size() + 1) / 3;
    for (std::size_t at = 0; at < count; ++at) {
        const std::size_t shift = (count - 1 - at) * 8;
        const unsigned byte = at == 0 ? 2U : shift < 32 ? number >> shift & 255U : 0U;
        made += fmt::format("{}{:02x}", at == 0 ? "" : std::string(1, like[2]), byte);
    }
    return made;
}

} // namespace

std::string address_pseudonym(AddressKind kind, std::string_view address, unsigned number)
{
    switch (kind) {
    case AddressKind::ipv4: return ipv4_of(number);
    case AddressKind::ipv6: return fmt::format("2001:db8::{:x}", number);
    case AddressKind::ethernet: return pairs_of(address, number);
    case AddressKind::infiniband: break;
    }
    if (address.starts_with("0x")) {
        return fmt::format("0x02000000{:08x}", number);
    }
    return address.size() == 19 ? fmt::format("0200:0000:{:04x}:{:04x}", number >> 16U, number & 0xffffU)
                                : pairs_of(address, number);
}

} // namespace hpcdoc::redact

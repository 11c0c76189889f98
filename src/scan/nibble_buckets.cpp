// SPDX-License-Identifier: Apache-2.0
#include "scan/nibble_buckets.hpp"

#include <algorithm>
#include <string_view>

namespace hpcdoc::scan {

namespace {

std::array<double, 256> shares()
{
    std::array<double, 256> share{};
    share.fill(0.1);
    const auto weigh = [&share](std::string_view bytes, double weight) {
        for (const char c : bytes) {
            share[static_cast<unsigned char>(c)] = weight;
        }
    };
    weigh("abcdefghijklmnopqrstuvwxyz", 2);
    weigh("etaoinsr", 4);
    weigh("jqxz", 0.5);
    weigh("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0.8);
    weigh("ACGTNI", 1.5); // bases in FASTQ; NCCL INFO
    weigh("0123456789", 3);
    weigh(" ", 10);
    weigh("/.:-_[]=,", 1.5);
    double all = 0;
    for (const double one : share) {
        all += one;
    }
    for (double& one : share) {
        one /= all;
    }
    return share;
}

using Counts = std::array<unsigned, 16>;

// What a bucket lets through: at each of the three bytes any of its low nibbles with any of its high ones.
struct Bucket {
    std::array<Counts, 3> low{}, high{};
    std::size_t size = 0;

    void change(const Gram& gram, int by)
    {
        for (std::size_t at = 0; at < gram.size(); ++at) {
            for (const unsigned char byte : both_cases(gram[at])) {
                low[at][byte & 15U] += static_cast<unsigned>(by);
                high[at][byte >> 4U] += static_cast<unsigned>(by);
            }
        }
        size += static_cast<std::size_t>(by);
    }
    double share_at(std::size_t at) const
    {
        double sum = 0;
        for (std::size_t up = 0; up < 16; ++up) {
            for (std::size_t down = 0; high[at][up] > 0 && down < 16; ++down) {
                sum += low[at][down] > 0 ? byte_share(static_cast<unsigned char>(up * 16 + down)) : 0;
            }
        }
        return sum;
    }
    double cost() const { return size == 0 ? 0 : share_at(0) * share_at(1) * share_at(2); }
};

std::size_t cheapest(std::vector<Bucket>& buckets, const Gram& gram)
{
    std::size_t best = 0;
    double least = 2;
    for (std::size_t at = 0; at < buckets.size(); ++at) {
        const double before = buckets[at].cost();
        buckets[at].change(gram, 1);
        const double more = buckets[at].cost() - before;
        buckets[at].change(gram, -1);
        if (more < least) {
            least = more;
            best = at;
        }
    }
    buckets[best].change(gram, 1);
    return best;
}

} // namespace

double byte_share(unsigned char byte)
{
    static const std::array<double, 256> k_shares = shares();
    return k_shares[byte];
}

std::array<unsigned char, 2> both_cases(unsigned char byte)
{
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return {byte, static_cast<unsigned char>(letter ? byte ^ 0x20U : byte)};
}

std::vector<std::size_t> distribute(const std::vector<Gram>& keys, std::size_t count)
{
    std::vector<Bucket> buckets(count);
    std::vector<std::size_t> place(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
        place[at] = cheapest(buckets, keys[at]);
    }
    constexpr int k_rounds = 2; // the first keys were placed without knowing the others
    for (int round = 0; round < k_rounds; ++round) {
        for (std::size_t at = 0; at < keys.size(); ++at) {
            buckets[place[at]].change(keys[at], -1);
            place[at] = cheapest(buckets, keys[at]);
        }
    }
    return place;
}

} // namespace hpcdoc::scan

// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/jobstats.hpp>

#include <array>

#include <nlohmann/json.hpp>
#include <zlib.h>

#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

using nlohmann::json;

constexpr std::size_t k_most_unpacked = 16u << 20;

std::optional<std::string> gunzip(std::string_view packed)
{
    z_stream stream{};
    constexpr int k_gzip = 16; // added to the window bits: a gzip header is expected (zlib.h, inflateInit2)
    if (inflateInit2(&stream, MAX_WBITS + k_gzip) != Z_OK) {
        return std::nullopt;
    }
    std::string input(packed);
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::string text;
    std::array<char, 16384> buffer{};
    int status = Z_OK;
    while (status == Z_OK && text.size() <= k_most_unpacked) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = buffer.size();
        status = inflate(&stream, Z_NO_FLUSH);
        text.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return status == Z_STREAM_END && text.size() <= k_most_unpacked ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<double> real_number(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

std::optional<std::uint64_t> count(const json& object, const char* key)
{
    const auto value = real_number(object, key);
    constexpr double k_most = 9.0e18;
    return value && *value >= 0 && *value < k_most ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

NodeUsage node_of(const std::string& name, const json& entry)
{
    NodeUsage node;
    node.node = name;
    node.memory = count(entry, "total_memory");
    node.memory_used = count(entry, "used_memory");
    node.cpu_seconds = real_number(entry, "total_time");
    node.cpus = count(entry, "cpus");
    if (const auto gpus = entry.find("gpu_utilization"); gpus != entry.end() && gpus->is_object()) {
        for (const auto& [minor, value] : gpus->items()) {
            if (value.is_number()) {
                node.gpu_utilisation[minor] = value.get<double>();
            }
        }
    }
    return node;
}

} // namespace

std::optional<double> Jobstats::gpu_mean() const
{
    double sum = 0;
    std::size_t gpus = 0;
    for (const NodeUsage& node : nodes) {
        for (const auto& [minor, percent] : node.gpu_utilisation) {
            sum += percent;
            ++gpus;
        }
    }
    return gpus == 0 ? std::nullopt : std::optional(sum / static_cast<double>(gpus));
}

Result<std::optional<Jobstats>> parse_jobstats(std::string_view admin_comment)
{
    const std::size_t at = admin_comment.find("JS1:");
    if (at == std::string_view::npos) {
        return std::optional<Jobstats>();
    }
    const std::string_view rest = admin_comment.substr(at + 4);
    const std::string_view word = rest.substr(0, rest.find_first_of(" ;,\n\""));
    if (word == "Short" || word == "None") { // too short to sample, or nothing sampled
        return std::optional<Jobstats>();
    }
    const auto packed = util::base64_decode(word);
    const auto text = packed ? gunzip(*packed) : std::nullopt;
    const json parsed = text ? json::parse(*text, nullptr, false) : json();
    if (!parsed.is_object() || !parsed.contains("nodes") || !parsed["nodes"].is_object()) {
        return failure(Code::parse, "the job's statistics (JS1 in its AdminComment) cannot be read");
    }
    Jobstats stats;
    stats.seconds = real_number(parsed, "total_time");
    for (const auto& [name, entry] : parsed["nodes"].items()) {
        if (entry.is_object()) {
            stats.nodes.push_back(node_of(name, entry));
        }
    }
    return std::optional(std::move(stats));
}

} // namespace hpcdoc::slurm

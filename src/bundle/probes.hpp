// SPDX-License-Identifier: Apache-2.0
// What a bundle asks: share/hpcdoc/probes/*.toml, and a site's own in /etc/hpcdoc/probes.d.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::bundle {

enum class Each { once, job, no_job };

struct Probe {
    std::string id{}, why{};
    std::vector<std::string> command{}; // argv; empty: a file
    std::string file{};
    std::string lane = "local";
    std::chrono::milliseconds deadline{10'000};
    std::uint64_t head = 128u << 10, tail = 128u << 10; // bytes kept
    bool full = false, root = false;
    std::vector<std::string> roles{}; // empty: everywhere
    Each each = Each::once;

    std::string_view topic() const { return std::string_view(id).substr(0, id.find('.')); }
};

struct Diagnosis {
    std::vector<std::string> command{}; // of hpcdoc, without "hpcdoc"
    std::string why{};
    Each each = Each::once;
    bool slurm = false; // means nothing where there is no Slurm
};

struct Question {
    std::string key{}, ask{};
};

struct ProbeBook {
    std::vector<Probe> probes{};
    std::vector<Diagnosis> diagnoses{};
    std::vector<Question> questions{};
    std::vector<std::string> shown{}, shown_prefixes{}; // variables whose value may be shown
};

// A later probe of the same id replaces an earlier one. Code::config with file:line when one is wrong.
Result<ProbeBook> load_probes(std::span<const std::filesystem::path> dirs);

// The words a probe may use in braces: {user}, {uid}, {home}, {host}, {job}.
struct Words {
    std::string user{}, uid{}, home{}, host{}, job{};
};
std::string filled(std::string text, const Words& words);
Probe filled(Probe probe, const Words& words);
Diagnosis filled(Diagnosis diagnosis, const Words& words);

} // namespace hpcdoc::bundle

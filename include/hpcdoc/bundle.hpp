// SPDX-License-Identifier: Apache-2.0
// One safe archive for a ticket: what the machine said, what hpcdoc makes of it, and no secret.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/report.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

struct BundleRequest {
    std::vector<std::string> jobs{};  // ids; empty: the job we are in, else the user's most telling one
    std::vector<std::string> paths{}; // files and directories to take as well; absolute
    bool full = false;                // also what takes long
    std::uint64_t max_size = 10u << 20; // bytes of the archive
    std::string note{};
    std::map<std::string, std::string> answers{}; // to the questions of share/hpcdoc/probes, by key
    bool ask = true;                              // on a terminal
    Readers readers = Readers::site;
    bool zstd = false;
    std::string encrypt_to{}; // an age recipient ("age1…", "ssh-ed25519 …") or a key that gpg knows; empty: the site's
    bool encrypt = true;      // to the site's recipient, if it has one
    std::string output{};     // a file or an existing directory; empty: the current directory
    bool preview = false;     // all but writing
};

// How another command is run inside: run_inside().
using RunInside = std::function<Result<void>(Context& ctx, std::span<const std::string> words, Report& report)>;

// Collects, diagnoses, cleans, checks and writes. The report says where it is and what is in it.
Result<void> make_bundle(Context& ctx, const BundleRequest& request, const RunInside& run_inside, Report& report);

// "10M": bytes; Code::usage when it is not a size from 64K to 4G.
Result<std::uint64_t> size_from(std::string_view text);

// What would be asked, and why; nothing is run.
Result<void> list_probes(Context& ctx, const BundleRequest& request, Report& report);

} // namespace hpcdoc

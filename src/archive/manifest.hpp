// SPDX-License-Identifier: Apache-2.0
// What is in a bundle and how it came there: manifest.json, schema "hpcdoc.manifest/1"
// (share/hpcdoc/schema/manifest.json).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::archive {

inline constexpr std::string_view k_manifest_member = "manifest.json";
inline constexpr std::string_view k_sums_member = "SHA256SUMS"; // "<sha256>  <member>" lines of all other members
inline constexpr std::string_view k_summary_member = "summary.txt";
inline constexpr std::string_view k_page_member = "report.html";
inline constexpr std::string_view k_readme_member = "README.txt";
inline constexpr std::string_view k_findings_member = "findings.json";

// What a program wrote on one of its streams, or the content of a file.
struct ItemStream {
    std::string member{};   // where it is in the bundle; empty: nothing was kept
    std::uint64_t seen = 0; // bytes there were
    std::uint64_t kept = 0; // bytes in the bundle
    std::string sha256{};   // of what was kept, in hexadecimal
    bool operator==(const ItemStream&) const = default;
};

// One thing that was asked for.
struct Item {
    enum class Kind { command, file, diagnosis };
    enum class Status {
        ok,
        nonzero,       // the program ended with another status than 0, or by a signal
        missing,       // no such program or file
        denied,        // no permission
        timeout,       // ended by us
        unkillable,    // would not end; abandoned
        skipped,       // not asked for: `note` says why (needs root, no time left)
        redact_failed, // dropped: it could not be cleaned of secrets
        budget,        // dropped: the bundle would have become too large
        failed,        // anything else: `note` says what
    };

    std::string id{};    // "system.kernel", "job.4242.stdout"
    std::string topic{}; // "system", "job", "slurm", "fs", "env" …
    Kind kind = Kind::command;
    std::vector<std::string> argv{}; // of a command or diagnosis
    std::string path{};              // of a file, on the machine
    std::string why{};               // one line, for people
    std::chrono::sys_time<std::chrono::milliseconds> start{};
    std::chrono::milliseconds duration{0};
    Status status = Status::skipped;
    std::optional<int> exit{}, signal{};
    ItemStream out{}, err{};
    std::map<std::string, unsigned> redactions{}; // rule -> how often
    std::string note{};
    bool operator==(const Item&) const = default;
};

struct Manifest {
    std::string hpcdoc{};       // version and build id of the program that made it
    std::string rules{};        // sha256 over all its rule files
    std::string host{}, role{}; // role: "login", "compute", "in-job"
    std::string user{};
    std::string cluster{}; // of Slurm; may be empty
    std::chrono::sys_seconds started{};
    std::chrono::milliseconds took{0};
    std::chrono::seconds deadline{0};
    std::uint64_t max_size = 0; // bytes of the archive
    std::vector<std::string> jobs{};
    bool complete = true;
    std::string incomplete{};      // why not
    std::string audience = "site"; // site | vendor | public
    std::string encrypted_to{};
    std::string note{};                           // of the user: what they tried to do
    std::map<std::string, std::string> answers{}; // to the questions of the ticket
    std::vector<Item> items{};
    bool operator==(const Manifest&) const = default;
};

std::string_view to_string(Item::Kind kind);
std::string_view to_string(Item::Status status);

std::string manifest_json(const Manifest& manifest); // keys sorted, ends in a newline
// `source` names it in messages. Anything wrong: Code::config.
Result<Manifest> manifest_from(std::string_view json, std::string_view source);

} // namespace hpcdoc::archive

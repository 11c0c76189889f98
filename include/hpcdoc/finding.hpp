// SPDX-License-Identifier: Apache-2.0
// What was found: one record, many faces (text, JSON, Markdown, HTML).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc {

enum class Severity { note, warning, error, critical }; // how bad, if true
enum class Certainty { possible, likely, certain };     // how sure; never folded into severity
enum class Risk { none, reversible, needs_admin, destructive };

// What a finding is to the verdict. A report's verdict is its first `cause`.
enum class Role {
    cause,   // may be the root cause
    context, // true and worth saying, explained by the cause
    advice,  // would help next time (efficiency)
};

struct Evidence {
    std::string source{};  // "sacct -j 4242", "/home/alice/slurm-4242.out:17", "env SLURM_CONF"
    std::string excerpt{}; // the lines that prove it, no more
    bool operator==(const Evidence&) const = default;
};

struct Fix {
    std::string text{};
    std::vector<std::string> commands{}; // for the reader to copy; hpcdoc never runs them
    Risk risk = Risk::none;
    bool operator==(const Fix&) const = default;
};

struct Escalation {
    std::string to{};      // a key of the site file's contacts: "support", "storage", "security" …
    std::string contact{}; // the address the site file gives for it; may be empty
    std::string why{};
    std::vector<std::string> attach{};
    std::string message{}; // ready to send: all that the other side needs
    bool operator==(const Escalation&) const = default;
};

// Where in a log the trouble began.
struct Origin {
    std::string file{};
    std::uint64_t line = 0; // 1-based; 0: unknown
    std::optional<std::int64_t> rank{};
    std::string host{};
    std::string time{};
    bool operator==(const Origin&) const = default;
};

struct Finding {
    std::string id{}; // "job.out-of-memory": published, never renamed or reused
    Severity severity = Severity::note;
    Certainty certainty = Certainty::possible;
    Role role = Role::cause;
    std::string title{}; // one line, says the fact
    std::string cause{}; // why, in the reader's words; sentences
    std::vector<Evidence> evidence{};
    std::vector<Fix> fixes{}; // likeliest first
    std::optional<Escalation> escalate{};
    std::optional<Origin> origin{};
    std::vector<std::string> labels{}; // coarse classes for counting; the main one first
    std::vector<std::string> see{};
    std::string rule{}; // "job/ended.toml:12" of the rule; empty: from code
    bool operator==(const Finding&) const = default;
};

std::string_view to_string(Severity severity);
std::string_view to_string(Certainty certainty);
std::string_view to_string(Risk risk);
std::string_view to_string(Role role);
std::optional<Severity> severity_from(std::string_view text);
std::optional<Certainty> certainty_from(std::string_view text);
std::optional<Risk> risk_from(std::string_view text);
std::optional<Role> role_from(std::string_view text);

} // namespace hpcdoc

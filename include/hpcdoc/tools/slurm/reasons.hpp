// SPDX-License-Identifier: Apache-2.0
// Slurm's reasons, every one from 20.11 to 26.05, from share/hpcdoc/slurm/reasons.toml.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::slurm {

enum class ReasonClass {
    waits,    // starts by itself
    yours,    // the user can fix it now
    never,    // never starts as submitted
    budget,   // minutes used up
    admin,    // needs an administrator
    final,    // why an ended job ended
    internal, // rare, fallback or gone
};

struct Reason {
    std::string name{}; // "QOSMaxWallDurationPerJobLimit"; of a free text: the code under it
    ReasonClass kind = ReasonClass::internal;
    std::string verdict{};  // finding id it leads to; empty: the judge computes it (limits)
    std::string meaning{};  // one sentence for the reader
    std::string scope{};    // "association", "qos", "partition" or empty
    std::string limit{};    // Slurm's field: "GrpTRES", "MaxTRESPerUser", "MaxWallDurationPerJob" …
    std::string tres{};     // "cpu", "gres/*", "license/*", "mem" … or empty
    std::string versions{}; // "all", "24.05+", "≤22.05"
};

struct ReasonMatch {
    std::vector<Reason> reasons{}; // more than one: merged by squeue for an array ("Resources,Dependency")
    std::string text{};            // with blanks restored ("ReqNodeNotAvail, Reserved for maintenance")
    std::map<std::string, std::string, std::less<>>
        captures{}; // of a free text: "nodes", "allowed", "asked", "reservation", "signal" …
    bool known = false;
};

class Reasons {
public:
    static Result<Reasons> parse(std::string_view toml, std::string_view source);
    // Exact name, underscore form, free text by its prefix, merged list — in that order; otherwise unknown, never
    // guessed.
    ReasonMatch match(std::string_view raw) const;
    const std::vector<Reason>& all() const { return m_reasons; }

private:
    struct Text {
        std::string starts{}, pattern{};
        Reason reason{};
    };
    std::vector<Reason> m_reasons{};
    std::map<std::string, std::size_t, std::less<>> m_by_name{};
    std::vector<Text> m_texts{};
};

std::string_view to_string(ReasonClass kind);

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// A rule, as read from its file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/rules.hpp>

#include "config/source_text.hpp"
#include "rules/condition.hpp"
#include "rules/text_template.hpp"
#include "scan/pattern.hpp"

namespace hpcdoc::rules {

struct FixTemplate {
    TextTemplate text{};
    std::vector<TextTemplate> commands{};
    Risk risk = Risk::none;
    std::vector<Condition> when{};
};

struct EscalationTemplate {
    std::string to{};
    TextTemplate why{};
    std::vector<TextTemplate> attach{};
    std::vector<Condition> when{};
    config::Place place{};
};

struct PlacedPattern {
    scan::Pattern pattern;
    config::Place place{};
};

// What only rules of topic "log" have.
struct LogPart {
    LogMatch::Kind kind = LogMatch::Kind::root;
    std::vector<std::string> contains{};
    std::vector<PlacedPattern> patterns{};
    std::string evidences{};
};

// Read only to lint and to prove the rules.
struct Examples {
    struct Case {
        Facts facts{};      // of a fact rule
        std::string text{}; // of a log rule
        config::Place place{};
    };
    std::vector<Case> fires{}, silent{};
    std::vector<std::string> sources{}; // where the texts are printed or described
};

struct Rule {
    std::string id{}, key{}; // key: the name, or the id
    Severity severity = Severity::note;
    Certainty certainty = Certainty::certain;
    Role role = Role::cause;
    std::vector<Condition> when{}, unless{};
    std::vector<TextTemplate> titles{}, cause{};
    std::vector<std::string> evidence{}; // names of facts; empty: those of `when`
    std::vector<FixTemplate> fixes{};
    std::optional<EscalationTemplate> escalate{};
    std::vector<std::string> labels{}, see{};
    LogPart log{};
    Examples examples{};

    std::shared_ptr<const config::SourceText> source{};
    config::Place place{};
    std::string where{};   // "job/ended.toml:12"
    std::size_t layer = 0; // of which directory, low to high
};

struct Message {
    std::vector<TextTemplate> lines{};
    config::Place place{};
    std::shared_ptr<const config::SourceText> source{};
};

inline constexpr std::string_view k_log_topic = "log";

} // namespace hpcdoc::rules

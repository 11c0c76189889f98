// SPDX-License-Identifier: Apache-2.0
// Knowledge as data: rules compare facts and explain them; they run nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

namespace rules {
struct Topic;
}

struct Bytes {
    std::uint64_t count = 0;
    auto operator<=>(const Bytes&) const = default;
};

// The type decides how a value reads: {memory.limit} "4 GiB", {memory.limit:slurm} "4G"; {time.limit} "1-00:00:00".
using FactValue = std::variant<bool, std::int64_t, double, std::string, std::chrono::seconds, Bytes,
                               std::chrono::sys_seconds, std::vector<std::string>>;

// What a probe learnt, each with its proof. A fact that is not known is not there: never zero, never empty.
class Facts {
public:
    struct Entry {
        FactValue value{};
        std::vector<Evidence> proof{};
    };

    Facts& set(std::string name, FactValue value);
    Facts& set(std::string name, FactValue value, Evidence proof);
    Facts& prove(std::string_view name, Evidence proof); // one more proof of a fact that is there

    bool has(std::string_view name) const { return find(name) != nullptr; }
    const FactValue* find(std::string_view name) const;
    template<class T> const T* get(std::string_view name) const
    {
        const FactValue* value = find(name);
        return value == nullptr ? nullptr : std::get_if<T>(value);
    }
    std::span<const Evidence> proof(std::string_view name) const;
    const std::map<std::string, Entry, std::less<>>& entries() const { return m_entries; }

    // Local time minus UTC: how times are shown.
    std::chrono::seconds utc_offset{0};

private:
    std::map<std::string, Entry, std::less<>> m_entries{};
};

// A line of a log that a log rule knows.
struct LogMatch {
    enum class Kind { root, consequence, noise };
    Finding finding{}; // with origin.line and the line as evidence
    Kind kind = Kind::root;
    std::uint64_t line = 0;  // 1-based within the text given
    unsigned priority = 0;   // order of the rules: lower is more specific
    std::uint64_t count = 1; // how often this rule matched
    std::string evidences{}; // the job verdict this line proves ("job.out-of-memory"), or empty
};

struct RuleIssue {
    std::string where{}; // "share/hpcdoc/rules/job/ended.toml:12"
    std::string message{};
    std::size_t column = 0; // 0: unknown
    std::string excerpt{};  // the line, and a caret under the place; may be empty
};

struct RuleInfo {
    std::string id{}, topic{}, title{}, where{};
    Severity severity = Severity::note;
    std::vector<std::string> labels{};
};

// A rule with all it says, for people who read or write rules. Texts are as written, with their placeholders.
struct RuleDetail {
    RuleInfo info{};
    std::string key{};  // its name, or its id
    std::string file{}; // the whole path and the line: "/etc/hpcdoc/rules.d/site.toml:3"
    Certainty certainty = Certainty::certain;
    LogMatch::Kind kind = LogMatch::Kind::root;
    std::vector<std::string> contains{}, patterns{}, captures{}; // of a log rule
    std::vector<std::string> when{}, unless{};                   // conditions of a fact rule: "job.state is PENDING"
    std::vector<std::string> titles{}, cause{};
    std::vector<Fix> fixes{};
    std::optional<Escalation> escalate{};
    std::string evidences{};
    std::vector<std::string> see{};
    std::vector<std::string> fires{}, silent{}; // lines of a log rule; of a fact rule how many there are is all
    std::size_t fires_count = 0, silent_count = 0;
    std::vector<std::string> replaces{}; // files of the rules with this key that it replaces
};

// suspicious: those that have a word of some rule that tells trouble; rules that know what is no trouble have a say in them
// only. all: for a few lines that somebody asks about.
enum class LogLines { suspicious, all };

// Rules live in DIR/<topic>/*.toml, and in DIR/*.toml, whose topic is "log" unless they name one; a later directory adds
// rules and replaces those with the same key. A topic is read when it is first asked for. Wrong TOML or a wrong rule is Code::config: "file:line:column: what", the line, a
// caret.
class RuleBook {
public:
    explicit RuleBook(std::vector<std::filesystem::path> dirs_low_to_high);
    ~RuleBook();
    RuleBook(RuleBook&&) noexcept;
    RuleBook& operator=(RuleBook&&) noexcept;

    // Every rule of the topic that the facts satisfy, in the order of the rules.
    Result<std::vector<Finding>> diagnose(std::string_view topic, const Facts& facts) const;

    // Every log rule (topic "log") that matches a line of the text, one entry a rule, at its first match, by line.
    // `facts` may hold what templates use besides the captures. CR counts as a line end; ANSI codes are stripped.
    Result<std::vector<LogMatch>> read_log(std::string_view text, std::string_view source, const Facts& facts,
                                           LogLines lines = LogLines::suspicious) const;

    // The log rules themselves, for who reads logs too large to be held.
    Result<std::shared_ptr<const rules::Topic>> log_topic() const;

    const std::vector<std::filesystem::path>& dirs() const; // low to high
    Result<std::vector<RuleInfo>> rules() const;           // all topics, without noise
    Result<std::vector<RuleDetail>> details() const;       // all topics, in the order of their priority
    // Log rules that share the rarest words with a text, the nearest first.
    Result<std::vector<RuleInfo>> nearest(std::string_view text, std::size_t most) const;
    // What keeps files from being read at all: one mistake a rule, of every file. None: the rest can be called.
    Result<std::vector<RuleIssue>> mistakes() const;
    Result<std::vector<RuleIssue>> lint() const;           // duplicate id, no way out, unknown placeholder …
    Result<std::vector<RuleIssue>> check_examples() const; // each rule fires on its `fires`, is silent on its `silent`

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hpcdoc

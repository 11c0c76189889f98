// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/rules.hpp>

#include <map>
#include <mutex>

#include "rules/detail.hpp"
#include "rules/explain.hpp"
#include "rules/lint.hpp"
#include "rules/load.hpp"
#include "rules/log_reader.hpp"
#include "rules/nearest.hpp"

namespace hpcdoc {

struct RuleBook::State {
    std::vector<std::filesystem::path> dirs{};
    std::mutex mutex{};
    std::map<std::string, std::shared_ptr<const rules::Topic>, std::less<>> topics{};

    Result<std::shared_ptr<const rules::Topic>> topic(std::string_view name);
    Result<std::vector<rules::Topic>> all_with_examples() const;
};

Result<std::shared_ptr<const rules::Topic>> RuleBook::State::topic(std::string_view name)
{
    const std::lock_guard lock(mutex);
    if (const auto found = topics.find(name); found != topics.end()) {
        return found->second;
    }
    HPCDOC_TRY_ASSIGN(rules::Topic loaded, rules::load_topic(dirs, name, rules::WithExamples::no));
    auto shared = std::make_shared<const rules::Topic>(std::move(loaded));
    topics.emplace(std::string(name), shared);
    return shared;
}

Result<std::vector<rules::Topic>> RuleBook::State::all_with_examples() const
{
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, rules::topics_in(dirs));
    std::vector<rules::Topic> all;
    for (const std::string& name : names) {
        HPCDOC_TRY_ASSIGN(rules::Topic loaded, rules::load_topic(dirs, name, rules::WithExamples::yes));
        all.push_back(std::move(loaded));
    }
    return all;
}

RuleBook::RuleBook(std::vector<std::filesystem::path> dirs_low_to_high) : m_state(std::make_unique<State>())
{
    m_state->dirs = std::move(dirs_low_to_high);
}

RuleBook::~RuleBook() = default;
RuleBook::RuleBook(RuleBook&&) noexcept = default;
RuleBook& RuleBook::operator=(RuleBook&&) noexcept = default;

Result<std::vector<Finding>> RuleBook::diagnose(std::string_view topic, const Facts& facts) const
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> loaded, m_state->topic(topic));
    const rules::Lookup lookup(facts);
    std::vector<Finding> findings;
    for (const rules::TopicRule& rule : loaded->rules) {
        HPCDOC_TRY(rules::check_patterns(rule.head(), lookup));
        if (rules::fires(rule.head(), lookup)) {
            HPCDOC_TRY_ASSIGN(const rules::Rule* whole, rule.whole());
            findings.push_back(rules::explain(*whole, loaded->message, lookup, rules::proofs(*whole, lookup)));
        }
    }
    return findings;
}

Result<std::vector<LogMatch>> RuleBook::read_log(std::string_view text, std::string_view source, const Facts& facts, LogLines lines) const
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> loaded, m_state->topic(rules::k_log_topic));
    return rules::read_log(*loaded, text, source, facts, lines);
}

Result<std::shared_ptr<const rules::Topic>> RuleBook::log_topic() const
{
    return m_state->topic(rules::k_log_topic);
}

Result<std::vector<RuleInfo>> RuleBook::rules() const
{
    HPCDOC_TRY_ASSIGN(const std::vector<rules::Topic> all, m_state->all_with_examples());
    std::vector<RuleInfo> infos;
    for (const rules::Topic& topic : all) {
        for (const rules::TopicRule& entry : topic.rules) {
            const rules::Rule& rule = entry.head(); // all of it
            if (rule.log.kind == LogMatch::Kind::noise) {
                continue; // names what is no finding
            }
            infos.push_back(rules::info_of(topic, rule));
        }
    }
    return infos;
}

const std::vector<std::filesystem::path>& RuleBook::dirs() const
{
    return m_state->dirs;
}

Result<std::vector<RuleIssue>> RuleBook::mistakes() const
{
    return rules::mistakes_in(m_state->dirs);
}

Result<std::vector<RuleDetail>> RuleBook::details() const
{
    HPCDOC_TRY_ASSIGN(const std::vector<rules::Topic> all, m_state->all_with_examples());
    std::vector<RuleDetail> details;
    for (const rules::Topic& topic : all) {
        for (const rules::TopicRule& entry : topic.rules) {
            details.push_back(rules::detail_of(topic, entry.head()));
        }
    }
    return details;
}

Result<std::vector<RuleInfo>> RuleBook::nearest(std::string_view text, std::size_t most) const
{
    HPCDOC_TRY_ASSIGN(const std::shared_ptr<const rules::Topic> loaded, m_state->topic(rules::k_log_topic));
    return rules::nearest_rules(*loaded, text, most);
}

Result<std::vector<RuleIssue>> RuleBook::lint() const
{
    HPCDOC_TRY_ASSIGN(const std::vector<rules::Topic> all, m_state->all_with_examples());
    std::vector<RuleIssue> issues;
    for (const rules::Topic& topic : all) {
        rules::lint(topic, issues);
    }
    return issues;
}

Result<std::vector<RuleIssue>> RuleBook::check_examples() const
{
    HPCDOC_TRY_ASSIGN(const std::vector<rules::Topic> all, m_state->all_with_examples());
    std::vector<RuleIssue> issues;
    for (const rules::Topic& topic : all) {
        HPCDOC_TRY(rules::check_examples(topic, issues));
    }
    return issues;
}

} // namespace hpcdoc

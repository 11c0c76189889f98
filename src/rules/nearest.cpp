// SPDX-License-Identifier: Apache-2.0
#include "rules/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "rules/detail.hpp"

namespace hpcdoc::rules {

namespace {

// A word that more rules than this have says nothing ("error", "failed").
constexpr double k_common_share = 0.05;
constexpr std::size_t k_longest_text = 4096;

bool word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::string> words_of_head(const Rule& rule)
{
    std::string text = rule.id;
    for (const std::string& word : rule.log.contains) {
        text += " " + word;
    }
    return words_in(text);
}

} // namespace

std::vector<std::string> words_in(std::string_view text)
{
    std::set<std::string> words;
    std::string word;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const char c = at < text.size() ? lower(text[at]) : ' ';
        if (word_char(c)) {
            word += c;
            continue;
        }
        if (word.size() >= 3 && word.size() <= 40) {
            words.insert(word);
        }
        word.clear();
    }
    return {words.begin(), words.end()};
}

Result<std::vector<RuleInfo>> nearest_rules(const Topic& topic, std::string_view text, std::size_t most)
{
    std::vector<std::vector<std::string>> words_by_rule;
    std::map<std::string, double, std::less<>> rules_with;
    for (const TopicRule& rule : topic.rules) {
        words_by_rule.push_back(words_of_head(rule.head()));
        for (const std::string& word : words_by_rule.back()) {
            ++rules_with[word];
        }
    }
    const std::vector<std::string> asked = words_in(text.substr(0, k_longest_text));
    const double all = static_cast<double>(topic.rules.size());
    std::vector<std::pair<double, std::size_t>> scores;
    for (std::size_t at = 0; at < words_by_rule.size(); ++at) {
        double score = 0;
        for (const std::string& word : words_by_rule[at]) {
            const double share = rules_with[word] / all;
            if (share <= k_common_share && std::binary_search(asked.begin(), asked.end(), word)) {
                score -= std::log(share);
            }
        }
        if (score > 0) {
            // Of two that share the same words the one with fewer others is nearer.
            scores.emplace_back(-score / std::sqrt(4.0 + static_cast<double>(words_by_rule[at].size())), at);
        }
    }
    std::stable_sort(scores.begin(), scores.end());
    std::vector<RuleInfo> found;
    for (const auto& [score, at] : scores) {
        HPCDOC_TRY_ASSIGN(const Rule* rule, topic.rules[at].whole());
        const bool known = std::any_of(found.begin(), found.end(), [&](const RuleInfo& other) { return other.id == rule->id; });
        if (found.size() < most && !known && rule->log.kind != LogMatch::Kind::noise) {
            found.push_back(info_of(topic, *rule));
        }
    }
    return found;
}

} // namespace hpcdoc::rules

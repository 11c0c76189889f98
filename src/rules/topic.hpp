// SPDX-License-Identifier: Apache-2.0
// The rules of one topic, in the order of their priority.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <hpcdoc/result.hpp>

#include "rules/rule.hpp"
#include "scan/gram_finder.hpp"

namespace hpcdoc::rules {

// A rule whose larger part is read when it is first needed.
class TopicRule {
public:
    using Reader = std::function<Result<Rule>()>;

    explicit TopicRule(Rule whole);
    TopicRule(Rule head, Reader rest);

    // Its id, key, place, conditions and `contains`.
    const Rule& head() const { return *m_head; }
    // Thread-safe.
    Result<const Rule*> whole() const;

private:
    struct Rest {
        Reader read{};
        std::once_flag once{};
        Result<Rule> rule{};
    };
    std::shared_ptr<const Rule> m_head;
    std::shared_ptr<Rest> m_rest{}; // none: the head is all
};

struct Topic {
    struct Doubled {
        std::string where{}, key{}, first{};
    };

    std::string name{};
    std::vector<TopicRule> rules{};
    std::optional<Message> message{};
    std::size_t message_layer = 0;
    struct NoiseWord {
        std::string word{};
        std::uint32_t rule = 0;
    };

    scan::GramFinder words{};               // of log rules that tell trouble
    std::vector<std::uint32_t> word_rule{}; // word of `words` -> index of its rule
    // Of rules that know what is no trouble: such words ("INFO") stand in every line, so they are looked for only where
    // another rule has a say.
    std::vector<NoiseWord> noise{};
    std::vector<Doubled> doubled{};            // keys that one directory has twice
    std::multimap<std::string, std::string> replaced{}; // key -> file and line of a rule that gave way to a later one
};

} // namespace hpcdoc::rules

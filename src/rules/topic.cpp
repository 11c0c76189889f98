// SPDX-License-Identifier: Apache-2.0
#include "rules/topic.hpp"

namespace hpcdoc::rules {

TopicRule::TopicRule(Rule whole) : m_head(std::make_shared<const Rule>(std::move(whole))) {}

TopicRule::TopicRule(Rule head, Reader rest)
    : m_head(std::make_shared<const Rule>(std::move(head))), m_rest(std::make_shared<Rest>())
{
    m_rest->read = std::move(rest);
}

Result<const Rule*> TopicRule::whole() const
{
    if (!m_rest) {
        return m_head.get();
    }
    std::call_once(m_rest->once, [this] { m_rest->rule = m_rest->read(); });
    if (!m_rest->rule) {
        return tl::unexpected(m_rest->rule.error());
    }
    return &*m_rest->rule;
}

} // namespace hpcdoc::rules

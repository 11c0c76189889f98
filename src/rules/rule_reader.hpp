// SPDX-License-Identifier: Apache-2.0
// The parts of a rule, read from TOML. Internal to src/rules/parse*.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "config/toml_source.hpp"
#include "rules/rule.hpp"

namespace hpcdoc::rules {

class RuleReader {
public:
    explicit RuleReader(config::TomlReader& toml) : m_toml(toml) {}

    TextTemplate text_template(const config::TomlText& text);
    std::vector<TextTemplate> templates(const toml::table& table, std::string_view key); // a string or a list
    std::vector<Condition> conditions(const toml::table& table, std::string_view key);
    std::vector<FixTemplate> fixes(const toml::table& rule);
    std::optional<EscalationTemplate> escalation(const toml::table& rule);
    void refuse_short_words(const toml::table& rule, LogMatch::Kind kind);
    std::vector<std::string> words_of_line(const toml::table& rule); // 'contains'
    void log_part(const toml::table& rule, LogPart& part);            // all but those
    Examples examples(const toml::table& rule, bool log);

private:
    void condition(const toml::table& table, std::vector<Condition>& into);
    void relation(const toml::table& table, std::string_view fact, std::string_view key, std::vector<Condition>& into);
    std::vector<Operand> operands(const toml::node& value, std::string_view key);
    std::optional<Operand> operand(const toml::node& value, std::string_view key);
    void fact_examples(const toml::table& rule, std::string_view key, std::vector<Examples::Case>& into);
    void facts_of(const toml::table& table, const std::string& prefix, Facts& into);
    std::optional<FactValue> fact_value(const toml::node& node);
    std::optional<FactValue> fact_value_of_text(const std::string& text, const toml::node& node);

    config::TomlReader& m_toml;
};

} // namespace hpcdoc::rules

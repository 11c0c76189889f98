// SPDX-License-Identifier: Apache-2.0
// A value of a JSON text from outside. The first thing wrong is kept, with where it stands; after that every answer is
// empty, so a reader needs no check at each step.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace hpcdoc {

// A wrong text: null, and `problem` says what and where ("cut at byte 1234").
nlohmann::json parse_json(std::string_view text, std::string& problem);

class JsonView {
public:
    JsonView(const nlohmann::json& value, std::string& problem) : m_value(&value), m_problem(&problem) {}

    bool present() const { return m_value != nullptr; }
    bool null() const { return present() && m_value->is_null(); }
    bool is_object() const { return present() && m_value->is_object(); }
    bool failed() const { return !m_problem->empty(); }
    void fail(std::string_view what) const;

    JsonView member(const char* name) const;   // missing is wrong
    JsonView optional(const char* name) const; // missing, every answer is empty
    void each(const std::function<void(const JsonView&)>& visit) const;
    void each_member(const std::function<void(const std::string& name, const JsonView&)>& visit) const;

    std::string text() const; // a string, or {"base64": …} for bytes that are not UTF-8
    std::vector<std::string> texts() const;
    bool flag() const;
    std::int64_t number(std::int64_t fallback, std::int64_t least, std::int64_t most) const;
    std::uint64_t whole(std::uint64_t fallback) const;
    unsigned id() const;    // a user or a group
    unsigned octal() const; // "0644"
    std::chrono::milliseconds milliseconds() const;
    std::chrono::sys_seconds time() const; // RFC 3339, UTC

private:
    JsonView(const nlohmann::json* value, std::string* problem, std::string where)
        : m_value(value), m_problem(problem), m_where(std::move(where))
    {
    }
    std::string below(std::string_view name) const;

    const nlohmann::json* m_value;
    std::string* m_problem;
    std::string m_where{};
};

} // namespace hpcdoc

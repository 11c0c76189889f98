// SPDX-License-Identifier: Apache-2.0
#include "exec/json_view.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc {

namespace {

constexpr std::size_t k_text_cap = 64u << 20;
constexpr std::size_t k_deepest = 32;

// The parser takes any depth and some 50 bytes of memory for each bracket: what cannot be ours stops here.
bool too_deep(std::string_view text)
{
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > k_deepest) {
                return true;
            }
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

std::string describe_place(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, byte);
    const std::size_t line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    return fmt::format("not JSON at byte {} (line {})", byte, line);
}

} // namespace

nlohmann::json parse_json(std::string_view text, std::string& problem)
{
    if (util::trim(text).empty()) {
        problem = "empty";
    } else if (text.size() > k_text_cap) {
        problem = fmt::format("{} is too large", util::human_size(text.size()));
    } else if (too_deep(text)) {
        problem = "nested too deeply";
    }
    if (!problem.empty()) {
        return {};
    }
    try {
        return nlohmann::json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        const std::size_t byte = error.byte > 0 ? error.byte - 1 : 0; // the library counts from 1
        problem = byte >= text.size() ? fmt::format("cut at byte {}", text.size()) : describe_place(text, byte);
    } catch (const nlohmann::json::exception&) { // a number out of range
        problem = "not JSON that hpcdoc wrote";
    }
    return {};
}

std::string JsonView::below(std::string_view name) const
{
    return m_where.empty() ? std::string(name) : m_where + "." + std::string(name);
}

void JsonView::fail(std::string_view what) const
{
    if (m_problem->empty()) {
        *m_problem = m_where.empty() ? std::string(what) : fmt::format("{}: {}", m_where, what);
    }
}

JsonView JsonView::optional(const char* name) const
{
    if (present() && !m_value->is_object()) {
        fail("must be an object");
    }
    if (!present() || failed() || !m_value->is_object()) {
        return {nullptr, m_problem, below(name)};
    }
    const auto found = m_value->find(name);
    return {found == m_value->end() ? nullptr : &*found, m_problem, below(name)};
}

JsonView JsonView::member(const char* name) const
{
    JsonView found = optional(name);
    if (present() && !found.present()) {
        found.fail("is missing");
    }
    return found;
}

void JsonView::each(const std::function<void(const JsonView&)>& visit) const
{
    if (!present() || failed()) {
        return;
    }
    if (!m_value->is_array()) {
        fail("must be a list");
        return;
    }
    for (std::size_t i = 0; i < m_value->size() && !failed(); ++i) {
        visit(JsonView(&(*m_value)[i], m_problem, fmt::format("{}[{}]", m_where, i)));
    }
}

void JsonView::each_member(const std::function<void(const std::string&, const JsonView&)>& visit) const
{
    if (!present() || failed()) {
        return;
    }
    if (!m_value->is_object()) {
        fail("must be an object");
        return;
    }
    for (const auto& [name, value] : m_value->items()) {
        if (!failed()) {
            visit(name, JsonView(&value, m_problem, below(util::printable(name))));
        }
    }
}

std::string JsonView::text() const
{
    if (!present() || failed()) {
        return {};
    }
    if (m_value->is_string()) {
        return m_value->get<std::string>();
    }
    if (m_value->is_object() && m_value->size() == 1 && m_value->contains("base64")) {
        if (std::optional<std::string> bytes = util::base64_decode(optional("base64").text())) {
            return std::move(*bytes);
        }
        fail("is not base64");
        return {};
    }
    fail("must be a string");
    return {};
}

std::vector<std::string> JsonView::texts() const
{
    std::vector<std::string> all;
    each([&](const JsonView& one) { all.push_back(one.text()); });
    return all;
}

bool JsonView::flag() const
{
    if (!present() || failed()) {
        return false;
    }
    if (!m_value->is_boolean()) {
        fail("must be true or false");
        return false;
    }
    return m_value->get<bool>();
}

std::int64_t JsonView::number(std::int64_t fallback, std::int64_t least, std::int64_t most) const
{
    if (!present() || failed()) {
        return fallback;
    }
    const bool too_large =
        m_value->is_number_unsigned() &&
        m_value->get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::int64_t value = m_value->is_number_integer() && !too_large ? m_value->get<std::int64_t>() : least;
    if (!m_value->is_number_integer() || too_large || value < least || value > most) {
        fail(fmt::format("must be a whole number from {} to {}", least, most));
        return fallback;
    }
    return value;
}

std::uint64_t JsonView::whole(std::uint64_t fallback) const
{
    if (!present() || failed()) {
        return fallback;
    }
    if (!m_value->is_number_unsigned()) {
        fail("must be a whole number");
        return fallback;
    }
    return m_value->get<std::uint64_t>();
}

unsigned JsonView::id() const
{
    return static_cast<unsigned>(number(0, 0, std::numeric_limits<std::uint32_t>::max()));
}

unsigned JsonView::octal() const
{
    unsigned value = 0;
    const std::string digits = text();
    if (!failed() &&
        (digits.empty() || digits.size() > 5 || digits.find_first_not_of("01234567") != std::string::npos)) {
        fail("must be octal digits in quotes");
        return 0;
    }
    for (const char digit : digits) {
        value = value * 8 + static_cast<unsigned>(digit - '0');
    }
    return value & 07777;
}

std::chrono::milliseconds JsonView::milliseconds() const
{
    constexpr std::int64_t k_year = 366ll * 86'400'000;
    return std::chrono::milliseconds{number(0, 0, k_year)};
}

std::chrono::sys_seconds JsonView::time() const
{
    std::string stamp = text();
    if (!present() || failed()) {
        return {};
    }
    std::optional<std::chrono::sys_seconds> time;
    if (stamp.ends_with('Z')) {
        stamp.pop_back();
        time = util::parse_stamp(stamp, std::chrono::seconds{0});
    }
    if (!time) {
        fail("must be a time like \"2026-11-25T14:03:00Z\"");
    }
    return time.value_or(std::chrono::sys_seconds{});
}

} // namespace hpcdoc

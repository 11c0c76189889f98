// SPDX-License-Identifier: Apache-2.0
// hpcdoc bundle grep: lines of all members, as grep -n would show them.
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fnmatch.h>
#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/rules.hpp>

#include "bundle/opened.hpp"
#include "scan/pattern.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using bundle::Opened;

constexpr std::size_t k_most_lines = 100'000;

bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The text as an expression that matches it and nothing else.
std::string escaped(std::string_view text)
{
    std::string expression;
    for (const char c : text) {
        const bool plain = letter_or_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
        expression += plain ? "" : "\\";
        expression += c;
    }
    return expression;
}

Result<scan::Pattern> pattern_of(const BundleSearch& search)
{
    const std::string expression = search.fixed ? escaped(search.pattern) : search.pattern;
    scan::Pattern pattern((search.ignore_case ? "(?i)" : "") + expression);
    if (const auto mistake = pattern.mistake()) {
        return failure(Code::usage,
                       "wrong pattern '" + util::printable(search.pattern) + "': " + util::printable(*mistake),
                       "the syntax is that of RE2; -F looks for the text as it is");
    }
    return pattern;
}

bool is_meant(const std::string& wanted, const std::string& name)
{
    return name == wanted || name.starts_with(wanted.ends_with('/') ? wanted : wanted + "/") ||
           ::fnmatch(wanted.c_str(), name.c_str(), 0) == 0;
}

// The page holds every other member once more, so it is searched only by its name.
Result<std::vector<std::string_view>> members_of(const Opened& opened, const std::vector<std::string>& wanted)
{
    std::vector<std::string_view> meant;
    std::vector<std::string> names;
    std::vector<bool> found(wanted.size(), false);
    for (const auto& [name, content] : opened.members) {
        bool take = wanted.empty() && name != archive::k_page_member;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const bool meant_here = is_meant(wanted[i], name);
            found[i] = found[i] || meant_here;
            take = take || meant_here;
        }
        names.push_back(name);
        if (take) {
            meant.emplace_back(name);
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!found[i]) {
            const auto near = util::nearest(wanted[i], names);
            return failure(Code::usage,
                           "there is no member '" + util::printable(wanted[i]) + "' in '" +
                               util::printable(opened.source) + "'",
                           near ? "did you mean '" + util::printable(*near) + "'?" : "'hpcdoc bundle show' lists them");
        }
    }
    return meant;
}

class Search {
public:
    Search(const scan::Pattern& pattern, bool counts) : m_pattern(pattern)
    {
        m_table =
            counts ? Table{"counts", "", {"Member", "Lines"}, {}} : Table{"lines", "", {"Member", "Line", "Text"}, {}};
        m_counts = counts;
    }

    void look(std::string_view member, std::string_view content)
    {
        std::size_t here = 0, number = 0;
        const bool binary = content.find('\0') != std::string_view::npos;
        for (const std::string_view line : util::lines(content)) {
            ++number;
            if (!m_pattern.matches(line)) {
                continue;
            }
            ++here;
            if (m_counts || (binary && here > 1)) {
                continue;
            }
            if (m_table.rows.size() == k_most_lines) {
                m_full = true;
                continue;
            }
            add(member, number, binary ? "(a binary file, which matches)" : std::string(line));
        }
        m_total += here;
        m_members += here > 0 ? 1 : 0;
        if (m_counts && here > 0) {
            m_table.rows.push_back({std::string(member), std::to_string(here)});
            m_text += fmt::format("{}: {}\n", member, here);
        }
    }

    std::size_t total() const { return m_total; }
    std::size_t members() const { return m_members; }
    bool full() const { return m_full; }
    std::string text() { return std::move(m_text); }
    Table table() { return std::move(m_table); }

private:
    void add(std::string_view member, std::size_t number, std::string line)
    {
        m_text += fmt::format("{}:{}: {}\n", member, number, line);
        m_table.rows.push_back({std::string(member), std::to_string(number), std::move(line)});
    }

    const scan::Pattern& m_pattern;
    bool m_counts = false, m_full = false;
    std::size_t m_total = 0, m_members = 0;
    Table m_table{};
    std::string m_text{};
};

std::string count(std::size_t number, std::string_view noun)
{
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

Result<void> judge_none(Context& ctx, const BundleSearch& search, std::size_t searched, Report& report)
{
    Facts facts;
    facts.set("bundle.file", search.file);
    facts.set("search.pattern", util::printable(search.pattern));
    facts.set("search.members", static_cast<std::int64_t>(searched));
    HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, ctx.rules.diagnose("bundle", facts));
    for (Finding& finding : findings) {
        report.add(std::move(finding));
    }
    return {};
}

} // namespace

Result<void> grep_bundle(Context& ctx, const BundleSearch& search, Report& report)
{
    HPCDOC_TRY_ASSIGN(const scan::Pattern pattern, pattern_of(search));
    HPCDOC_TRY_ASSIGN(const Opened opened, bundle::open(search.file));
    HPCDOC_TRY_ASSIGN(const std::vector<std::string_view> members, members_of(opened, search.members));
    Search found(pattern, search.counts);
    for (const std::string_view member : members) {
        found.look(member, *opened.find(member));
    }
    report.subject = search.file;
    report.headline = fmt::format("{} in {} of {}", count(found.total(), "line"), count(found.members(), "member"),
                                  count(members.size(), "member"));
    report.body = found.text();
    for (const bundle::Hostile& hostile : opened.hostile) {
        report.skipped("bundle.grep", hostile.name, hostile.problem);
    }
    if (found.full()) {
        report.skipped("bundle.grep", "", fmt::format("more than {} lines match; the rest is left out", k_most_lines));
    }
    if (found.total() == 0) {
        return judge_none(ctx, search, members.size(), report);
    }
    report.add(found.table());
    return {};
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
// A rule made of a line: what changes from run to run becomes a capture, the longest part that does not is its literal.
#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/rule_views.hpp>

#include "explain/asked.hpp"
#include "explain/sense.hpp"
#include "scan/pattern.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace explain {

namespace {

constexpr std::size_t k_longest_line = 500;
constexpr std::size_t k_longest_literal = 60;

// The last line that says anything: of a traceback its message.
std::string line_of(const Asked& asked)
{
    const std::string text = util::strip_ansi(asked.tail.empty() ? asked.head : asked.tail);
    std::string_view last;
    for (const std::string_view line : util::lines(text)) {
        last = util::trim(line).empty() ? last : util::trim(line);
    }
    return util::printable(last.substr(0, k_longest_line));
}

// Without the time and the number of the process in front.
std::string without_stamp(std::string line)
{
    static const scan::Pattern k_stamp(
        R"(^(?:\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?[ :|-]*|\[\d+\] ?|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d+ \d\d:\d\d:\d\d )+)");
    if (const auto stamp = k_stamp.find(line); stamp && stamp->end < line.size()) {
        line.erase(0, stamp->end);
    }
    return line;
}

std::string escaped(std::string_view text)
{
    std::string made;
    for (const char c : text) {
        if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) {
            made += '\\';
        }
        made += c;
    }
    return made;
}

std::string in_toml(std::string_view text)
{
    const bool plain = text.find('\'') == std::string_view::npos;
    if (plain) {
        return fmt::format("'{}'", text);
    }
    return fmt::format("\"{}\"", util::replace_all(util::replace_all(std::string(text), "\\", "\\\\"), "\"", "\\\""));
}

struct Draft {
    std::string pattern{}, title{}, literal{};
};

class Drafter {
public:
    Draft draft(const std::string& line)
    {
        // In this order: a quoted thing may be a path, a path may hold numbers.
        static const scan::Pattern k_changing(
            R"((?P<quoted>'[^']{1,200}'|"[^"]{1,200}"|`[^`']{1,200}['`])|(?P<path>(?:/[\w.+@%=-]+){2,}/?)|(?P<hex>\b0x[0-9a-fA-F]+\b)|(?P<number>\b\d+(?:\.\d+)?))");
        std::size_t at = 0;
        while (const auto found = k_changing.find(line, at)) {
            keep(std::string_view(line).substr(at, found->begin - at));
            change(found->captures.front());
            at = found->end;
        }
        keep(std::string_view(line).substr(at));
        return m_draft;
    }

private:
    void keep(std::string_view text)
    {
        m_draft.pattern += escaped(text);
        m_draft.title += util::replace_all(util::replace_all(std::string(text), "{", "{{"), "}", "}}");
        const std::string_view words = words_of(text);
        if (words.size() > m_draft.literal.size()) {
            m_draft.literal = std::string(words.substr(0, k_longest_literal));
        }
    }

    // From its first letter to its last.
    static std::string_view words_of(std::string_view text)
    {
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
        const auto first = std::find_if(text.begin(), text.end(), letter);
        const auto last = std::find_if(text.rbegin(), text.rend(), letter).base();
        return first < last ? text.substr(static_cast<std::size_t>(first - text.begin()), static_cast<std::size_t>(last - first)) : std::string_view();
    }

    void change(const scan::Capture& capture)
    {
        if (capture.name == "hex") {
            m_draft.pattern += "0x[0-9a-fA-F]+";
            m_draft.title += capture.text;
        } else if (capture.name == "number") {
            m_draft.pattern += "[\\d.]+";
            m_draft.title += capture.text;
        } else if (capture.name == "path") {
            const std::string name = fresh("path");
            m_draft.pattern += fmt::format("(?P<{}>/\\S+)", name);
            m_draft.title += fmt::format("{{{}}}", name);
        } else {
            const std::string name = fresh("what");
            const char close = capture.text.back();
            m_draft.pattern += fmt::format("{}(?P<{}>[^{}]+){}", capture.text.front(), name, close, close);
            m_draft.title += fmt::format("'{{{}}}'", name);
        }
    }

    std::string fresh(std::string name)
    {
        const std::size_t count = name == "path" ? ++m_paths : ++m_quoted;
        return count == 1 ? name : name + std::to_string(count);
    }

    Draft m_draft{};
    std::size_t m_paths = 0, m_quoted = 0;
};

std::string id_of_draft(std::string_view literal)
{
    std::string words = slug(literal);
    std::size_t cut = 0;
    for (int word = 0; word < 4 && cut != std::string::npos; ++word) {
        cut = words.find('-', cut + (word == 0 ? 0 : 1));
    }
    return "site." + words.substr(0, cut);
}

std::string toml_of(const Draft& draft, const std::string& line)
{
    std::string text = "# Save it in /etc/hpcdoc/rules.d/, edit it, then: hpcdoc rules lint; hpcdoc rules test\n\n[[rule]]\n";
    text += fmt::format("id        = \"{}\"\n", id_of_draft(draft.literal));
    text += "severity  = \"error\"     # note, warning, error, critical\n";
    text += "certainty = \"likely\"    # possible, likely, certain\n";
    text += "labels    = [\"user-code-error\"]  # the coarse class, as in: hpcdoc rules show fs.no-space\n";
    text += fmt::format("contains  = [{}]\n", in_toml(draft.literal));
    text += fmt::format("pattern   = {}\n", in_toml(draft.pattern));
    text += fmt::format("title     = {}\n", in_toml(draft.title));
    text += "cause     = \"Why it happens, in a sentence or two.\"\n";
    text += "fix       = [{ text = \"What to do first\", commands = [\"a command to copy\"] }]\n";
    text += "escalate  = { to = \"support\", why = \"When to ask, and for what\" }\n";
    text += fmt::format("fires     = [{}]\n", in_toml(line));
    text += "silent    = [\"a line that looks like it and is no error\"]\n";
    return text;
}

} // namespace

} // namespace explain

Result<void> draft_rule(Context& ctx, const std::vector<std::string>& words, TextInput& input, Report& report)
{
    ExplainQuestion question;
    question.words = words;
    HPCDOC_TRY_ASSIGN(const explain::Asked asked, explain::read_asked(ctx, question, input));
    const std::string line = explain::without_stamp(explain::line_of(asked));
    const explain::Draft draft = explain::Drafter().draft(line);
    constexpr std::size_t k_shortest_literal = 4;
    if (draft.literal.size() < k_shortest_literal) {
        return failure(Code::usage, fmt::format("'{}' has no part of at least four letters that stays the same from run to run", line),
                       "a rule needs words by which its lines are found");
    }
    report.subject = line;
    report.headline = "A rule to be edited";
    report.passed("rules.new", line);
    report.body = explain::toml_of(draft, line);
    return {};
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "app/help_text.hpp"

#include <algorithm>
#include <array>

#include "app/markdown.hpp"
#include "app/version.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

constexpr std::string_view k_bold = "\033[1m";
constexpr std::string_view k_underline = "\033[4m";
constexpr std::string_view k_cyan = "\033[36m";
constexpr std::string_view k_reset = "\033[0m";

std::string painted(std::string_view text, std::string_view code, const Style& style)
{
    return style.color ? std::string(code) + std::string(text) + std::string(k_reset) : std::string(text);
}

// A reader of help needs no line longer than this, however wide the terminal.
std::size_t text_width(const Style& style)
{
    return std::clamp<std::size_t>(style.width, 40, 100);
}

// Wraps words, each of which may carry its own colour: the width counts what is seen.
class Paragraph {
public:
    // The first line begins where its caller has come to; `indent` is put before the others.
    Paragraph(std::size_t start, std::string indent, const Style& style)
        : m_width(text_width(style)), m_indent(std::move(indent)), m_style(style), m_column(start)
    {
    }

    void add(const MarkdownSpan& span)
    {
        // Code keeps its words together only when it is short: a long one has to be wrapped like text.
        for (std::size_t start = 0; start <= span.text.size();) {
            const std::size_t blank = std::min(span.text.find(' ', start), span.text.size());
            piece(span.text.substr(start, blank - start), span.kind);
            if (blank < span.text.size()) {
                end_word();
            }
            start = blank + 1;
        }
    }
    std::string text()
    {
        end_word();
        return m_lines.empty() ? std::string() : m_lines + "\n";
    }

private:
    void piece(const std::string& text, MarkdownSpan::Kind kind)
    {
        m_seen += util::display_width(text);
        switch (kind) {
        case MarkdownSpan::Kind::code: m_word += painted(text, k_cyan, m_style); break;
        case MarkdownSpan::Kind::strong: m_word += painted(text, k_bold, m_style); break;
        case MarkdownSpan::Kind::emphasis: m_word += painted(text, k_underline, m_style); break;
        case MarkdownSpan::Kind::plain: m_word += text; break;
        }
    }
    void end_word()
    {
        if (m_seen == 0) {
            return;
        }
        if (m_words > 0 && m_column + 1 + m_seen > m_width) {
            m_lines += "\n" + m_indent;
            m_column = m_indent.size();
        } else if (m_words > 0) {
            m_lines += ' ';
            m_column += 1;
        }
        ++m_words;
        m_lines += m_word;
        m_column += m_seen;
        m_word.clear();
        m_seen = 0;
    }

    std::size_t m_width;
    std::string m_indent;
    Style m_style;
    std::string m_lines{}, m_word{};
    std::size_t m_column, m_seen = 0, m_words = 0;
};

std::string wrapped(std::string_view text, std::size_t start, const Style& style)
{
    Paragraph paragraph(start, std::string(start, ' '), style);
    for (const MarkdownSpan& span : parse_spans(text)) {
        paragraph.add(span);
    }
    return paragraph.text();
}

std::string block_text(const MarkdownBlock& block, const Style& style)
{
    std::string text;
    switch (block.kind) {
    case MarkdownBlock::Kind::heading: return painted(block.text, k_bold, style) + "\n";
    case MarkdownBlock::Kind::paragraph: return wrapped(block.text, 0, style);
    case MarkdownBlock::Kind::item: {
        const std::string first = std::string(block.level * 2, ' ') + block.marker + " ";
        return first + wrapped(block.text, first.size(), style);
    }
    case MarkdownBlock::Kind::code:
        for (const std::string_view line : util::lines(block.text)) {
            text += line.empty() ? "\n" : "    " + painted(line, k_cyan, style) + "\n";
        }
        return text;
    case MarkdownBlock::Kind::table: {
        std::vector<HelpRow> rows;
        for (const auto& cells : block.rows) {
            const std::vector<std::string> others(cells.begin() + 1, cells.end());
            rows.push_back({cells.front(), util::join(others, "; ")});
        }
        return two_columns(rows, style);
    }
    }
    return text;
}

bool tight(const MarkdownBlock& before, const MarkdownBlock& block)
{
    using Kind = MarkdownBlock::Kind;
    return before.kind == Kind::heading || (before.kind == Kind::item && block.kind == Kind::item);
}

std::string about_option(const OptionInfo& option)
{
    std::string text = option.about;
    if (!option.preset.empty() && option.preset != "{}" && option.preset != "false") {
        text += " [" + option.preset + "]";
    }
    return text;
}

std::string option_table(std::span<const OptionInfo> options, bool positionals, const Style& style)
{
    std::vector<HelpRow> rows;
    for (const OptionInfo& option : options) {
        if (option.is_positional() == positionals && !option.hidden) {
            rows.push_back({spelling(option), about_option(option)});
        }
    }
    return two_columns(rows, style);
}

std::string section(std::string_view title, const std::string& body, const Style& style)
{
    return body.empty() ? std::string() : "\n" + painted(title, k_bold, style) + "\n" + body;
}

std::string command_rows(const std::vector<const CommandEntry*>& entries, const Style& style)
{
    std::vector<HelpRow> rows;
    for (const CommandEntry* entry : entries) {
        rows.push_back({std::string(entry->info.path), std::string(entry->info.summary)});
    }
    return two_columns(rows, style);
}

} // namespace

std::string markdown_text(std::string_view markdown, const Style& style)
{
    std::string text;
    const MarkdownBlock* before = nullptr;
    const std::vector<MarkdownBlock> blocks = parse_markdown(markdown);
    for (const MarkdownBlock& block : blocks) {
        if (before != nullptr && !tight(*before, block)) {
            text += "\n";
        }
        text += block_text(block, style);
        before = &block;
    }
    return text;
}

std::string two_columns(std::span<const HelpRow> rows, const Style& style)
{
    std::size_t widest = 0;
    for (const HelpRow& row : rows) {
        widest = std::max(widest, util::display_width(row.left));
    }
    widest = std::min<std::size_t>(widest, text_width(style) / 3);
    std::string text;
    for (const HelpRow& row : rows) {
        const std::size_t width = util::display_width(row.left);
        const std::string indent(widest + 4, ' ');
        text += "  " + painted(row.left, k_cyan, style);
        if (row.right.empty()) {
            text += "\n";
            continue;
        }
        text += width > widest ? "\n" + indent : std::string(widest - width + 2, ' ');
        text += wrapped(row.right, indent.size(), style);
    }
    return text;
}

std::string command_help(CommandTable table, const CommandEntry& entry, const Style& style)
{
    const std::vector<OptionInfo> options = command_options(entry);
    std::string text = painted("hpcdoc " + std::string(entry.info.path), k_bold, style) + ": " +
                       std::string(entry.info.summary) + "\n\n" +
                       "Usage: " + usage_line(entry.info.path, options, style.unicode) + "\n\n";
    std::string_view help = entry.info.help;
    if (help.starts_with("# ")) { // the name stands above already
        help.remove_prefix(std::min(help.find('\n'), help.size()));
    }
    text += markdown_text(help, style);
    text += section("Commands", command_rows(commands_below(table, entry.info.path), style), style);
    text += section("Arguments", option_table(options, true, style), style);
    text += section("Options", option_table(options, false, style), style);
    return text + section("Options of every command", option_table(global_options(), false, style), style);
}

std::string group_help(CommandTable table, std::string_view path, const Style& style)
{
    return painted("hpcdoc " + std::string(path), k_bold, style) + " has these commands:\n\n" +
           command_rows(commands_below(table, path), style) + "\nMore about one: hpcdoc help " +
           std::string(commands_below(table, path).front()->info.path) + "\n";
}

std::string overview(CommandTable table, const Style& style)
{
    struct Group {
        Audience audience{};
        std::string_view title{};
    };
    constexpr std::array k_groups{Group{Audience::user, "For everyone"}, Group{Audience::support, "For support staff"},
                                  Group{Audience::admin, "For administrators"}};
    std::string text = painted("hpcdoc", k_bold, style) + " " + std::string(version()) +
                       ": says what is wrong on an HPC cluster, why, and what to do next\n\n" +
                       "Usage: hpcdoc [OPTION" + (style.unicode ? "…" : "...") + "] COMMAND [ARGUMENT" +
                       (style.unicode ? "…" : "...") + "]\n";
    for (const Group& group : k_groups) {
        std::vector<const CommandEntry*> entries;
        for (const CommandEntry& entry : table) {
            if (entry.info.audience == group.audience) {
                entries.push_back(&entry);
            }
        }
        text += section(group.title, command_rows(entries, style), style);
    }
    text += section("Examples",
                    two_columns(std::array{HelpRow{"hpcdoc job explain 4242", "why job 4242 waits, failed or wastes"},
                                           HelpRow{"hpcdoc job explain", "your latest job that is in trouble"},
                                           HelpRow{"hpcdoc help job explain", "examples and all options of a command"}},
                                style),
                    style);
    return text + section("Options of every command", option_table(global_options(), false, style), style);
}

} // namespace hpcdoc::app

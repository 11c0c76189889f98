// SPDX-License-Identifier: Apache-2.0
#include "app/roff.hpp"

#include <algorithm>
#include <cctype>

#include "app/version.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

std::string roff_quoted(std::string_view text)
{
    return "\"" + util::replace_all(roff_escape(text), "\"", "\\(dq") + "\"";
}

} // namespace

std::string roff_escape(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '\\': out += "\\e"; break;
        case '-': out += "\\-"; break; // a plain one may be set as a hyphen that cannot be copied
        case '\'': out += "\\(aq"; break;
        case '`': out += "\\(ga"; break;
        case '^': out += "\\(ha"; break;
        case '~': out += "\\(ti"; break;
        default: out += c;
        }
    }
    return out;
}

std::string roff_spans(std::string_view markdown)
{
    std::string out;
    for (const MarkdownSpan& span : parse_spans(markdown)) {
        switch (span.kind) {
        case MarkdownSpan::Kind::plain: out += roff_escape(span.text); break;
        case MarkdownSpan::Kind::code:
        case MarkdownSpan::Kind::strong: out += "\\fB" + roff_escape(span.text) + "\\fR"; break;
        case MarkdownSpan::Kind::emphasis: out += "\\fI" + roff_escape(span.text) + "\\fR"; break;
        }
    }
    return out;
}

Roff::Roff(std::string_view name, std::string_view section)
{
    m_text = ".\\\" Made by hpcdoc " + std::string(version()) + " from its help\n";
    macro(".TH " + roff_quoted(upper(name)) + " " + std::string(section) + " " + "\"" + std::string(build_date()) +
          "\" " + roff_quoted("hpcdoc " + std::string(version())) + " \"hpcdoc manual\"");
    macro(".nh"); // names and commands must not be divided
    macro(".ad l");
}

void Roff::macro(std::string_view line)
{
    m_text += std::string(line) + "\n";
    m_after_heading = line.starts_with(".S");
}

void Roff::line(std::string text)
{
    const bool control = text.starts_with('.') || text.starts_with('\'');
    m_text += (control ? "\\&" : "") + text + "\n";
    m_after_heading = false;
}

void Roff::heading(std::string_view title)
{
    macro(".SH " + roff_quoted(upper(title)));
}

void Roff::subheading(std::string_view title)
{
    macro(".SS " + roff_quoted(title));
}

void Roff::name(std::string_view name, std::string_view about)
{
    macro(".SH NAME");
    std::string summary(about);
    if (!summary.empty()) { // whatis(1) shows it after a dash
        summary.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(summary.front())));
    }
    line(roff_escape(name) + " \\- " + roff_escape(summary));
}

// A heading is followed by its text at once.
void Roff::gap()
{
    if (!m_after_heading) {
        macro(".PP");
    }
}

void Roff::paragraph(std::string_view markdown)
{
    gap();
    line(roff_spans(markdown));
}

void Roff::code(std::string_view lines)
{
    gap();
    macro(".RS 4");
    macro(".nf");
    for (const std::string_view text : util::lines(lines)) {
        line(text.empty() ? "\\&" : roff_escape(text));
    }
    macro(".fi");
    macro(".RE");
}

void Roff::item(std::string_view bold_term, std::string_view markdown)
{
    macro(".TP");
    line("\\fB" + roff_escape(bold_term) + "\\fR");
    line(markdown.empty() ? "\\&" : roff_spans(markdown));
}

void Roff::bullet(std::string_view markdown, unsigned depth)
{
    macro(".IP \\(bu " + std::to_string(2 + 2 * depth));
    line(roff_spans(markdown));
}

void Roff::synopsis(std::string_view usage)
{
    heading("Synopsis");
    line("\\fB" + roff_escape(usage.substr(0, usage.find(" ["))) + "\\fR" +
         roff_escape(usage.substr(std::min(usage.find(" ["), usage.size()))));
}

void Roff::options(std::span<const OptionInfo> options, bool positionals)
{
    for (const OptionInfo& option : options) {
        if (option.is_positional() != positionals || option.hidden) {
            continue;
        }
        macro(".TP");
        const std::string names = option.is_positional() ? option.positional : util::join(option.names, "\\fR, \\fB");
        std::string term = "\\fB" + util::replace_all(names, "-", "\\-") + "\\fR";
        if (!option.is_positional() && option.takes_value()) {
            term += " \\fI" + roff_escape(option.value) + "\\fR";
        }
        line(std::move(term));
        const std::string preset = option.preset.empty() || option.preset == "false" ? "" : " [" + option.preset + "]";
        line(roff_escape(option.about + preset));
    }
}

void Roff::table(const MarkdownBlock& block)
{
    // The first column names what the others describe; the header is left to the text before.
    for (std::size_t i = 1; i < block.rows.size(); ++i) {
        const auto& cells = block.rows[i];
        macro(".TP");
        line(roff_spans(cells.front()));
        const std::vector<std::string> others(cells.begin() + 1, cells.end());
        line(roff_spans(util::join(others, "; ")));
    }
}

void Roff::block(const MarkdownBlock& block)
{
    switch (block.kind) {
    case MarkdownBlock::Kind::heading: block.level <= 2 ? heading(block.text) : subheading(block.text); break;
    case MarkdownBlock::Kind::paragraph: paragraph(block.text); break;
    case MarkdownBlock::Kind::item: bullet(block.text, block.level); break;
    case MarkdownBlock::Kind::code: code(block.text); break;
    case MarkdownBlock::Kind::table: table(block); break;
    }
}

} // namespace hpcdoc::app

// SPDX-License-Identifier: Apache-2.0
#include "report/html_parts.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::report::html {

namespace {

// Shapes, so that a verdict can be told without colour: octagon, triangle, circle, tick, question mark.
std::string_view shape_of(Standing standing)
{
    switch (standing) {
    case Standing::critical:
    case Standing::error:
        return "<path d=\"M5 1h6l4 4v6l-4 4H5l-4-4V5z\"/><path class=\"cut\" d=\"M5.5 5.5l5 5m0-5l-5 5\"/>";
    case Standing::warning: return "<path d=\"M8 1l7.5 14H.5z\"/><path class=\"cut\" d=\"M8 6v4.2m0 2v.4\"/>";
    case Standing::note: return "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path class=\"cut\" d=\"M8 7.4v4.2m0-7.2v.4\"/>";
    case Standing::fine:
        return "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path class=\"cut\" d=\"M4.7 8.3l2.3 2.3 4.3-4.8\"/>";
    case Standing::unknown:
        return "<circle cx=\"8\" cy=\"8\" r=\"7\"/><path class=\"cut\" d=\"M6 6.3a2 2 0 1 1 2.6 1.9q-.6.3-.6 1.1m0 "
               "2v.4\"/>";
    case Standing::plain: break;
    }
    return {};
}

bool numeric(std::string_view cell)
{
    const std::string_view bare = cell.ends_with('%') ? util::trim(cell.substr(0, cell.size() - 1)) : cell;
    return util::parse_real(bare).has_value();
}

std::string row_of(const std::vector<std::string>& row, std::size_t columns)
{
    std::string line = "<tr>";
    for (std::size_t i = 0; i < columns; ++i) {
        const std::string_view cell = i < row.size() ? std::string_view(row[i]) : std::string_view();
        const std::string_view css = numeric(cell) ? " class=\"num\"" : "";
        line += i == 0 ? fmt::format("<th scope=\"row\"{}>{}</th>", css, text(cell))
                       : fmt::format("<td{}>{}</td>", css, text(cell));
    }
    return line + "</tr>\n";
}

} // namespace

std::string document(std::string_view raw_title, std::string_view style, std::string_view body)
{
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
        text(raw_title), style, body);
}

std::string escape(std::string_view safe)
{
    std::string escaped;
    escaped.reserve(safe.size() + safe.size() / 8);
    for (const char c : safe) {
        switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        case '\'': escaped += "&#39;"; break;
        default: escaped += c;
        }
    }
    return escaped;
}

std::string text(std::string_view raw)
{
    return escape(one_line(raw));
}

std::string block(std::string_view raw)
{
    return escape(util::join(safe_lines(raw), "\n"));
}

std::string paragraph(std::string_view css_class, std::string_view raw)
{
    return raw.empty() ? "" : fmt::format("<p class=\"{}\">{}</p>\n", css_class, text(raw));
}

std::string heading(unsigned level, std::string_view raw, std::string_view css_class)
{
    const unsigned bounded = std::min(level, 6u);
    const std::string css = css_class.empty() ? "" : fmt::format(" class=\"{}\"", css_class);
    return fmt::format("<h{}{}>{}</h{}>\n", bounded, css, text(raw), bounded);
}

std::string badge(Standing standing)
{
    const std::string_view word = word_of(standing);
    if (word.empty()) {
        return {};
    }
    return fmt::format(
        "<span class=\"badge {}\"><svg viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\">{}"
        "</svg>{}</span>\n",
        class_of(standing), shape_of(standing), word);
}

std::string details(std::string_view summary, std::string_view body, bool open, std::string_view css_class)
{
    return fmt::format("<details class=\"{}\"{}><summary>{}</summary>\n{}</details>\n", css_class, open ? " open" : "",
                       summary, body);
}

std::string facts(const Report& report)
{
    std::string list;
    for (const Fact& fact : report.facts()) {
        const std::string source = fact.source.empty() ? "" : fmt::format(" title=\"{}\"", text(fact.source));
        list += fmt::format("<div{}><dt>{}</dt><dd>{}</dd></div>\n", source,
                            text(fact.label.empty() ? fact.name : fact.label), text(fact.value));
    }
    return list.empty() ? list : fmt::format("<dl class=\"facts\">\n{}</dl>\n", list);
}

std::string table(const Table& table, unsigned level)
{
    const std::string title = text(table.title.empty() ? table.id : table.title);
    std::string head;
    for (const std::string& column : table.columns) {
        head += fmt::format("<th scope=\"col\">{}</th>", text(column));
    }
    std::string rows;
    for (const auto& row : table.rows) {
        rows += row_of(row, table.columns.size());
    }
    return fmt::format(
        "<section class=\"card list\">\n{}<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
        "aria-label=\"{}\"><table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>"
        "</table></div></section>\n",
        table.title.empty() ? "" : heading(level, table.title), title, count_text(table.rows.size(), "row"), head,
        rows);
}

std::string checks(const Report& report, unsigned level)
{
    std::string unseen;
    for (const Unseen& entry : unseen_of(report)) {
        unseen += fmt::format("<li><strong class=\"{0}\">{0}</strong> {1}{2}{3}</li>\n", to_string(entry.outcome),
                              text(entry.what), entry.reason.empty() ? "" : ": ", text(entry.reason));
    }
    std::string seen;
    std::size_t count = 0;
    for (const Check& check : report.checks()) {
        if (check.outcome == Check::Outcome::passed || check.outcome == Check::Outcome::found) {
            seen += fmt::format("<li><strong class=\"{0}\">{0}</strong> {1} {2}</li>\n", to_string(check.outcome),
                                text(check.id), text(check.subject));
            ++count;
        }
    }
    std::string section;
    if (!unseen.empty()) {
        section = fmt::format("<section class=\"card unseen\">\n{}<ul>\n{}</ul></section>\n",
                              heading(level, "Not looked at"), unseen);
    }
    if (!seen.empty()) {
        section += details(count_text(count, "check") + " looked", fmt::format("<ul>\n{}</ul>\n", seen), false, "seen");
    }
    return section;
}

} // namespace hpcdoc::report::html

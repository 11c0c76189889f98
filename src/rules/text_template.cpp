// SPDX-License-Identifier: Apache-2.0
#include "rules/text_template.hpp"

#include <algorithm>

#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

// The quote that a shell is inside of after this text; 0: none.
char open_quote(std::string_view text, char quote)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && quote != '\'') {
            ++at;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        }
    }
    return quote;
}

} // namespace

tl::expected<TextTemplate, TextTemplate::Mistake> TextTemplate::parse(std::string_view text)
{
    TextTemplate made;
    made.m_source = text;
    std::string literal;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c != '{' && c != '}') {
            literal += c;
            continue;
        }
        if (text.substr(at + 1).starts_with(c)) {
            literal += c;
            ++at;
            continue;
        }
        if (c == '}') {
            return tl::unexpected(Mistake{at, "'}' without '{'; a brace of the text itself is written '}}'"});
        }
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) {
            return tl::unexpected(Mistake{at, "'{' without '}'; a brace of the text itself is written '{{'"});
        }
        const std::string_view inside = text.substr(at + 1, end - at - 1);
        const std::string_view name = inside.substr(0, inside.find(':'));
        if (name.empty() || !std::all_of(name.begin(), name.end(), name_char)) {
            return tl::unexpected(Mistake{at, "'{" + util::printable(inside) + "}' does not name a fact; a brace of the text itself is written '{{'"});
        }
        std::optional<ValueFormat> format = ValueFormat{};
        if (name.size() < inside.size()) {
            format = ValueFormat::parse(inside.substr(name.size() + 1));
        }
        if (!format) {
            return tl::unexpected(Mistake{at, "there is no format '" + util::printable(inside.substr(name.size() + 1)) + "'"});
        }
        if (!literal.empty()) {
            made.m_pieces.push_back({std::move(literal), false, {}});
            literal.clear();
        }
        made.m_pieces.push_back({std::string(name), true, std::move(*format)});
        at = end;
    }
    if (!literal.empty()) {
        made.m_pieces.push_back({std::move(literal), false, {}});
    }
    return made;
}

std::optional<std::string> TextTemplate::expand(const Lookup& lookup) const
{
    std::string out;
    for (const Piece& piece : m_pieces) {
        if (!piece.placeholder) {
            out += piece.text;
            continue;
        }
        const FactValue* value = lookup.find(piece.text);
        if (value == nullptr) {
            return std::nullopt;
        }
        out += value_text(*value, piece.format, lookup.facts().utc_offset);
    }
    return out;
}

std::optional<std::string> TextTemplate::expand_command(const Lookup& lookup) const
{
    std::string out;
    char quote = 0;
    for (const Piece& piece : m_pieces) {
        if (!piece.placeholder) {
            out += piece.text;
            quote = open_quote(piece.text, quote);
            continue;
        }
        const FactValue* value = lookup.find(piece.text);
        if (value == nullptr) {
            return std::nullopt;
        }
        const bool words = std::holds_alternative<std::string>(*value) || std::holds_alternative<std::vector<std::string>>(*value);
        std::string text = value_text(*value, piece.format, lookup.facts().utc_offset);
        // Logs and job names are other people's words: what is pasted must stay one word.
        if (words && piece.format.kind == ValueFormat::Kind::plain) {
            std::string quoted = util::shell_quote(text);
            if (quoted != text && quote != 0 && text.find_first_of("'\"`$\\!\n") != std::string::npos) {
                return std::nullopt;
            }
            if (quote == 0) {
                text = std::move(quoted);
            }
        }
        out += text;
    }
    return out;
}

std::string TextTemplate::expand_with_gaps(const Lookup& lookup) const
{
    std::string out;
    for (const Piece& piece : m_pieces) {
        if (!piece.placeholder) {
            out += piece.text;
        } else if (const FactValue* value = lookup.find(piece.text)) {
            out += value_text(*value, piece.format, lookup.facts().utc_offset);
        } else {
            out += '?';
        }
    }
    return out;
}

std::string TextTemplate::misfit(const Lookup& lookup) const
{
    for (const Piece& piece : m_pieces) {
        const FactValue* value = piece.placeholder ? lookup.find(piece.text) : nullptr;
        if (value != nullptr && !piece.format.fits(*value)) {
            return piece.text;
        }
    }
    return {};
}

} // namespace hpcdoc::rules

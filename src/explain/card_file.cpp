// SPDX-License-Identifier: Apache-2.0
#include "explain/card_file.hpp"

#include <algorithm>

#include "explain/card_parse.hpp"
#include "rules/blocks.hpp"
#include "util/strings.hpp"

namespace hpcdoc::explain {

namespace {

constexpr std::string_view k_card_line = "[[card]]";

// Where each line begins that holds nothing but [[card]].
std::vector<std::size_t> card_lines(std::string_view text)
{
    std::vector<std::size_t> found;
    for (std::size_t at = text.find(k_card_line); at != std::string_view::npos; at = text.find(k_card_line, at + 1)) {
        const std::size_t end = at + k_card_line.size();
        if ((at == 0 || text[at - 1] == '\n') && (end == text.size() || text[end] == '\n')) {
            found.push_back(at);
        }
    }
    return found;
}

std::optional<std::string_view> value_of(std::string_view line, std::string_view key)
{
    if (!line.starts_with(key)) {
        return std::nullopt;
    }
    const std::string_view rest = util::trim(line.substr(key.size()));
    return rest.starts_with('=') ? std::optional(util::trim(rest.substr(1))) : std::nullopt;
}

// False: not written plainly, so that TOML's own reader must do it.
bool note_line(std::string_view line, CardHead& head)
{
    if (const auto name = value_of(line, "name")) {
        const auto strings = rules::plain_strings(*name);
        head.name = strings && strings->size() == 1 ? strings->front() : std::string();
        return !head.name.empty();
    }
    if (const auto title = value_of(line, "title")) {
        const auto strings = rules::plain_strings(*title);
        head.title = strings && !strings->empty() ? strings->front() : std::string();
        return !head.title.empty();
    }
    if (const auto also = value_of(line, "also")) {
        auto strings = rules::plain_strings(*also);
        head.also = std::move(strings).value_or(std::vector<std::string>());
        return !head.also.empty();
    }
    if (const auto number = value_of(line, "number")) {
        head.first = head.last = util::parse_signed(*number);
        return head.first.has_value();
    }
    if (const auto famous = value_of(line, "famous")) {
        head.famous = *famous == "true";
        return head.famous;
    }
    return !value_of(line, "numbers");
}

std::optional<CardHead> plain_head(std::string_view block)
{
    CardHead head;
    for (const std::string_view line : util::lines(block)) {
        if (!note_line(line, head)) {
            return std::nullopt;
        }
    }
    return head.name.empty() || head.title.empty() ? std::nullopt : std::optional(std::move(head));
}

} // namespace

std::string card_key(std::string_view name)
{
    std::string key;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') {
            key += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            key += c;
        }
    }
    return key.empty() ? std::string(name) : key;
}

// The file with this card alone, at its own line: what the cards have in common stands before the first.
std::string CardFile::alone(const std::string& text, std::size_t first, const Block& block)
{
    std::string kept = text.substr(0, first);
    kept.append(block.lines_before - static_cast<std::size_t>(std::count(kept.begin(), kept.end(), '\n')), '\n');
    return kept.append(text, block.begin, block.end - block.begin);
}

std::optional<Result<CardFile>> CardFile::read_heads(const std::filesystem::path& file, const std::string& text)
{
    const std::vector<std::size_t> begins = card_lines(text);
    if (begins.empty()) {
        return std::nullopt;
    }
    CardFile made;
    std::size_t lines = static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begins.front()), '\n'));
    for (std::size_t at = 0; at < begins.size(); ++at) {
        const std::size_t end = at + 1 < begins.size() ? begins[at + 1] : text.size();
        const std::string_view block = std::string_view(text).substr(begins[at], end - begins[at]);
        std::optional<CardHead> head = plain_head(block);
        if (!head) {
            // A range has two numbers; TOML's own reader takes such a card, as few have one.
            Result<std::vector<Card>> cards = parse_cards(file.string(), alone(text, begins.front(), {begins[at], end, lines}));
            if (!cards || cards->size() != 1) {
                return std::nullopt;
            }
            head = cards->front().head;
        }
        made.m_heads.push_back(std::move(*head));
        made.m_blocks.push_back({begins[at], end, lines});
        lines += static_cast<std::size_t>(std::count(block.begin(), block.end(), '\n'));
    }
    Result<CardKind> kind = parse_card_kind(file.string(), text.substr(0, begins.front()));
    if (!kind) {
        return tl::unexpected(kind.error());
    }
    made.m_kind = std::move(*kind);
    return made;
}

Result<CardFile> CardFile::read_whole(const std::filesystem::path& file, std::string text)
{
    CardFile made;
    HPCDOC_TRY_ASSIGN(made.m_kind, parse_card_kind(file.string(), text));
    HPCDOC_TRY_ASSIGN(std::vector<Card> cards, parse_cards(file.string(), std::move(text)));
    for (Card& card : cards) {
        made.m_heads.push_back(card.head);
        card.rule.where = "cards/" + file.filename().string() + ":" + std::to_string(card.rule.place.line);
        made.m_cards.push_back(std::make_shared<const Card>(std::move(card)));
    }
    return made;
}

Result<CardFile> CardFile::read(const std::filesystem::path& file, std::string text, bool proven)
{
    std::optional<Result<CardFile>> quick = proven ? read_heads(file, text) : std::nullopt;
    Result<CardFile> made = quick ? std::move(*quick) : read_whole(file, text);
    if (made) {
        made->m_name = file.string();
        made->m_where = "cards/" + file.filename().string();
        made->m_text = std::move(text);
    }
    return made;
}

Result<std::shared_ptr<const Card>> CardFile::card(std::size_t index) const
{
    if (!m_cards.empty()) {
        return m_cards[index];
    }
    const Block& block = m_blocks[index];
    HPCDOC_TRY_ASSIGN(std::vector<Card> cards, parse_cards(m_name, alone(m_text, m_blocks.front().begin, block)));
    if (cards.size() != 1) {
        return failure(Code::internal, "'" + m_name + "' was not taken apart card by card");
    }
    cards.front().rule.where = m_where + ":" + std::to_string(cards.front().rule.place.line);
    return std::make_shared<const Card>(std::move(cards.front()));
}

} // namespace hpcdoc::explain

// SPDX-License-Identifier: Apache-2.0
#include "redact/secret_rules.hpp"

#include <algorithm>
#include <array>

#include "config/own_files.hpp"
#include "config/toml_source.hpp"
#include "redact/words.hpp"
#include "util/strings.hpp"

namespace hpcdoc::redact {

namespace {

constexpr std::array<std::string_view, 1> k_file_keys{"rule"};
constexpr std::array<std::string_view, 7> k_rule_keys{"id",     "contains", "word_first", "pattern",
                                                      "unless", "fires",    "silent"};
constexpr std::string_view k_group = "secret";

// A line is looked at as a whole up to this length; of a longer one the part around the word that called for the rule,
// more of it as long as the match reaches the end of that part.
constexpr std::size_t k_window = 64 * 1024;
constexpr std::size_t k_window_before = 4 * 1024;
// Of a secret that begins with its word, first so much and then more.
constexpr std::size_t k_first_window = 512;
constexpr std::size_t k_longest_window = std::size_t{1} << 20;

bool line_end(char c)
{
    return c == '\n' || c == '\r' || c == '\0';
}

std::size_t line_begin(std::string_view text, std::size_t position)
{
    while (position > 0 && !line_end(text[position - 1])) {
        --position;
    }
    return position;
}

std::size_t line_stop(std::string_view text, std::size_t position)
{
    while (position < text.size() && !line_end(text[position])) {
        ++position;
    }
    return position;
}

Span span_of(const scan::Match& match, std::string_view text, std::string_view rule)
{
    for (const scan::Capture& capture : match.captures) {
        if (capture.name == k_group) {
            const auto begin = static_cast<std::size_t>(capture.text.data() - text.data());
            return {begin, begin + capture.text.size(), rule, capture.text};
        }
    }
    return {match.begin, match.end, rule, text.substr(match.begin, match.end - match.begin)};
}

// What was cleaned before is found no second time.
bool is_cleaned(std::string_view line, const scan::Match& match, std::string_view secret)
{
    constexpr std::string_view k_placeholder_mark = "[REDACTED:";
    const auto begin = static_cast<std::size_t>(secret.data() - line.data());
    return secret.starts_with(k_placeholder_mark) || line.substr(0, begin).ends_with(k_placeholder_mark) ||
           line.substr(match.begin).starts_with(k_placeholder_mark);
}

} // namespace

Result<void> SecretRules::add_file(const std::filesystem::path& file)
{
    HPCDOC_TRY_ASSIGN(std::string text, config::read_own_file(file));
    HPCDOC_TRY_ASSIGN(const config::TomlSource read, config::TomlSource::parse(file.string(), std::move(text)));
    config::TomlReader toml(read.source);
    toml.only(read.root, k_file_keys, "file of redaction rules");
    for (const toml::table* table : toml.tables(read.root, "rule")) {
        toml.only(*table, k_rule_keys, "redaction rule");
        std::string id = toml.needed_text(*table, "id", "rule").value;
        config::TomlText pattern = toml.needed_text(*table, "pattern", "rule");
        const auto unless = toml.text(*table, "unless");
        const bool word_first = toml.flag(*table, "word_first").value_or(false);
        const std::vector<config::TomlText> contains = toml.texts(*table, "contains");
        if (contains.empty()) {
            toml.fail(*table, "this rule has no 'contains'", "name words that every line with such a secret has");
        }
        for (const config::TomlText& word : contains) {
            m_words.push_back(word.value);
            m_word_rule.push_back(m_rules.size());
        }
        m_rules.push_back({std::move(id), scan::Pattern(std::move(pattern.value)),
                           unless ? std::optional(scan::Pattern(unless->value)) : std::nullopt, word_first,
                           pattern.place, read.source});
        HPCDOC_TRY(toml.result());
    }
    return toml.result();
}

Result<SecretRules> SecretRules::load(std::span<const std::filesystem::path> dirs)
{
    SecretRules made;
    for (const std::filesystem::path& dir : dirs) {
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(dir, ".toml"));
        for (const std::string& name : names) {
            HPCDOC_TRY(made.add_file(dir / name));
        }
    }
    if (made.m_rules.empty() && !dirs.empty()) {
        // Without rules everything would pass as clean.
        return failure(Code::config, "no redaction rules in '" + dirs.front().string() + "'",
                       "reinstall hpcdoc, or set HPCDOC_SHARE to its share directory");
    }
    return made;
}

Result<void> SecretRules::check(const Rule& rule)
{
    for (const scan::Pattern* pattern : {&rule.pattern, rule.unless ? &*rule.unless : &rule.pattern}) {
        if (const auto mistake = pattern->mistake()) {
            return tl::unexpected(rule.source->error(rule.place, "wrong pattern: " + util::printable(*mistake)));
        }
    }
    return {};
}

void SecretRules::add(const Rule& rule, std::string_view line, std::size_t line_begin, const scan::Match& match,
                      Spans& spans)
{
    Span span = span_of(match, line, rule.id);
    if (span.end > span.begin && !is_cleaned(line, match, span.secret) &&
        !(rule.unless && rule.unless->matches(span.secret))) {
        span.begin += line_begin;
        span.end += line_begin;
        spans.push_back(span);
    }
}

// Only what begins with the word is looked at: most words that look like the beginning of a secret are none, and this
// is cheaper than to search their lines. Returns up to where was looked.
Result<std::size_t> SecretRules::find_word_first(const Rule& rule, std::string_view text, std::size_t position,
                                                 Spans& spans) const
{
    if (!starts_word(text, position)) {
        return position;
    }
    HPCDOC_TRY(check(rule));
    const std::string_view rest = text.substr(position);
    for (std::size_t window = k_first_window;; window *= 8) {
        const std::size_t end = line_stop(rest.substr(0, window), 0);
        const auto match = rule.pattern.find_at(rest.substr(0, end), 0);
        if (match && match->end == window && window < rest.size() && window < k_longest_window) {
            continue;
        }
        if (match) {
            add(rule, rest.substr(0, end), position, *match, spans);
        }
        return position + (match ? match->end : 1);
    }
}

// The window is widened when a match needs more of the line.
Result<void> SecretRules::find_in_line(const Rule& rule, std::string_view text, Part whole, Part& window,
                                       Spans& spans) const
{
    HPCDOC_TRY(check(rule));
    const std::string_view line =
        text.substr(whole.begin, whole.end - whole.begin); // anchors see the line, not the window
    std::size_t at = window.begin - whole.begin;
    while (const auto match = rule.pattern.find(line, at, window.end - whole.begin)) {
        if (match->end == window.end - whole.begin && window.end < whole.end) {
            window.end = std::min(whole.end, window.end + 4 * (window.end - window.begin));
            at = match->begin;
            continue;
        }
        add(rule, line, whole.begin, *match, spans);
        at = std::max(match->end, match->begin + 1);
    }
    return {};
}

Result<void> SecretRules::find(std::string_view text, const scan::WordFinder::Hits& hits, Spans& spans) const
{
    std::vector<std::size_t> done(m_rules.size(), 0); // up to where each rule has looked
    Part line;                                        // of the last hit
    for (const scan::WordFinder::Hit& hit : hits) {
        const std::size_t index = m_word_rule[hit.word];
        if (hit.position < done[index]) {
            continue;
        }
        if (m_rules[index].word_first) {
            HPCDOC_TRY_ASSIGN(done[index], find_word_first(m_rules[index], text, hit.position, spans));
            continue;
        }
        if (hit.position >= line.end) {
            line = {line_begin(text, hit.position), line_stop(text, hit.position)};
        }
        Part window = line;
        if (line.end - line.begin > k_window) {
            window.begin = std::max(line.begin, hit.position - std::min(hit.position, k_window_before));
            window.end = std::min(line.end, hit.position + k_window);
        }
        window.begin = std::max(window.begin, done[index]);
        HPCDOC_TRY(find_in_line(m_rules[index], text, line, window, spans));
        done[index] = window.end;
    }
    return {};
}

} // namespace hpcdoc::redact

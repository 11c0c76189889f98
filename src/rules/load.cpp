// SPDX-License-Identifier: Apache-2.0
#include "rules/load.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "config/own_files.hpp"
#include "rules/blocks.hpp"
#include "rules/explain.hpp"
#include "util/strings.hpp"

namespace hpcdoc::rules {

namespace {

using File = TopicFile;

// The topic of a file that lies in no folder of one: as its first lines say, `topic = "job"`, else "log".
std::string topic_of(std::string_view text)
{
    for (const std::string_view line : util::lines(text.substr(0, text.find("[[")))) {
        const std::string_view rest = line.starts_with("topic") ? util::trim(line.substr(5)) : std::string_view();
        if (rest.starts_with('=')) {
            const auto names = plain_strings(rest.substr(1, rest.find('#') - 1));
            return names && names->size() == 1 ? names->front() : std::string();
        }
    }
    return std::string(k_log_topic);
}

Result<void> add_loose_files(const std::filesystem::path& dir, std::size_t layer, std::string_view topic, std::vector<File>& files)
{
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(dir, ".toml"));
    for (const std::string& name : names) {
        HPCDOC_TRY_ASSIGN(const std::string text, config::read_own_file(dir / name));
        if (topic_of(text) == topic) {
            files.push_back({name, layer, dir / name});
        }
    }
    return {};
}

// What a site calls "solver.toml" knows its lines better than hpcdoc's own rules, above all the general ones at their end.
std::string rank_of(const File& file)
{
    const auto digit = [&](std::size_t at) { return at < file.name.size() && file.name[at] >= '0' && file.name[at] <= '9'; };
    return file.layer > 0 && !(digit(0) && digit(1)) ? "00-" + file.name : file.name;
}

} // namespace

// By name over all directories, so that the two digits in front order a site's files among ours; a site's without digits
// come first.
Result<std::vector<TopicFile>> files_of(std::span<const std::filesystem::path> dirs, std::string_view topic)
{
    std::vector<File> files;
    for (std::size_t layer = 0; layer < dirs.size(); ++layer) {
        const std::filesystem::path dir = dirs[layer] / topic;
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(dir, ".toml"));
        for (const std::string& name : names) {
            files.push_back({name, layer, dir / name});
        }
        HPCDOC_TRY(add_loose_files(dirs[layer], layer, topic, files));
    }
    std::stable_sort(files.begin(), files.end(), [](const File& a, const File& b) { return rank_of(a) < rank_of(b); });
    return files;
}

namespace {

// Of two rules with one key, that of the later directory stays; in one directory the later one.
void keep_one_of_each_key(Topic& topic)
{
    std::map<std::string_view, std::size_t> kept;
    std::vector<bool> drop(topic.rules.size(), false);
    for (std::size_t at = 0; at < topic.rules.size(); ++at) {
        const Rule& rule = topic.rules[at].head();
        const auto [entry, fresh] = kept.emplace(rule.key, at);
        if (fresh) {
            continue;
        }
        const Rule& other = topic.rules[entry->second].head();
        if (other.layer == rule.layer) {
            topic.doubled.push_back({rule.source->where(rule.place), rule.key, other.where});
        }
        const std::size_t loser = other.layer > rule.layer ? at : entry->second;
        drop[loser] = true;
        topic.replaced.emplace(rule.key, topic.rules[loser].head().source->where(topic.rules[loser].head().place));
        entry->second = other.layer > rule.layer ? entry->second : at;
    }
    std::vector<TopicRule> rest;
    for (std::size_t at = 0; at < topic.rules.size(); ++at) {
        if (!drop[at]) {
            rest.push_back(std::move(topic.rules[at]));
        }
    }
    topic.rules = std::move(rest);
}

void index_words(Topic& topic, std::string_view ordinary)
{
    std::vector<std::string> words;
    for (std::uint32_t at = 0; at < topic.rules.size(); ++at) {
        const LogPart& log = topic.rules[at].head().log;
        for (const std::string& word : log.contains) {
            if (log.kind == LogMatch::Kind::noise) {
                topic.noise.push_back({word, at});
            } else {
                words.push_back(word);
                topic.word_rule.push_back(at);
            }
        }
    }
    if (!words.empty()) {
        topic.words = scan::GramFinder(std::move(words), ordinary);
    }
}

// Beside log rules stands a sample of logs in which all is well: see GramFinder.
Result<std::string> ordinary_text(std::span<const std::filesystem::path> dirs, std::string_view topic)
{
    std::string text;
    for (const std::filesystem::path& dir : dirs) {
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> files, config::own_files_in(dir / topic, ".txt"));
        for (const std::string& file : files) {
            HPCDOC_TRY_ASSIGN(const std::string read, config::read_own_file(dir / topic / file));
            text += read;
        }
    }
    return text;
}

// Where the rule stands, for findings and for the order of layers.
Rule placed(Rule rule, const File& file, std::string_view topic)
{
    rule.layer = file.layer;
    rule.where = std::string(topic) + "/" + file.name + ":" + std::to_string(rule.place.line);
    return rule;
}

Result<void> add_message(Topic& topic, std::optional<Message> message, std::size_t layer)
{
    if (!message) {
        return {};
    }
    if (topic.message && topic.message_layer == layer) {
        return tl::unexpected(message->source->error(message->place, "a topic has one 'message', and this one has a second",
                                                     "the first is at " + topic.message->source->where(topic.message->place)));
    }
    if (!topic.message || topic.message_layer < layer) {
        topic.message = std::move(message);
        topic.message_layer = layer;
    }
    return {};
}

// A wrong pattern of a site's is refused at once, not when a log first has its words.
Result<void> check_log_patterns(const Rule& rule)
{
    for (const PlacedPattern& placed : rule.log.patterns) {
        if (const auto mistake = placed.pattern.mistake()) {
            return tl::unexpected(wrong_pattern(*rule.source, placed.place, *mistake));
        }
    }
    return {};
}

Result<void> add_whole_file(Topic& topic, const File& file, std::string text, WithExamples examples)
{
    HPCDOC_TRY_ASSIGN(RuleFile read, parse_rule_file(file.path.string(), std::move(text), topic.name, examples));
    for (Rule& rule : read.rules) {
        if (file.layer > 0 && examples == WithExamples::no) { // with them it is the lint that tells
            HPCDOC_TRY(check_log_patterns(rule));
        }
        topic.rules.emplace_back(placed(std::move(rule), file, topic.name));
    }
    return add_message(topic, std::move(read.message), file.layer);
}

Result<Rule> read_block(std::string_view text, const Blocks::Block& block, const File& file, std::string_view topic)
{
    HPCDOC_TRY_ASSIGN(RuleFile read, parse_rule_file(file.path.string(), text_of_block(text, block), topic, WithExamples::no));
    if (read.rules.size() != 1) {
        return failure(Code::internal, "'" + file.path.string() + "' was not taken apart rule by rule");
    }
    return placed(std::move(read.rules.front()), file, topic);
}

std::string only_string(std::string_view value)
{
    const auto strings = plain_strings(value);
    return strings && strings->size() == 1 ? strings->front() : std::string();
}

// The heads of log rules are so plain that TOML's own reader, by far the slowest part of it all, is not needed. None when
// one of them is not.
std::vector<Rule> plain_log_heads(const Blocks& blocks, const std::string& file)
{
    const auto source = std::make_shared<const config::SourceText>(config::SourceText{file, {}});
    std::vector<Rule> heads;
    for (const Blocks::Block& block : blocks.rules) {
        Rule rule;
        rule.id = only_string(block.id);
        rule.key = block.name.empty() ? rule.id : only_string(block.name);
        auto words = plain_strings(block.contains);
        if (rule.id.empty() || rule.key.empty() || !words || words->empty()) {
            return {};
        }
        rule.log.contains = std::move(*words);
        rule.log.kind = only_string(block.kind) == "noise" ? LogMatch::Kind::noise : LogMatch::Kind::root; // or an echo
        rule.place = {block.lines_before + 1, 1};
        rule.source = source;
        heads.push_back(std::move(rule));
    }
    return heads;
}

Result<std::vector<Rule>> heads_of(Blocks& blocks, const std::string& file, std::string_view topic)
{
    if (topic == k_log_topic) {
        if (std::vector<Rule> plain = plain_log_heads(blocks, file); !plain.empty()) {
            return plain;
        }
    }
    return parse_rule_heads(file, std::move(blocks.heads), topic);
}

// False: read it in full.
Result<bool> add_heads(Topic& topic, const File& file, const std::shared_ptr<const std::string>& text)
{
    std::optional<Blocks> blocks = find_blocks(*text);
    if (!blocks) {
        return false;
    }
    Result<std::vector<Rule>> heads = heads_of(*blocks, file.path.string(), topic.name);
    if (!heads || heads->size() != blocks->rules.size()) {
        return false;
    }
    for (std::size_t at = 0; at < heads->size(); ++at) {
        const auto read = [text, block = blocks->rules[at], file, name = topic.name] { return read_block(*text, block, file, name); };
        topic.rules.emplace_back(placed(std::move((*heads)[at]), file, topic.name), read);
    }
    if (blocks->message) {
        HPCDOC_TRY_ASSIGN(RuleFile read, parse_rule_file(file.path.string(), text_of_block(*text, *blocks->message), topic.name, WithExamples::no));
        HPCDOC_TRY(add_message(topic, std::move(read.message), file.layer));
    }
    return true;
}

// hpcdoc's own files are long, and its tests prove every rule of them; what a site adds is read in full, so that a
// mistake is told at once and not when the rule is first needed.
bool is_proven(const File& file, std::string_view text)
{
    constexpr std::size_t k_short_file = 4096;
    return file.layer == 0 && text.size() > k_short_file;
}

Result<void> add_file(Topic& topic, const File& file, WithExamples examples)
{
    HPCDOC_TRY_ASSIGN(std::string read, config::read_own_file(file.path));
    if (examples == WithExamples::no && is_proven(file, read)) {
        const auto text = std::make_shared<const std::string>(std::move(read));
        HPCDOC_TRY_ASSIGN(const bool added, add_heads(topic, file, text));
        return added ? Result<void>() : add_whole_file(topic, file, *text, examples);
    }
    return add_whole_file(topic, file, std::move(read), examples);
}

} // namespace

Result<Topic> load_topic(std::span<const std::filesystem::path> dirs, std::string_view topic, WithExamples examples)
{
    Topic made;
    made.name = topic;
    HPCDOC_TRY_ASSIGN(const std::vector<File> files, files_of(dirs, topic));
    if (files.empty() && !dirs.empty()) {
        // Without its rules hpcdoc would call everything fine.
        return failure(Code::config, "no rules for '" + std::string(topic) + "' in '" + dirs.front().string() + "'",
                       "reinstall hpcdoc, or set HPCDOC_SHARE to its share directory");
    }
    for (const File& file : files) {
        HPCDOC_TRY(add_file(made, file, examples));
    }
    keep_one_of_each_key(made);
    HPCDOC_TRY_ASSIGN(const std::string ordinary, ordinary_text(dirs, topic));
    index_words(made, ordinary);
    return made;
}

Result<std::vector<std::string>> topics_in(std::span<const std::filesystem::path> dirs)
{
    std::set<std::string> names;
    for (const std::filesystem::path& dir : dirs) {
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> found, config::own_dirs_in(dir));
        for (const std::string& name : found) {
            HPCDOC_TRY_ASSIGN(const std::vector<std::string> files, config::own_files_in(dir / name, ".toml"));
            if (!files.empty()) {
                names.insert(name);
            }
        }
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> loose, config::own_files_in(dir, ".toml"));
        for (const std::string& name : loose) {
            HPCDOC_TRY_ASSIGN(const std::string text, config::read_own_file(dir / name));
            names.insert(topic_of(text));
        }
    }
    return std::vector<std::string>(names.begin(), names.end());
}

} // namespace hpcdoc::rules

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include <hpcdoc/rules.hpp>

#include "app/command_line.hpp"
#include "app/hidden.hpp"
#include "app/roff.hpp"
#include "config/own_files.hpp"
#include "util/strings.hpp"

namespace hpcdoc::app {

namespace {

using Block = MarkdownBlock;
using Blocks = std::vector<Block>;

std::string page_name(std::string_view path)
{
    return "hpcdoc-" + util::replace_all(std::string(path), " ", "-");
}

bool is_section(const Block& block, std::string_view title)
{
    return block.kind == Block::Kind::heading && block.level == 2 && util::equal_ignoring_case(block.text, title);
}

// Takes the section out of the blocks; manual pages want it last.
Blocks take_section(Blocks& blocks, std::string_view title)
{
    const auto begin =
        std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return is_section(block, title); });
    if (begin == blocks.end()) {
        return {};
    }
    const auto end = std::find_if(begin + 1, blocks.end(), [](const Block& block) {
        return block.kind == Block::Kind::heading && block.level <= 2;
    });
    Blocks taken(begin, end);
    blocks.erase(begin, end);
    return taken;
}

void add_blocks(Roff& page, const Blocks& blocks)
{
    for (const Block& block : blocks) {
        page.block(block);
    }
}

void add_commands(Roff& page, CommandTable table)
{
    for (const CommandEntry& entry : table) {
        page.item("hpcdoc " + std::string(entry.info.path),
                  std::string(entry.info.summary) + "; see " + page_name(entry.info.path) + "(1)");
    }
}

void add_commands_below(Roff& page, CommandTable table, std::string_view path)
{
    const std::vector<const CommandEntry*> below = commands_below(table, path);
    if (!below.empty()) {
        page.heading("Commands");
    }
    for (const CommandEntry* entry : below) {
        page.item("hpcdoc " + std::string(entry->info.path),
                  std::string(entry->info.summary) + "; see " + page_name(entry->info.path) + "(1)");
    }
}

// "# hpcdoc.toml - settings of hpcdoc": the name and what it is.
std::string about_of(const Blocks& blocks)
{
    if (blocks.empty() || blocks.front().kind != Block::Kind::heading || blocks.front().level != 1) {
        return {};
    }
    const std::string& title = blocks.front().text;
    for (const std::string_view dash : {" - ", " — ", " – ", ": "}) {
        if (const std::size_t at = title.find(dash); at != std::string::npos) {
            return title.substr(at + dash.size());
        }
    }
    return {};
}

// A template's placeholders, as a reader understands them: "{memory.limit:slurm}" becomes *memory.limit*.
std::string readable_title(std::string_view title)
{
    std::string out;
    for (std::size_t i = 0; i < title.size(); ++i) {
        const std::size_t close = title.find('}', i);
        if (title.substr(i).starts_with("{{") || title.substr(i).starts_with("}}")) {
            out += title[i++];
        } else if (title[i] == '{' && close != std::string_view::npos) {
            const std::string_view name = title.substr(i + 1, close - i - 1);
            out += "*" + std::string(name.substr(0, name.find(':'))) + "*";
            i = close;
        } else {
            out += title[i];
        }
    }
    return out;
}

} // namespace

Result<std::string> man_page(CommandTable table, const std::string& path)
{
    const CommandEntry* entry = find_command(table, path);
    if (entry == nullptr) {
        return failure(Code::usage, "'" + path + "' is not a command");
    }
    const std::vector<OptionInfo> options = command_options(*entry);
    const bool has_positionals =
        std::any_of(options.begin(), options.end(), [](const OptionInfo& option) { return option.is_positional(); });
    Roff page(page_name(path), "1");
    page.name(page_name(path), entry->info.summary);
    page.synopsis(usage_line(path, options, true));
    Blocks blocks = parse_markdown(entry->info.help);
    if (!blocks.empty() && blocks.front().level == 1) {
        blocks.erase(blocks.begin());
    }
    const Blocks see_also = take_section(blocks, "See also");
    add_blocks(page, blocks);
    add_commands_below(page, table, entry->info.path);
    if (has_positionals) {
        page.heading("Arguments");
        page.options(options, true);
    }
    page.heading("Options");
    page.options(options, false);
    page.subheading("Options of every command");
    page.options(global_options(), false);
    add_blocks(page, see_also);
    return std::move(page).text();
}

Result<std::string> findings_page(const std::filesystem::path& share)
{
    const RuleBook rules({share / "rules"});
    HPCDOC_TRY_ASSIGN(const std::vector<RuleInfo> all, rules.rules());
    std::map<std::string, std::vector<const RuleInfo*>> by_id;
    for (const RuleInfo& rule : all) {
        by_id[rule.id].push_back(&rule);
    }
    Roff page("hpcdoc-findings", "7");
    page.name("hpcdoc-findings", "what hpcdoc can find, by the ids that its reports give");
    page.heading("Description");
    page.paragraph(
        "Each finding has an id that is never renamed or used for anything else, so that scripts can rely on it. "
        "Words in *italics* stand for what was found. A site may add rules of its own: see **hpcdoc-rules**(5).");
    page.heading("Findings");
    for (const auto& [id, same] : by_id) {
        std::string text =
            std::string(to_string(same.front()->severity)) + ". " + readable_title(same.front()->title) + ".";
        if (!same.front()->labels.empty()) {
            text += " Labels: " + util::join(same.front()->labels, ", ") + ".";
        }
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
        page.item(id, text);
    }
    page.heading("What hpcdoc explain says");
    page.paragraph("A card of **hpcdoc explain** gives an id of its kind and name: *signal.sigkill*, *exit.137*, *errno.enospc*, *xid.79*, "
                   "*cuda.error-no-device*, *kubernetes.oom-killed*, *job-state.node-fail*, *node-state.drain*. **hpcdoc explain --list** shows them all; "
                   "*explain.unknown* says that nothing knows the text.");
    page.heading("See also");
    page.paragraph("**hpcdoc**(1), **hpcdoc-explain**(1), **hpcdoc-rules**(5)");
    return std::move(page).text();
}

Result<std::string> page_from_markdown(CommandTable table, const std::filesystem::path& file)
{
    HPCDOC_TRY_ASSIGN(const std::string text, config::read_own_file(file));
    const std::filesystem::path stem = file.stem(); // "hpcdoc.toml.5" of "hpcdoc.toml.5.md"
    const std::string section = stem.extension().string();
    const std::string name = stem.stem().string();
    if (section.size() != 2) {
        return failure(Code::usage, "'" + file.string() + "' is not named like a manual page",
                       "as in hpcdoc.toml.5.md");
    }
    Blocks blocks = parse_markdown(text);
    Roff page(name, section.substr(1));
    if (std::none_of(blocks.begin(), blocks.end(), [](const Block& block) { return is_section(block, "Name"); })) {
        page.name(name, about_of(blocks));
    }
    for (const Block& block : blocks) {
        if (block.kind == Block::Kind::paragraph && block.text == "@commands@") {
            add_commands(page, table);
        } else if (block.kind == Block::Kind::paragraph && block.text == "@options@") {
            page.options(global_options(), false);
        } else if (block.kind != Block::Kind::heading || block.level > 1) {
            page.block(block);
        }
    }
    return std::move(page).text();
}

} // namespace hpcdoc::app

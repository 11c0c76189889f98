// SPDX-License-Identifier: Apache-2.0
#include "bundle/compare.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "bundle/keyed.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

constexpr std::size_t k_most_names = 200;
constexpr std::size_t k_most_lines = 20; // gone, and as many new: more is another text, not a changed one
constexpr std::string_view k_none = "-";

bool is_path_list(std::string_view value)
{
    return util::contains(value, ":") && value.starts_with('/');
}

std::string missing_of(std::string_view list, std::string_view other, char sign)
{
    std::set<std::string_view> there;
    for (const std::string_view part : util::split(other, ':')) {
        there.insert(part);
    }
    std::vector<std::string> missing;
    for (const std::string_view part : util::split(list, ':')) {
        if (!there.contains(part)) {
            missing.push_back(sign + std::string(part));
        }
    }
    return util::join(missing, " ");
}

// Of a long PATH only what is not in both.
void shorten_path_lists(std::string& before, std::string& after)
{
    if (!is_path_list(before) || !is_path_list(after)) {
        return;
    }
    const std::string gone = missing_of(before, after, '-'), fresh = missing_of(after, before, '+');
    if (gone.empty() && fresh.empty()) {
        before = "the same directories";
        after = "in another order";
        return;
    }
    before = gone.empty() ? std::string(k_none) : gone;
    after = fresh.empty() ? std::string(k_none) : fresh;
}

std::optional<Table> compare_names(Table table, const Values& before, const Values& after, bool counts,
                                   const Noise& noise)
{
    std::set<std::string> names;
    for (const Values* values : {&before, &after}) {
        for (const auto& [name, value] : *values) {
            names.insert(name);
        }
    }
    table.columns = {"Name", "Before", "After"};
    std::size_t differing = 0;
    for (const std::string& name : names) {
        const auto a = before.find(name), b = after.find(name);
        const bool both = a != before.end() && b != after.end();
        if (noise.variable(name) || (both && noise.mask(a->second, counts) == noise.mask(b->second, counts))) {
            continue;
        }
        if (++differing > k_most_names) {
            continue;
        }
        std::string was(a == before.end() ? k_none : std::string_view(a->second));
        std::string is(b == after.end() ? k_none : std::string_view(b->second));
        shorten_path_lists(was, is);
        table.rows.push_back({name, std::move(was), std::move(is)});
    }
    if (differing > k_most_names) {
        table.rows.push_back({fmt::format("{} more", differing - k_most_names), "", ""});
    }
    return differing == 0 ? std::nullopt : std::optional(std::move(table));
}

// Lines of one text that the other does not have, in their order. Lines that only moved are in both.
std::vector<std::string_view> only_in(const std::string& text, const std::string& other, bool counts,
                                      const Noise& noise)
{
    std::map<std::string, std::size_t> there;
    for (const std::string_view line : util::lines(other)) {
        ++there[noise.mask(line, counts)];
    }
    std::vector<std::string_view> only;
    for (const std::string_view line : util::lines(text)) {
        const auto found = there.find(noise.mask(line, counts));
        if (found == there.end() || found->second == 0) {
            only.push_back(line);
        } else {
            --found->second;
        }
    }
    return only;
}

std::optional<Table> compare_lines(Table table, const Piece& before, const Piece& after, const Noise& noise)
{
    const bool counts = before.counts;
    const auto gone = only_in(before.text, after.text, counts, noise);
    const auto fresh = only_in(after.text, before.text, counts, noise);
    if (gone.empty() && fresh.empty()) {
        return std::nullopt;
    }
    table.columns = {"", "Line"};
    if (gone.size() > k_most_lines || fresh.size() > k_most_lines) {
        table.rows.push_back(
            {"", fmt::format("another text: {} of {} lines gone, {} of {} new", gone.size(),
                             util::lines(before.text).size(), fresh.size(), util::lines(after.text).size())});
        return table;
    }
    for (const std::string_view line : gone) {
        table.rows.push_back({"-", std::string(line)});
    }
    for (const std::string_view line : fresh) {
        table.rows.push_back({"+", std::string(line)});
    }
    return table;
}

} // namespace

std::optional<Table> compare(const std::string& id, const Piece& before, const Piece& after, const Noise& noise)
{
    if (before.text == after.text) {
        return std::nullopt;
    }
    Table table{id, before.about, {}, {}};
    const auto values = keyed(before.text, after.text);
    return values ? compare_names(std::move(table), values->first, values->second, before.counts, noise)
                  : compare_lines(std::move(table), before, after, noise);
}

} // namespace hpcdoc::bundle

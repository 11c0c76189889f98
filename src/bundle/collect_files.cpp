// SPDX-License-Identifier: Apache-2.0
// The parts of a collection that are no probes: mounts, the user's files, and what log rules know in a job's output.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <hpcdoc/rules.hpp>
#include <hpcdoc/terminal.hpp>

#include "bundle/collect.hpp"
#include "bundle/crew.hpp"
#include "host/mounts.hpp"
#include "util/strings.hpp"
#include "util/table.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;

constexpr std::uint64_t k_path_head = 256u << 10, k_path_tail = 512u << 10; // of a file that the user names
constexpr std::size_t k_most_files = 200;   // of directories that the user names, all together
constexpr unsigned k_deepest = 4;
constexpr std::uint64_t k_log_head = 4u << 20, k_log_tail = 12u << 20; // where log rules look
constexpr std::size_t k_around = 8;          // lines kept before and after one that a rule knows
constexpr std::size_t k_most_matches = 40;
constexpr std::size_t k_longest_line = 2000; // bytes

std::string space_line(const Mount& mount, const Result<SpaceInfo>& space, std::chrono::milliseconds took)
{
    std::string line = fmt::format("{}  {}  {}  ", mount.point, mount.type, mount.source);
    if (!space) {
        return line + (space.error().code == Code::timed_out
                           ? fmt::format("DOES NOT ANSWER (asked for {:.1f} s)", static_cast<double>(took.count()) / 1000)
                           : space.error().message);
    }
    return line + fmt::format("{} of {} free, {} of {} inodes free, answered in {} ms", util::human_size(space->available),
                              util::human_size(space->total), space->inodes_free, space->inodes, took.count());
}

// Real storage: what a person can fill or lose.
bool is_storage(const Mount& mount)
{
    static const std::set<std::string, std::less<>> k_local{"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay", "vfat"};
    return mount.network() || k_local.contains(mount.type);
}

void add_region(const std::vector<std::string_view>& lines, std::size_t line, std::size_t& told, std::string& text)
{
    const std::size_t begin = std::max(line - std::min(line, k_around), told);
    const std::size_t end = std::min(lines.size(), line + k_around + 1);
    if (begin > told && told > 0) {
        text += "…\n";
    }
    for (std::size_t i = begin; i < end; ++i) {
        text += fmt::format("{:>8}  {}\n", i + 1, util::printable(lines[i].substr(0, k_longest_line)));
    }
    told = std::max(told, end);
}

std::string matches_in(const RuleBook& rules, std::string_view text, const std::string& source)
{
    const Result<std::vector<LogMatch>> found = rules.read_log(text, source, Facts{});
    std::vector<std::size_t> at;
    for (const LogMatch& match : found ? *found : std::vector<LogMatch>{}) {
        if (match.kind != LogMatch::Kind::noise && match.line > 0 && at.size() < k_most_matches) {
            at.push_back(match.line - 1);
        }
    }
    std::sort(at.begin(), at.end());
    const std::vector<std::string_view> lines = util::lines(text);
    std::string regions;
    std::size_t told = 0;
    for (const std::size_t line : at) {
        if (line < lines.size()) {
            add_region(lines, line, told, regions);
        }
    }
    return regions;
}

} // namespace

void Collector::look_at_mounts()
{
    const Result<std::vector<Mount>> mounts = m_ctx.host.mounts();
    if (!mounts) {
        return;
    }
    std::vector<Mount> storage;
    std::copy_if(mounts->begin(), mounts->end(), std::back_inserter(storage), is_storage);
    std::vector<std::string> names, lines(storage.size());
    std::transform(storage.begin(), storage.end(), std::back_inserter(names), [](const Mount& mount) { return mount.point; });
    const Mount* home = mount_of(*mounts, m_scope.user.home);
    std::vector<std::pair<Item, DeadMount>> dead(storage.size());
    work_through(names, m_until, m_outer.stop, m_outer.terminal, workers(), [&](std::size_t index) {
        const auto begun = std::chrono::steady_clock::now();
        const Result<SpaceInfo> space = m_ctx.host.space(storage[index].point);
        const std::chrono::milliseconds took = since(begun);
        lines[index] = space_line(storage[index], space, took);
        if (!space && space.error().code == Code::timed_out) {
            const Mount& mount = storage[index];
            Item one = item("fs.mount", Item::Kind::file, "every program that touches it waits for it");
            one.path = mount.point;
            one.status = Item::Status::unkillable;
            one.note = fmt::format("the {} file system on {} does not answer", mount.type, mount.point);
            one.duration = took;
            dead[index] = {std::move(one), DeadMount{mount, took, home != nullptr && *home == mount}};
        }
    });
    std::string text;
    for (const std::string& line : lines) {
        text += line.empty() ? "" : util::printable(line) + "\n";
    }
    add_text("fs.space", "collect/fs/space.txt", std::move(text), "space and inodes, and whether each file system answers");
    for (auto& [one, mount] : dead) {
        if (!one.id.empty()) {
            m_collected.items.push_back(std::move(one));
            m_collected.dead_mounts.push_back(std::move(mount));
        }
    }
}

void Collector::take_path(const std::string& path, unsigned depth)
{
    const Result<FileInfo> info = m_ctx.host.lstat(path);
    if (!info || info->kind != FileKind::directory) {
        Probe probe;
        probe.id = "path." + std::to_string(++m_paths);
        probe.why = "you named it";
        probe.file = path;
        probe.head = k_path_head;
        probe.tail = k_path_tail;
        if (info && info->kind != FileKind::regular && depth > 0) {
            return; // a link, a FIFO or a device in a directory: never followed, never opened
        }
        m_collected.items.push_back(read_file(probe));
        return;
    }
    const Result<std::vector<std::string>> names = m_ctx.host.list(path);
    if (!names) {
        lost_path(path, status_of(names.error()), names.error().message);
        return;
    }
    if (names->empty() && depth == 0) {
        lost_path(path, Item::Status::missing, "there is nothing in this directory");
    }
    for (const std::string& name : *names) {
        if (m_paths >= k_most_files || depth >= k_deepest) {
            const std::string why = m_paths >= k_most_files ? fmt::format("more than {} files are not taken", k_most_files)
                                                            : fmt::format("more than {} directories deep nothing is taken", k_deepest);
            if (m_cut.insert(why).second) { // once is enough
                lost_path(path, Item::Status::budget, why + ": pack them with tar(1), or name those that matter");
            }
            return;
        }
        if (time_is_over()) {
            return;
        }
        take_path(path + (path.ends_with('/') ? "" : "/") + name, depth + 1);
    }
}

// What the user named and does not get must be said.
void Collector::lost_path(const std::string& path, Item::Status status, std::string why)
{
    Item made = item("path." + std::to_string(++m_paths), Item::Kind::file, "you named it");
    made.path = path;
    made.status = status;
    made.note = std::move(why);
    m_collected.items.push_back(std::move(made));
}

void Collector::take_paths(const std::vector<std::string>& paths)
{
    for (const std::string& path : paths) {
        m_outer.terminal.progress(path);
        m_cut.clear(); // told of each path by itself
        take_path(path, 0);
    }
}

void Collector::take_log_matches()
{
    std::set<std::string> logs;
    for (const Report& report : m_reports) {
        for (const Fact& fact : report.facts()) {
            if ((fact.name == "log.path" || fact.name == "log.error_path") && fact.value.starts_with('/')) {
                logs.insert(fact.value);
            }
        }
    }
    std::size_t number = 0;
    for (const std::string& log : logs) {
        if (time_is_over()) {
            return;
        }
        m_outer.terminal.progress(log);
        const Result<FileEnds> ends = m_outer.host.read_ends(log, k_log_head, k_log_tail); // only the matches are kept
        if (!ends) {
            continue;
        }
        const Result<std::string> head = m_redactor.clean(ends->head), end = m_redactor.clean(ends->tail);
        if (!head || !end) {
            continue; // what cannot be cleaned is not looked at
        }
        std::string text = matches_in(m_outer.rules, *head, log);
        const std::string tail = matches_in(m_outer.rules, *end, log);
        text += tail.empty() ? "" : fmt::format("from byte {} on; lines are counted from there\n{}", ends->tail_offset, tail);
        if (!text.empty()) {
            ++number;
            add_text(fmt::format("log.matches-{}", number), fmt::format("collect/log/matches-{}.txt", number), log + "\n\n" + text,
                     "the places of the log that hpcdoc's rules know");
        }
    }
}

} // namespace hpcdoc::bundle

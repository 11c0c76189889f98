// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/filename.hpp>

#include <algorithm>

#include <fmt/format.h>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr std::uint64_t k_no_task = 0xfffffffe; // %a outside arrays: NO_VAL of slurm.h, printed as it is

std::string padded(std::uint64_t value, std::size_t width)
{
    constexpr std::size_t k_widest = 10; // slurmd/common/fname.c
    return fmt::format("{:0{}}", value, std::min(width, k_widest));
}

std::string short_host(const Job& job)
{
    std::string_view name = job.batch_host;
    if (name.empty()) {
        name = job.node_list;
        const std::size_t open = name.find('[');
        if (open != std::string_view::npos && open < name.find(',')) {
            const std::size_t first_end = name.find_first_of("],-", open);
            const std::size_t close = name.find(']', open);
            if (first_end == std::string_view::npos || close == std::string_view::npos) {
                return {};
            }
            const std::size_t next = std::min(name.find(',', close), name.size());
            const std::string host = std::string(name.substr(0, open)) + std::string(name.substr(open + 1, first_end - open - 1)) +
                                     std::string(name.substr(close + 1, next - close - 1));
            return host.substr(0, host.find('.'));
        }
        name = name.substr(0, name.find(','));
    }
    return std::string(name.substr(0, name.find('.')));
}

// The value of one letter; nothing: not a letter of Slurm's. `known` is cleared when the job does not tell the value.
std::optional<std::string> value_of(char letter, std::size_t width, const Job& job, bool& known)
{
    const auto numeric = [&](std::uint64_t value, bool told) {
        known = known && told;
        return padded(value, width);
    };
    const auto word = [&](const std::string& value) {
        known = known && !value.empty();
        return value;
    };
    switch (letter) {
    case 'A': return numeric(job.array_job ? *job.array_job : job.raw_id, job.array_job || job.raw_id != 0);
    case 'a': return numeric(job.array_task.value_or(k_no_task), job.array_task || !job.array_job);
    case 'b': return numeric(job.array_task.value_or(k_no_task) % 10, job.array_task || !job.array_job); // 24.11+
    case 'j':
    case 'J': return numeric(job.raw_id, job.raw_id != 0); // %J of a batch script: no step
    case 'N': return word(short_host(job));
    case 'n':
    case 't': return numeric(0, true);
    case 'r': return numeric(job.restarts.value_or(0), job.restarts.has_value()); // 25.11+
    case 's': return std::string("batch");
    case 'u': return word(job.user);
    case 'x': return word(job.name);
    default: return std::nullopt;
    }
}

void add(std::vector<std::string>& paths, std::string path)
{
    if (!path.empty() && std::find(paths.begin(), paths.end(), path) == paths.end()) {
        paths.push_back(std::move(path));
    }
}

std::string absolute(std::string path, const Job& job)
{
    if (path.empty() || path.front() == '/' || job.work_dir.empty()) {
        return path;
    }
    return job.work_dir + (job.work_dir.back() == '/' ? "" : "/") + path;
}

// What Slurm itself prints wrongly: NO_VAL in place of the task of an array's rest, the component's own id in place of
// the leader's for a heterogeneous job, whose only batch script runs in component 0.
std::string corrected(std::string path, const Job& job)
{
    if (job.array_task) {
        path = util::replace_all(std::move(path), std::to_string(k_no_task), std::to_string(*job.array_task));
    }
    if (job.het_job && job.het_offset.value_or(0) > 0 && job.raw_id != 0) {
        const std::size_t name = path.rfind('/') + 1; // npos + 1 is 0
        path = path.substr(0, name) +
               util::replace_all(path.substr(name), std::to_string(job.raw_id), std::to_string(*job.het_job));
    }
    return path;
}

void add_told(std::vector<std::string>& paths, const std::string& told, const Job& job)
{
    if (unset(told)) {
        return;
    }
    const std::string expanded = absolute(expand_filename(told, job).path, job);
    add(paths, corrected(expanded, job));
    add(paths, expanded);
}

void add_defaults(std::vector<std::string>& paths, const Job& job)
{
    if (job.work_dir.empty()) {
        return;
    }
    if (job.array_job && job.array_task) {
        add(paths, absolute(fmt::format("slurm-{}_{}.out", *job.array_job, *job.array_task), job));
    } else if (const std::uint64_t id = job.het_job.value_or(job.raw_id); id != 0 && !job.array_job) {
        add(paths, absolute(fmt::format("slurm-{}.out", id), job));
    }
}

} // namespace

ExpandedPath expand_filename(std::string_view pattern, const Job& job)
{
    ExpandedPath expanded;
    if (pattern.find('\\') != std::string_view::npos) { // sbatch(1): a backslash anywhere turns replacement off
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '\\') {
                if (i + 1 < pattern.size() && pattern[i + 1] == '\\') {
                    expanded.path += pattern[++i];
                }
                continue;
            }
            expanded.path += pattern[i];
        }
        return expanded;
    }
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%') {
            expanded.path += pattern[i];
            continue;
        }
        std::size_t end = i + 1;
        std::size_t width = 0;
        while (end < pattern.size() && pattern[end] >= '0' && pattern[end] <= '9') {
            width = std::min<std::size_t>(width * 10 + static_cast<std::size_t>(pattern[end] - '0'), 100);
            ++end;
        }
        if (end < pattern.size() && pattern[end] == '%' && end == i + 1) {
            expanded.path += '%';
            i = end;
            continue;
        }
        bool known = true;
        const std::optional<std::string> value = end < pattern.size() ? value_of(pattern[end], width, job, known) : std::nullopt;
        if (value && known) {
            expanded.path += *value;
            i = end;
        } else {
            // Left as it stands: an unknown letter as Slurm does, an unknown value because a guess would name another file.
            expanded.unsure = expanded.unsure || !known || (end < pattern.size() && pattern[end] == 'S');
            expanded.path += '%';
        }
    }
    return expanded;
}

LogPaths log_paths(const Job& job)
{
    LogPaths paths;
    add_told(paths.output, job.std_out, job);
    add_defaults(paths.output, job);
    if (!unset(job.std_err) && job.std_err != job.std_out) {
        add_told(paths.error, job.std_err, job);
        if (!paths.output.empty() && paths.error == std::vector<std::string>{paths.output.front()}) {
            paths.error.clear();
        }
    }
    return paths;
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
#include "job/array.hpp"

#include <algorithm>
#include <map>

#include "util/hostlist.hpp"
#include "util/strings.hpp"

namespace hpcdoc::job {

namespace {

constexpr std::size_t k_most_examples = 3;

struct Group {
    std::vector<std::size_t> members{}; // indexes into the tasks
    std::uint64_t count = 0;            // tasks, those of a pending rest included
    Finding verdict{};
    std::string state{};
};

// Tasks whose records say the same are judged once: 10,000 tasks have a handful of endings.
std::string signature(const Merged& task)
{
    const slurm::Job& job = task.job;
    std::string text = fmt::format("{}|{}|{}", job.state, job.reason, job.cancelled_by.value_or(0));
    if (job.exit_code) {
        text += fmt::format("|{}:{}", job.exit_code->status, job.exit_code->signal);
    }
    for (const slurm::Step& step : job.steps) {
        if (step.state != "COMPLETED") {
            text += fmt::format("|{} {} {}", step.id, step.state,
                                step.exit_code ? step.exit_code->status * 256 + step.exit_code->signal : 0);
        }
    }
    if (job.state == "TIMEOUT" && job.elapsed && job.time_limit) {
        text += *job.elapsed + std::chrono::seconds(1) >= job.time_limit->value ? "|own" : "|early";
    }
    return text;
}

std::uint64_t tasks_in(const slurm::Job& job)
{
    if (job.array_tasks.empty()) {
        return 1;
    }
    const auto numbers = util::expand_numbers(job.array_tasks);
    return numbers ? numbers->size() : 1;
}

std::string which(const std::vector<Merged>& tasks, const Group& group)
{
    std::vector<std::uint64_t> numbers;
    std::vector<std::string> others;
    for (const std::size_t member : group.members) {
        const slurm::Job& job = tasks[member].job;
        if (job.array_task) {
            numbers.push_back(*job.array_task);
        } else if (!job.array_tasks.empty()) {
            if (const auto more = util::expand_numbers(job.array_tasks); more) {
                numbers.insert(numbers.end(), more->begin(), more->end());
            }
        } else {
            others.push_back(job.id);
        }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers.empty() ? util::join(others, ", ") : util::fold_numbers(numbers);
}

Result<std::vector<Group>> group_tasks(SlurmSource& slurm, const Knowledge& knowledge, const std::vector<Merged>& tasks)
{
    std::map<std::string, std::vector<std::size_t>> by_signature;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        by_signature[signature(tasks[i])].push_back(i);
    }
    std::map<std::string, Group> by_verdict; // different signatures may tell the same story
    for (auto& [text, members] : by_signature) {
        HPCDOC_TRY_ASSIGN(Finding verdict, brief_verdict(slurm.context(), slurm, knowledge, tasks[members.front()]));
        Group& group = by_verdict[fmt::format("{}|{}", verdict.id, tasks[members.front()].job.state)];
        if (group.members.empty()) {
            group.state = tasks[members.front()].job.state;
            group.verdict = std::move(verdict);
        }
        for (const std::size_t member : members) {
            group.count += tasks_in(tasks[member].job);
        }
        group.members.insert(group.members.end(), members.begin(), members.end());
    }
    std::vector<Group> groups;
    for (auto& [key, group] : by_verdict) {
        std::sort(group.members.begin(), group.members.end());
        groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
        return a.verdict.severity != b.verdict.severity ? a.verdict.severity > b.verdict.severity : a.count > b.count;
    });
    return groups;
}

Table table_of(const std::vector<Group>& groups, const std::vector<Merged>& tasks, bool array)
{
    Table table{
        "tasks", array ? "Tasks by verdict" : "Components", {"Tasks", "State", "Verdict", "Which", "Example"}, {}};
    for (const Group& group : groups) {
        table.rows.push_back({fmt::format("{}", group.count), group.state, group.verdict.id, which(tasks, group),
                              tasks[group.members.front()].job.id});
    }
    return table;
}

std::string counts_text(const std::vector<Group>& groups)
{
    std::map<std::string, std::uint64_t> by_state;
    for (const Group& group : groups) {
        by_state[group.state] += group.count;
    }
    std::vector<std::string> parts;
    for (const auto& [state, count] : by_state) {
        parts.push_back(fmt::format("{} {}", count, state));
    }
    return util::join(parts, ", ");
}

} // namespace

Result<void> explain_array(SlurmSource& slurm, const Knowledge& knowledge, std::vector<Merged> tasks, Report& report,
                           const ExplainOne& explain)
{
    HPCDOC_TRY_ASSIGN(const std::vector<Group> groups, group_tasks(slurm, knowledge, tasks));
    const slurm::Job& first = tasks.front().job;
    const bool array = first.array_job.has_value();
    std::uint64_t count = 0;
    for (const Group& group : groups) {
        count += group.count;
    }
    report.headline =
        fmt::format("{} {} '{}' of {}: {}", array ? "Array" : "Job", report.subject,
                    util::shorten(util::printable(first.name), 40), util::printable(first.user), counts_text(groups));
    report.fact({"job.tasks", array ? "Tasks" : "Components", fmt::format("{}", count), ""});
    // One example of each story that is worth telling; when all is well, one of all.
    std::size_t told = 0;
    for (const Group& group : groups) {
        const bool quiet = group.verdict.severity == Severity::note;
        if (told == k_most_examples || (quiet && told > 0)) {
            break;
        }
        Report part;
        HPCDOC_TRY(explain(std::move(tasks[group.members.front()]), part));
        report.add(std::move(part));
        tasks[group.members.front()].job.id = report.reports().back().subject; // moved from: the table still names it
        ++told;
    }
    report.add(table_of(groups, tasks, array));
    return {};
}

} // namespace hpcdoc::job

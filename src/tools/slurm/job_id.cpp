// SPDX-License-Identifier: Apache-2.0
#include <hpcdoc/tools/slurm/job_id.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr std::string_view k_digits = "0123456789";
constexpr std::uint64_t k_no_val = 0xfffffffe; // NO_VAL of slurm.h: ids and task numbers are below it
constexpr std::string_view k_forms = "a job id is a number as squeue prints it: 4242, 4242_7, 4242_[3-7], 4242+1, 4242.batch";

std::string_view take_digits(std::string_view& text)
{
    const std::size_t end = std::min(text.find_first_not_of(k_digits), text.size());
    const std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    return digits;
}

tl::unexpected<Error> wrong(std::string_view whole, std::string_view why, std::string_view hint = k_forms)
{
    return failure(Code::usage, fmt::format("{} is not a job id: {}", shown(whole), why), std::string(hint));
}

// A number below NO_VAL; `what` names it in the message.
Result<std::uint64_t> bounded(std::string_view digits, std::string_view whole, std::string_view what)
{
    if (digits.empty()) {
        return wrong(whole, fmt::format("the {} is missing", what));
    }
    const std::optional<std::uint64_t> value = util::parse_unsigned(digits);
    if (!value || *value >= k_no_val) {
        return wrong(whole, fmt::format("the {} is larger than any that Slurm gives ({} digits)", what, digits.size()),
                     "copy the id from squeue, sacct or sbatch's \"Submitted batch job\" line");
    }
    return *value;
}

// "/scratch/x/slurm-4242_7.out", "job_4242.log" → the id; anything else comes back unchanged.
std::string_view id_of_file(std::string_view text)
{
    constexpr std::array<std::string_view, 4> k_endings = {".out", ".err", ".log", ".txt"};
    const auto ending = std::find_if(k_endings.begin(), k_endings.end(), [&](std::string_view e) {
        return text.size() > e.size() && text.substr(text.size() - e.size()) == e;
    });
    if (ending == k_endings.end()) {
        return text;
    }
    std::string_view name = text.substr(0, text.size() - ending->size());
    name = name.substr(name.rfind('/') + 1); // npos + 1 is 0
    const std::size_t before = name.find_last_not_of("0123456789_");
    if (before != std::string_view::npos && name[before] != '-' && name[before] != '.' && name[before + 1] != '_') {
        return text; // "exp12.log" is no log of job 12
    }
    std::string_view id = before == std::string_view::npos ? name : name.substr(before + 1);
    while (!id.empty() && id.front() == '_') {
        id.remove_prefix(1);
    }
    return id.empty() ? text : id;
}

bool known_step(std::string_view step)
{
    if (step == "batch" || step == "extern" || step == "interactive" || step == "TBD") {
        return true;
    }
    const std::string_view first = take_digits(step);
    if (first.empty() || step.empty()) {
        return !first.empty();
    }
    // "123.0+1": component 1 of a heterogeneous step
    return step.front() == '+' && step.size() > 1 && step.find_first_not_of(k_digits, 1) == std::string_view::npos;
}

Result<void> parse_array_part(JobId& id, std::string_view& rest, std::string_view whole)
{
    if (rest.empty() || rest.front() != '_') {
        return {};
    }
    rest.remove_prefix(1);
    if (rest.empty() || rest.front() != '[') {
        HPCDOC_TRY_ASSIGN(id.task, bounded(take_digits(rest), whole, "array task"));
        return {};
    }
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) {
        return wrong(whole, "']' is missing", "write the tasks as 4242_[3-7], in quotes for the shell");
    }
    const std::string_view tasks = rest.substr(1, close - 1);
    // squeue cuts long lists with "..." (SLURM_BITSTR_LEN, squeue(1))
    if (tasks.empty() || tasks.find_first_not_of("0123456789,-:%.") != std::string_view::npos) {
        return wrong(whole, "the array tasks are not a list of numbers", "write the tasks as 4242_[3-7], in quotes for the shell");
    }
    id.tasks = std::string(tasks);
    rest.remove_prefix(close + 1);
    return {};
}

std::string_view without_label(std::string_view text)
{
    constexpr std::string_view k_label = "jobid=";
    if (text.size() > k_label.size() && util::equal_ignoring_case(text.substr(0, k_label.size()), k_label)) {
        return text.substr(k_label.size());
    }
    return text;
}

Result<void> parse_tail(JobId& id, std::string_view rest, std::string_view whole)
{
    if (!rest.empty() && rest.front() == '+') {
        rest.remove_prefix(1);
        HPCDOC_TRY_ASSIGN(id.het, bounded(take_digits(rest), whole, "component number"));
    }
    if (!rest.empty() && rest.front() == '.') {
        if (!known_step(rest.substr(1))) {
            return wrong(whole, "Slurm has no such step", "a step is a number, batch, extern or interactive");
        }
        id.step = std::string(rest.substr(1));
        rest = {};
    }
    if (!rest.empty()) {
        return wrong(whole, fmt::format("{} does not belong to it", shown(rest)));
    }
    return {};
}

} // namespace

std::string JobId::job_text() const
{
    std::string text = std::to_string(job);
    if (task) {
        text += fmt::format("_{}", *task);
    } else if (!tasks.empty()) {
        text += fmt::format("_[{}]", tasks);
    }
    if (het) {
        text += fmt::format("+{}", *het);
    }
    return text;
}

std::string JobId::text() const
{
    return step.empty() ? job_text() : job_text() + "." + step;
}

Result<JobId> parse_job_id(std::string_view text)
{
    const std::string_view whole = util::trim(text);
    if (whole.empty()) {
        return failure(Code::usage, "the job id is empty", std::string(k_forms));
    }
    JobId id;
    std::string_view rest = id_of_file(without_label(whole));
    const std::size_t at = rest.find('@');
    if (at != std::string_view::npos) {
        const std::string_view cluster = rest.substr(at + 1);
        const bool plain = std::all_of(cluster.begin(), cluster.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        });
        if (cluster.empty() || !plain || cluster.front() == '-') {
            return wrong(whole, "the cluster's name after '@' is not a name");
        }
        id.cluster = std::string(cluster);
        rest = rest.substr(0, at);
    }
    if (rest.empty() || k_digits.find(rest.front()) == std::string_view::npos) {
        return wrong(whole, "it does not start with a number");
    }
    HPCDOC_TRY_ASSIGN(id.job, bounded(take_digits(rest), whole, "job number"));
    if (id.job == 0) {
        return wrong(whole, "Slurm's job ids start at 1");
    }
    HPCDOC_TRY(parse_array_part(id, rest, whole));
    HPCDOC_TRY(parse_tail(id, rest, whole));
    return id;
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
#include "tools/slurm/text.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::slurm {

namespace {

constexpr std::array<std::string_view, 25> k_states = {
    "BOOT_FAIL",  "CANCELLED", "COMPLETED",  "COMPLETING", "CONFIGURING",   "DEADLINE",     "EXPEDITING",    "FAILED",  "NODE_FAIL",
    "OUT_OF_MEMORY", "PENDING", "PREEMPTED", "REQUEUED",   "REQUEUE_FED",   "REQUEUE_HOLD", "RESIZING",      "RESV_DEL_HOLD",
    "REVOKED",    "RUNNING",   "SIGNALING",  "SPECIAL_EXIT", "STAGE_OUT",   "STOPPED",      "SUSPENDED",     "TIMEOUT"};

// sacct without -P cuts the word and adds "+"; only an unmistakable rest is completed.
std::string completed(std::string_view cut)
{
    std::string_view match;
    for (const std::string_view state : k_states) {
        if (state.substr(0, cut.size()) == cut) {
            if (!match.empty()) {
                return std::string(cut);
            }
            match = state;
        }
    }
    return std::string(match.empty() ? cut : match);
}

} // namespace

bool unset(std::string_view text)
{
    constexpr std::array<std::string_view, 9> k_words = {"",        "(null)", "N/A",     "n/a",   "None assigned",
                                                         "Unknown", "NOT_SET", "INVALID", "NO_VAL"};
    return std::find(k_words.begin(), k_words.end(), text) != k_words.end();
}

std::string text_or_nothing(std::string_view text)
{
    return unset(text) ? std::string() : std::string(text);
}

std::optional<std::uint64_t> number(std::string_view text)
{
    const std::optional<std::uint64_t> value = util::parse_unsigned(text);
    if (!value) {
        return std::nullopt;
    }
    constexpr std::uint64_t k_no_val32 = 0xfffffffe;
    constexpr std::uint64_t k_infinite32 = 0xffffffff;
    constexpr std::uint64_t k_no_val64 = std::numeric_limits<std::uint64_t>::max() - 1;
    if (*value == k_no_val32 || *value == k_infinite32 || *value >= k_no_val64) {
        return std::nullopt;
    }
    return value;
}

std::pair<std::string_view, std::string_view> name_and_id(std::string_view text)
{
    const std::size_t open = text.rfind('(');
    if (open == std::string_view::npos || text.empty() || text.back() != ')') {
        return {text, {}};
    }
    return {text.substr(0, open), text.substr(open + 1, text.size() - open - 2)};
}

State parse_state(std::string_view text)
{
    text = util::trim(text);
    State state;
    const std::size_t blank = text.find(' ');
    std::string_view word = text.substr(0, blank);
    if (blank != std::string_view::npos) {
        constexpr std::string_view k_by = "by ";
        const std::string_view rest = util::trim(text.substr(blank));
        if (rest.substr(0, k_by.size()) == k_by) {
            const std::optional<std::uint64_t> uid = number(rest.substr(k_by.size()));
            if (uid && *uid <= std::numeric_limits<unsigned>::max()) {
                state.cancelled_by = static_cast<unsigned>(*uid);
            }
        }
    }
    if (!word.empty() && word.back() == '+') {
        word.remove_suffix(1);
        state.word = completed(word);
    } else {
        state.word = unset(word) ? std::string() : std::string(word);
    }
    return state;
}

std::string_view bare_reason(std::string_view text)
{
    text = util::trim(text);
    if (text == "(null)") {
        return {};
    }
    if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
        return text.substr(1, text.size() - 2);
    }
    return text;
}

void set_job_id(Job& job, std::string_view text)
{
    text = util::trim(text);
    job.id = std::string(text);
    const std::size_t end = text.find_first_not_of("0123456789");
    const std::optional<std::uint64_t> base = number(text.substr(0, end));
    if (!base || end == std::string_view::npos) {
        return;
    }
    const std::string_view rest = text.substr(end + 1);
    if (text[end] == '+') {
        job.het_job = base;
        job.het_offset = number(rest);
    } else if (text[end] == '_') {
        job.array_job = base;
        job.array_task = number(rest);
        if (rest.size() >= 2 && rest.front() == '[' && rest.back() == ']') {
            job.array_tasks = std::string(rest.substr(1, rest.size() - 2));
            const std::size_t percent = job.array_tasks.find('%');
            if (percent != std::string::npos) {
                job.array_throttle = number(std::string_view(job.array_tasks).substr(percent + 1));
            }
        }
    }
}

std::size_t line_at(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

std::string shown(std::string_view text)
{
    constexpr std::size_t k_bytes = 400; // enough for k_columns of any script
    constexpr std::size_t k_columns = 60;
    const std::string safe = util::replace_all(util::printable(text.substr(0, k_bytes)), "\t", " ");
    return "'" + util::shorten(safe, k_columns) + "'";
}

std::optional<std::uint64_t> memory(std::string_view text, std::uint64_t unit)
{
    if (unset(text) || text.back() == '?') {
        return std::nullopt;
    }
    return util::parse_size(text, unit);
}

} // namespace hpcdoc::slurm

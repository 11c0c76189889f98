// SPDX-License-Identifier: Apache-2.0
#include "util/units.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "util/strings.hpp"

namespace hpcdoc::util {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

// Up to nine digits: no clock field is longer, and no sum of them overflows.
std::optional<std::int64_t> field(std::string_view text)
{
    const std::optional<std::uint64_t> value = text.size() <= 9 ? parse_unsigned(text) : std::nullopt;
    return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> fields(std::string_view text)
{
    std::vector<std::int64_t> values;
    for (const std::string_view part : split(text, ':')) {
        const std::optional<std::int64_t> value = field(part);
        if (!value || values.size() == 3) {
            return std::nullopt;
        }
        values.push_back(*value);
    }
    return values;
}

// Takes "1-" off the front.
std::optional<std::int64_t> take_days(std::string_view& text)
{
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) {
        return 0;
    }
    const std::optional<std::int64_t> count = field(text.substr(0, dash));
    text.remove_prefix(dash + 1);
    return count;
}

std::optional<milliseconds> take_fraction(std::string_view& text)
{
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        return milliseconds{0};
    }
    std::string digits(text.substr(dot + 1));
    if (!field(digits)) {
        return std::nullopt;
    }
    digits.resize(3, '0');
    text = text.substr(0, dot);
    return milliseconds{*field(digits)};
}

sys_seconds printable_time(sys_seconds time)
{
    constexpr sys_seconds k_first{seconds{-62'167'219'200}}, k_last{seconds{253'402'300'799}}; // years 0 to 9999
    return std::clamp(time, k_first, k_last);
}

struct Stamp {
    std::chrono::year_month_day date{};
    std::chrono::hh_mm_ss<seconds> clock{};
};

Stamp stamp_of(sys_seconds time)
{
    const sys_days day = std::chrono::floor<days>(time);
    return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss<seconds>{time - day}};
}

std::string date_text(const std::chrono::year_month_day& date)
{
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<sys_days> parse_date(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const std::optional<std::int64_t> year = field(text.substr(0, 4)), month = field(text.substr(5, 2)),
                                      day = field(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

} // namespace

std::optional<milliseconds> parse_elapsed(std::string_view text)
{
    const bool with_days = contains(text, "-");
    const std::optional<std::int64_t> day_count = take_days(text);
    const std::optional<milliseconds> fraction = take_fraction(text);
    const std::optional<std::vector<std::int64_t>> parts = fields(text);
    if (!day_count || !fraction || !parts || parts->size() < (with_days ? 3u : 2u)) {
        return std::nullopt;
    }
    std::int64_t total = 0;
    for (std::size_t i = 0; i < parts->size(); ++i) {
        if (i > 0 && (*parts)[i] > 59) {
            return std::nullopt;
        }
        total = total * 60 + (*parts)[i];
    }
    return seconds{total} + days{*day_count} + *fraction;
}

std::optional<seconds> parse_time_limit(std::string_view text)
{
    const bool with_days = contains(text, "-");
    const std::optional<std::int64_t> day_count = take_days(text);
    if (!day_count) {
        return std::nullopt;
    }
    std::optional<std::vector<std::int64_t>> parts = fields(text);
    if (with_days && text.empty()) { // "1-" is a day (parse_time.c)
        parts = std::vector<std::int64_t>{0};
    }
    if (!parts) {
        return std::nullopt;
    }
    // sbatch(1): with days the first field is hours; without, one or two fields begin with minutes.
    const std::array<std::int64_t, 3> unit = with_days || parts->size() == 3 ? std::array<std::int64_t, 3>{3600, 60, 1}
                                                                             : std::array<std::int64_t, 3>{60, 1, 0};
    std::int64_t total = *day_count * 86'400;
    for (std::size_t i = 0; i < parts->size(); ++i) {
        total += (*parts)[i] * unit[i];
    }
    return total == 0 ? std::nullopt : std::optional(seconds{total}); // --time=0 is no limit
}

std::string slurm_time(seconds duration)
{
    const bool negative = duration < seconds{0};
    const auto total = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.count())
                                : static_cast<std::uint64_t>(duration.count());
    const std::uint64_t day_count = total / 86'400;
    const std::string clock = fmt::format("{:02}:{:02}:{:02}", total / 3600 % 24, total / 60 % 60, total % 60);
    return fmt::format("{}{}{}", negative ? "-" : "", day_count > 0 ? fmt::format("{}-", day_count) : "", clock);
}

std::string human_time(seconds duration)
{
    const bool negative = duration < seconds{0};
    const auto total = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(duration.count())
                                : static_cast<std::uint64_t>(duration.count());
    const std::array<std::uint64_t, 4> parts{total / 86'400, total / 3600 % 24, total / 60 % 60, total % 60};
    const std::array<std::string_view, 4> names{parts[0] == 1 ? "day" : "days", "h", "min", "s"};
    std::size_t first = 0;
    while (first < 3 && parts[first] == 0) {
        ++first;
    }
    std::string text = fmt::format("{}{} {}", negative ? "-" : "", parts[first], names[first]);
    if (first < 3 && parts[first + 1] > 0) {
        text += fmt::format(" {} {}", parts[first + 1], names[first + 1]);
    }
    return text;
}

std::optional<sys_seconds> parse_stamp(std::string_view text, seconds utc_offset)
{
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) {
        return std::nullopt;
    }
    const std::optional<sys_days> date = parse_date(text.substr(0, 10));
    const std::string_view clock = text.substr(11);
    if (!date || (clock.size() != 5 && clock.size() != 8)) { // squeue may leave the seconds out
        return std::nullopt;
    }
    const std::optional<std::vector<std::int64_t>> parts = fields(clock);
    if (!parts || clock[2] != ':' || (clock.size() == 8 && clock[5] != ':') || (*parts)[0] > 23 || (*parts)[1] > 59) {
        return std::nullopt;
    }
    const std::int64_t second = parts->size() == 3 ? (*parts)[2] : 0;
    if (second > 60) { // 60: a leap second
        return std::nullopt;
    }
    return sys_seconds{*date} + std::chrono::hours{(*parts)[0]} + std::chrono::minutes{(*parts)[1]} + seconds{second} -
           utc_offset;
}

std::string local_stamp(sys_seconds time, seconds utc_offset)
{
    const Stamp stamp = stamp_of(printable_time(printable_time(time) + utc_offset));
    return fmt::format("{} {:02}:{:02}", date_text(stamp.date), stamp.clock.hours().count(),
                       stamp.clock.minutes().count());
}

std::string rfc3339(sys_seconds time)
{
    const Stamp stamp = stamp_of(printable_time(time));
    return fmt::format("{}T{:02}:{:02}:{:02}Z", date_text(stamp.date), stamp.clock.hours().count(),
                       stamp.clock.minutes().count(), stamp.clock.seconds().count());
}

} // namespace hpcdoc::util

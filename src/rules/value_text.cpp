// SPDX-License-Identifier: Apache-2.0
#include "rules/value_text.hpp"

#include <cmath>
#include <type_traits>

#include <fmt/format.h>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::rules {

namespace {

using Kind = ValueFormat::Kind;

std::string counted(std::int64_t number, const ValueFormat& format)
{
    return fmt::format("{} {}", number, number == 1 ? format.one : format.many);
}

std::string text_of(bool value, const ValueFormat&) { return value ? "yes" : "no"; }

std::string text_of(std::int64_t value, const ValueFormat& format)
{
    switch (format.kind) {
    case Kind::plural: return counted(value, format);
    case Kind::percent: return fmt::format("{} %", value);
    default: return fmt::format("{}", value);
    }
}

std::string text_of(double value, const ValueFormat& format)
{
    if (!std::isfinite(value)) {
        return "?";
    }
    if (format.kind == Kind::percent) {
        return fmt::format("{:.0f} %", value);
    }
    return fmt::format("{:.{}f}", value, format.kind == Kind::decimals ? format.decimals : 1);
}

std::string text_of(const std::string& value, const ValueFormat& format)
{
    if (format.kind == Kind::quote) {
        return util::shell_quote(value);
    }
    if (format.kind == Kind::plural) {
        if (const auto number = util::parse_signed(value)) {
            return counted(*number, format);
        }
    }
    return value;
}

std::string text_of(std::chrono::seconds value, const ValueFormat& format)
{
    switch (format.kind) {
    case Kind::slurm: return util::slurm_time(value);
    case Kind::minutes: return fmt::format("{}", std::chrono::ceil<std::chrono::minutes>(value).count());
    default: return util::human_time(value);
    }
}

std::string text_of(Bytes value, const ValueFormat& format)
{
    return format.kind == Kind::slurm ? util::slurm_size(value.count) : util::human_size(value.count);
}

std::string text_of(const std::vector<std::string>& value, const ValueFormat& format)
{
    return format.kind == Kind::count ? fmt::format("{}", value.size()) : util::join(value, ", ");
}

} // namespace

std::optional<ValueFormat> ValueFormat::parse(std::string_view text)
{
    ValueFormat format;
    if (text.starts_with("plural ")) {
        const std::vector<std::string_view> words = util::split(text, ' ');
        if (words.size() != 3 || words[1].empty() || words[2].empty()) {
            return std::nullopt;
        }
        format.kind = Kind::plural;
        format.one = words[1];
        format.many = words[2];
        return format;
    }
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '3') {
        format.kind = Kind::decimals;
        format.decimals = text[0] - '0';
        return format;
    }
    constexpr std::pair<std::string_view, Kind> k_names[] = {{"percent", Kind::percent}, {"slurm", Kind::slurm},
        {"minutes", Kind::minutes}, {"rfc3339", Kind::rfc3339}, {"quote", Kind::quote}, {"count", Kind::count}};
    for (const auto& [name, kind] : k_names) {
        if (text == name) {
            format.kind = kind;
            return format;
        }
    }
    return std::nullopt;
}

bool ValueFormat::fits(const FactValue& value) const
{
    const auto is = [&value]<class T>(std::type_identity<T>) { return std::holds_alternative<T>(value); };
    const bool integer = is(std::type_identity<std::int64_t>{});
    const bool real = is(std::type_identity<double>{});
    const bool text = is(std::type_identity<std::string>{});
    const bool duration = is(std::type_identity<std::chrono::seconds>{});
    switch (kind) {
    case Kind::plain: return true;
    case Kind::plural: return integer || (text && util::parse_signed(std::get<std::string>(value)).has_value());
    case Kind::decimals: return real;
    case Kind::percent: return integer || real;
    case Kind::slurm: return duration || is(std::type_identity<Bytes>{});
    case Kind::minutes: return duration;
    case Kind::rfc3339: return is(std::type_identity<std::chrono::sys_seconds>{});
    case Kind::quote: return text;
    case Kind::count: return is(std::type_identity<std::vector<std::string>>{});
    }
    return false;
}

std::string value_text(const FactValue& value, const ValueFormat& format, std::chrono::seconds utc_offset)
{
    if (const auto* stamp = std::get_if<std::chrono::sys_seconds>(&value)) {
        return format.kind == Kind::rfc3339 ? util::rfc3339(*stamp) : util::local_stamp(*stamp, utc_offset);
    }
    return std::visit(
        [&format](const auto& held) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::chrono::sys_seconds>) {
                return {}; // done above
            } else {
                return text_of(held, format);
            }
        },
        value);
}

} // namespace hpcdoc::rules

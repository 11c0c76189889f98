// SPDX-License-Identifier: Apache-2.0
#include "bundle/keyed.hpp"

#include <array>
#include <utility>
#include <vector>

#include "scan/pattern.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

constexpr std::size_t k_fewest = 3; // lines: below, any form is chance

// Patterns with the groups `name` and `value`; the first that most lines have is the form of the text.
const std::vector<scan::Pattern>& forms()
{
    static const std::vector<scan::Pattern> k_forms{
        scan::Pattern(R"(^(?:export |declare -x |setenv )?(?P<name>[A-Za-z_][\w.%()/]*)=(?P<value>[^=].*)?$)"),
        scan::Pattern(R"(^(?P<name>[A-Za-z0-9][\w.+-]*)==(?P<value>\S+)$)"),
        scan::Pattern(R"(^(?P<name>[A-Za-z_][\w .()/-]{0,60}?)\s*[=:]\s+(?P<value>.*)$)"),
        scan::Pattern(R"(^(?P<name>[A-Za-z0-9_][\w.+-]*)/(?P<value>[\w./+-]+)$)"),
        scan::Pattern(R"(^(?P<name>[A-Za-z0-9_][\w.+-]*)\s+(?P<value>v?[0-9][\w.+!:~-]*)(?:\s.*)?$)"),
        scan::Pattern(R"(^(?P<name>[A-Za-z][\w ]*?\w)\s{2,}(?P<value>\S.*)$)"),
    };
    return k_forms;
}

// "  1) gcc/12.2.0   2) openmpi/4.1" as module list writes it: one module a line.
std::string one_a_line(std::string_view text)
{
    static const scan::Pattern k_number(R"((?:^|\s)[0-9]+\) +)");
    std::string lines;
    for (const std::string_view line : util::lines(text)) {
        std::size_t at = 0;
        const std::string whole(line);
        while (const auto match = k_number.find(whole, at)) {
            lines.append(util::trim(std::string_view(whole).substr(at, match->begin - at)));
            lines += '\n';
            at = match->end;
        }
        lines.append(util::trim(std::string_view(whole).substr(at)));
        lines += '\n';
    }
    return lines;
}

std::string squeezed(std::string_view text)
{
    std::string result;
    for (const std::string_view part : util::split(text, ' ')) {
        if (!part.empty()) {
            result += (result.empty() ? "" : " ") + std::string(part);
        }
    }
    return result;
}

std::optional<Values> in_form(const scan::Pattern& form, const std::vector<std::string_view>& lines)
{
    Values values;
    std::size_t fitting = 0, wanted = 0, doubled = 0;
    for (const std::string_view line : lines) {
        const std::string_view text = util::trim(line);
        if (text.empty() || text.ends_with(':') || text.find_first_not_of("-= ") == std::string_view::npos) {
            continue; // a heading, or the line below one
        }
        ++wanted;
        const auto match = form.find(text);
        if (!match) {
            continue;
        }
        ++fitting;
        std::string name, value;
        for (const scan::Capture& capture : match->captures) {
            (capture.name == "name" ? name : value) = squeezed(capture.text);
        }
        doubled += values.emplace(std::move(name), std::move(value)).second ? 0u : 1u;
    }
    const bool most = fitting >= k_fewest && fitting * 4 >= wanted * 3 && doubled * 20 <= fitting;
    return most ? std::optional(std::move(values)) : std::nullopt;
}

} // namespace

std::optional<std::pair<Values, Values>> keyed(std::string_view before, std::string_view after)
{
    const std::string was = one_a_line(before), is = one_a_line(after);
    const std::vector<std::string_view> lines_before = util::lines(was), lines_after = util::lines(is);
    for (const scan::Pattern& form : forms()) {
        auto values_before = in_form(form, lines_before);
        auto values_after = values_before ? in_form(form, lines_after) : std::nullopt;
        if (values_after) {
            return std::pair(std::move(*values_before), std::move(*values_after));
        }
    }
    return std::nullopt;
}

} // namespace hpcdoc::bundle

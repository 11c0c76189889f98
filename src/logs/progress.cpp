// SPDX-License-Identifier: Apache-2.0
#include "logs/progress.hpp"

#include <algorithm>
#include <set>

#include "scan/lines.hpp"
#include "scan/pattern.hpp"
#include "util/strings.hpp"

namespace hpcdoc::logs {

Progress::Progress(const Scan& scan)
{
    static const scan::Pattern k_step(
        R"re((?i)\b(?:epoch|step|iteration|iter|cycle|timestep|frame|batch|sample|progress)s?\b\W{0,3}(?P<number>\d{1,12})\b|(?:^|\s)(?P<percent>\d{1,3})%\|)re");
    const scan::Lines lines(scan.tail);
    const std::uint64_t before = scan.newlines - std::min(scan.newlines, count_newlines(scan.tail));
    for (const scan::Line& line : lines.lines()) {
        const auto match = k_step.find(line.text.substr(0, 400));
        if (!match) {
            continue;
        }
        for (const scan::Capture& capture : match->captures) {
            if (const auto number = util::parse_unsigned(capture.text)) {
                m_steps.push_back({before + line.number, *number});
            }
        }
    }
}

bool Progress::went_on_after(std::uint64_t line) const
{
    constexpr std::size_t k_enough_steps = 4; // the ranks that did not fail may write a few more
    constexpr std::uint64_t k_near = 12;      // lines of the message itself
    std::set<std::uint64_t> numbers;
    for (const Step& step : m_steps) {
        if (step.line > line + k_near) {
            numbers.insert(step.number);
        }
    }
    return numbers.size() >= k_enough_steps;
}

} // namespace hpcdoc::logs

// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/setters.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

struct SstatField {
    std::string_view name;
    Setter<Step> put;
};

void put_step_id(Step& step, std::string_view text, std::chrono::seconds)
{
    const std::size_t dot = text.find('.');
    step.id = std::string(dot == std::string_view::npos ? text : text.substr(dot + 1));
}

// No field that a user can write: the separator "|" is safe. All are in 20.11 to 26.05.
constexpr std::array k_sstat_fields = {
    SstatField{"JobID", put_step_id},
    SstatField{"NTasks", put_number<&Step::tasks>},
    SstatField{"Nodelist", put_text<&Step::node_list>},
    SstatField{"AveCPU", put_milliseconds<&Step::average_cpu>},
    SstatField{"MinCPU", put_milliseconds<&Step::minimum_cpu>},
    SstatField{"MaxRSS", put_used_memory<&Step::max_rss>},
    SstatField{"MaxRSSNode", put_text<&Step::max_rss_node>},
    SstatField{"MaxRSSTask", put_number<&Step::max_rss_task>},
    SstatField{"AveRSS", put_used_memory<&Step::average_rss>},
    SstatField{"TRESUsageInTot", put_used_tres<&Step::usage_total>},
    SstatField{"TRESUsageInMax", put_used_tres<&Step::usage_maximum>},
    SstatField{"TRESUsageInAve", put_used_tres<&Step::usage_average>},
};

} // namespace

std::vector<std::string> sstat_fields()
{
    std::vector<std::string> names;
    for (const SstatField& field : k_sstat_fields) {
        names.emplace_back(field.name);
    }
    return names;
}

Result<std::vector<Step>> parse_sstat(std::string_view text)
{
    std::vector<Step> steps;
    std::size_t number_of_line = 0;
    for (const std::string_view line : util::lines(text)) {
        ++number_of_line;
        if (util::trim(line).empty()) {
            continue;
        }
        const std::vector<std::string_view> cells = util::split(line, '|');
        if (cells.size() != k_sstat_fields.size()) {
            return failure(Code::parse, fmt::format("output of sstat is not what was asked for: line {} has {} of {} fields: {}",
                                                    number_of_line, cells.size(), k_sstat_fields.size(), shown(line)));
        }
        Step& step = steps.emplace_back();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) {
                k_sstat_fields[i].put(step, cells[i], {});
            }
        }
    }
    return steps;
}

} // namespace hpcdoc::slurm

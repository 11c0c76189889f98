// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "tools/slurm/record_text.hpp"
#include "tools/slurm/text.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::slurm {

namespace {

// Signs behind a state: sinfo(1), NODE STATE CODES.
std::string_view sign_meaning(char sign)
{
    switch (sign) {
    case '*': return "NOT_RESPONDING";
    case '~': return "POWERED_DOWN";
    case '#': return "POWERING_UP";
    case '!': return "POWER_DOWN";
    case '%': return "POWERING_DOWN";
    case '$': return "MAINT";
    case '@': return "REBOOT_REQUESTED";
    case '^': return "REBOOT_ISSUED";
    case '-': return "PLANNED";
    default: return {};
    }
}

std::vector<std::string> states_of(std::string_view text)
{
    std::vector<std::string> states;
    for (std::string_view part : util::split(text, '+')) {
        std::vector<std::string> signs;
        while (!part.empty() && !sign_meaning(part.back()).empty()) {
            signs.emplace_back(sign_meaning(part.back()));
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            states.emplace_back(part);
        }
        states.insert(states.end(), signs.begin(), signs.end());
    }
    return states;
}

// "bad dimm [root@2026-11-25T10:00:00]"
void take_reason(Node& node, std::string_view text, std::chrono::seconds utc_offset)
{
    const std::size_t open = text.rfind(" [");
    const std::size_t at = text.rfind('@');
    if (open == std::string_view::npos || at == std::string_view::npos || at < open || text.back() != ']') {
        node.reason = std::string(text);
        return;
    }
    node.reason = std::string(text.substr(0, open));
    node.reason_user = std::string(text.substr(open + 2, at - open - 2));
    node.reason_time = util::parse_stamp(text.substr(at + 1, text.size() - at - 2), utc_offset);
}

} // namespace

bool Node::unavailable() const
{
    // A powered-down node is woken up for a job, one that boots is on its way: neither keeps a job waiting for an admin.
    constexpr std::array<std::string_view, 14> k_words = {"DOWN",        "DRAIN",          "DRAINED", "DRAINING",    "FAIL",
                                                          "FAILING",     "NOT_RESPONDING", "UNKNOWN", "ERROR",       "INVAL",
                                                          "INVALID_REG", "POWERING_DOWN",  "FUTURE",  "REBOOT_ISSUED"};
    return std::any_of(states.begin(), states.end(),
                       [&](const std::string& state) { return std::find(k_words.begin(), k_words.end(), state) != k_words.end(); });
}

Result<std::vector<Node>> parse_nodes(std::string_view text, std::chrono::seconds utc_offset)
{
    HPCDOC_TRY_ASSIGN(const std::vector<Record> records, whole_records(text, "NodeName", "State", "scontrol show node"));
    std::vector<Node> nodes;
    for (const Record& record : records) {
        Node& node = nodes.emplace_back();
        node.name = value_in(record, "NodeName");
        node.states = states_of(value_in(record, "State"));
        node.cpus = number_in(record, "CPUTot");
        node.allocated_cpus = number_in(record, "CPUAlloc");
        node.memory = megabytes_in(record, "RealMemory");
        node.allocated_memory = megabytes_in(record, "AllocMem");
        node.free_memory = megabytes_in(record, "FreeMem");
        node.threads_per_core = number_in(record, "ThreadsPerCore");
        node.gres = value_in(record, "Gres");
        node.features = value_in(record, "ActiveFeatures");
        node.partitions = value_in(record, "Partitions");
        if (const std::string reason = value_in(record, "Reason"); !reason.empty()) {
            take_reason(node, reason, utc_offset);
        }
    }
    return nodes;
}

} // namespace hpcdoc::slurm

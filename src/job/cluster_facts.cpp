// SPDX-License-Identifier: Apache-2.0
// What of the cluster stands between a waiting job and its start: queue, partition, licences.
#include <algorithm>

#include <hpcdoc/host.hpp>

#include "job/case.hpp"
#include "util/hostlist.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

bool listed(const std::string& list, const std::string& name)
{
    const std::vector<std::string_view> parts = util::split(list, ',');
    return std::find(parts.begin(), parts.end(), name) != parts.end();
}

bool unlimited_list(const std::string& list)
{
    return list.empty() || list == "ALL" || list == "N/A" || list == "(null)";
}

// Which rule of the partition the job breaks, if the record shows it.
std::string broken_rule(const slurm::Job& job, const slurm::Partition& partition)
{
    if (job.time_limit && partition.max_time && !partition.max_time->unlimited &&
        (job.time_limit->unlimited || job.time_limit->value > partition.max_time->value)) {
        return "time";
    }
    if (job.nodes && ((partition.max_nodes && *job.nodes > *partition.max_nodes) ||
                      (partition.total_nodes && *job.nodes > *partition.total_nodes))) {
        return "too many nodes";
    }
    if (job.nodes && partition.min_nodes && *job.nodes < *partition.min_nodes) {
        return "too few nodes";
    }
    if ((!unlimited_list(partition.allow_accounts) && !listed(partition.allow_accounts, job.account)) ||
        listed(partition.deny_accounts, job.account)) {
        return "account";
    }
    if ((!unlimited_list(partition.allow_qos) && !listed(partition.allow_qos, job.qos)) ||
        listed(partition.deny_qos, job.qos)) {
        return "QOS";
    }
    const bool memory =
        (partition.max_memory_per_node && job.memory_per_node &&
         *job.memory_per_node > *partition.max_memory_per_node) ||
        (partition.max_memory_per_cpu && job.memory_per_cpu && *job.memory_per_cpu > *partition.max_memory_per_cpu);
    if (memory) {
        return "memory";
    }
    return unlimited_list(partition.allow_groups) ? "" : "group";
}

void add_associations(Case& c)
{
    Answer<std::vector<slurm::Record>> answer = c.slurm.associations(c.job.user);
    if (!answer.ok()) {
        return; // only makes the advice less exact
    }
    std::vector<std::string> accounts;
    std::vector<std::string> qos;
    const auto add = [](std::vector<std::string>& list, std::string_view name) {
        if (!name.empty() && std::find(list.begin(), list.end(), name) == list.end()) {
            list.emplace_back(name);
        }
    };
    for (const slurm::Record& record : answer.value) {
        add(accounts, record.at("Account"));
        if (record.at("Account") == c.job.account) {
            for (const std::string_view name : util::split(record.at("QOS"), ',')) {
                add(qos, name);
            }
        }
    }
    const Evidence proof{answer.source,
                         "Account=" + util::join(accounts, ",") + (qos.empty() ? "" : " QOS=" + util::join(qos, ","))};
    std::sort(accounts.begin(), accounts.end());
    if (!accounts.empty()) {
        const bool member = std::find(accounts.begin(), accounts.end(), c.job.account) != accounts.end();
        c.facts.set("user.account_valid", member, proof);
        c.facts.set("user.first_account", accounts.front());
        c.facts.set("user.accounts", std::move(accounts), proof);
    }
    if (!qos.empty()) {
        c.facts.set("user.qos_valid", std::find(qos.begin(), qos.end(), c.job.qos) != qos.end(), proof);
        const bool normal = std::find(qos.begin(), qos.end(), "normal") != qos.end(); // what sacctmgr makes first
        c.facts.set("user.first_qos", normal ? std::string("normal") : qos.front());
        c.facts.set("user.qos", std::move(qos), proof);
    }
}

// Of equal priority the earlier one goes first.
bool goes_before(const slurm::Job& other, const slurm::Job& job)
{
    const std::uint64_t a = other.priority.value_or(0);
    const std::uint64_t b = job.priority.value_or(0);
    return other.id != job.id && (a > b || (a == b && other.raw_id != 0 && other.raw_id < job.raw_id));
}

void set_list(Case& c, const char* name, const std::string& list, const Evidence& proof)
{
    if (!unlimited_list(list)) {
        c.facts.set(name, list, proof);
    }
}

// Which of the user's own accounts or QOS the partition admits, where it names those it admits.
void add_admitted(Case& c, const char* own, const std::string& admitted, const char* name)
{
    const auto* mine = c.facts.get<std::vector<std::string>>(own);
    if (mine == nullptr || unlimited_list(admitted)) {
        return;
    }
    const auto found =
        std::find_if(mine->begin(), mine->end(), [&](const std::string& each) { return listed(admitted, each); });
    if (found != mine->end()) {
        c.facts.set(name, *found);
    }
}

} // namespace

void add_partition_facts(Case& c)
{
    add_associations(c);
    const auto answer = c.slurm.partition(c.job.partition);
    if (!answer.ok() || answer.value.empty()) {
        if (answer.error) {
            c.report.failed("job.partition", c.job.partition, *answer.error);
        }
        return;
    }
    const slurm::Partition& partition = answer.value.front();
    const auto proof = [&](const std::string& excerpt) { return Evidence{answer.source, excerpt}; };
    c.facts.set("partition.state", partition.state, proof("State=" + partition.state));
    if (partition.max_time && !partition.max_time->unlimited) {
        c.facts.set("partition.max_time", partition.max_time->value,
                    proof("MaxTime=" + util::slurm_time(partition.max_time->value)));
    }
    const auto count = [&](const char* name, const char* key, const std::optional<std::uint64_t>& value) {
        if (value) {
            c.facts.set(name, static_cast<std::int64_t>(*value), proof(fmt::format("{}={}", key, *value)));
        }
    };
    count("partition.max_nodes", "MaxNodes", partition.max_nodes);
    if (partition.min_nodes.value_or(0) > 1) {
        count("partition.min_nodes", "MinNodes", partition.min_nodes);
    }
    count("partition.total_nodes", "TotalNodes", partition.total_nodes);
    if (partition.max_memory_per_node) {
        c.facts.set("partition.max_memory_per_node", Bytes{*partition.max_memory_per_node});
    }
    set_list(c, "partition.allow_accounts", partition.allow_accounts,
             proof("AllowAccounts=" + partition.allow_accounts));
    set_list(c, "partition.deny_accounts", partition.deny_accounts, proof("DenyAccounts=" + partition.deny_accounts));
    set_list(c, "partition.allow_qos", partition.allow_qos, proof("AllowQos=" + partition.allow_qos));
    set_list(c, "partition.deny_qos", partition.deny_qos, proof("DenyQos=" + partition.deny_qos));
    set_list(c, "partition.allow_groups", partition.allow_groups, proof("AllowGroups=" + partition.allow_groups));
    add_admitted(c, "user.accounts", partition.allow_accounts, "user.admitted_account");
    add_admitted(c, "user.qos", partition.allow_qos, "user.admitted_qos");
    if (const std::string broken = broken_rule(c.job, partition); !broken.empty()) {
        c.facts.set("partition.broken", broken);
    }
}

void add_queue_facts(Case& c)
{
    if (c.job.partition.empty() || c.job.partition.find(',') != std::string::npos) {
        return; // several partitions: no one queue to count in
    }
    const auto queue = c.slurm.queue(c.job.partition);
    if (!queue.ok()) {
        c.report.failed("job.queue", c.job.partition, *queue.error);
        return;
    }
    std::int64_t ahead = 0;
    std::int64_t running = 0;
    for (const slurm::Job& other : queue.value) {
        running += slurm::pending(other) ? 0 : 1;
        ahead += slurm::pending(other) && goes_before(other, c.job) ? 1 : 0;
    }
    const Evidence proof{queue.source, fmt::format("{} pending jobs go before it, {} running", ahead, running)};
    c.facts.set("queue.running", running, proof);
    if (c.job.priority && ahead > 0) {
        c.facts.set("queue.ahead", ahead, proof);
    }
    const auto start = c.slurm.expected_start(c.job.id);
    if (start.ok() && start.value && *start.value > c.now()) {
        c.facts.set("start.expected", *start.value,
                    {start.source, "START_TIME " + util::local_stamp(*start.value, c.ctx.host.utc_offset())});
        c.facts.set("start.in", std::chrono::seconds(*start.value - c.now()));
    }
}

void add_license_facts(Case& c)
{
    const auto answer = c.slurm.licenses();
    if (!answer.ok()) {
        c.report.failed("job.licenses", c.job.licenses, *answer.error);
        return;
    }
    for (const std::string_view wanted : util::split(c.job.licenses, ',')) {
        const std::string_view name = wanted.substr(0, wanted.find(':'));
        const auto count = wanted.find(':') == std::string_view::npos
                               ? std::optional<std::uint64_t>(1)
                               : util::parse_unsigned(wanted.substr(wanted.find(':') + 1));
        for (const slurm::License& license : answer.value) {
            if (license.name != name || !license.total) {
                continue;
            }
            const std::uint64_t used = license.used.value_or(0);
            const Evidence proof{answer.source, fmt::format("{} Total={} Used={}", license.name, *license.total, used)};
            c.facts.set("license.name", license.name, proof);
            c.facts.set("license.total", static_cast<std::int64_t>(*license.total), proof);
            c.facts.set("license.used", static_cast<std::int64_t>(used), proof);
            if (count) {
                c.facts.set("license.asked", static_cast<std::int64_t>(*count), proof);
                c.facts.set("license.never", *count > *license.total, proof);
            }
            if (count && used + *count > *license.total) {
                return; // this one is in the way
            }
        }
    }
}

} // namespace hpcdoc::job

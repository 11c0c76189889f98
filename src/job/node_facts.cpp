// SPDX-License-Identifier: Apache-2.0
// Nodes and reservations in the way of a job.
#include <algorithm>

#include <hpcdoc/host.hpp>

#include "job/case.hpp"
#include "util/hostlist.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

std::string states_text(const slurm::Node& node)
{
    return util::join(node.states, "+");
}

void add_node_table(Case& c, const std::vector<const slurm::Node*>& nodes)
{
    Table table{"nodes", "Nodes that are not available", {"Node", "State", "Since", "Reason"}, {}};
    for (const slurm::Node* node : nodes) {
        if (table.rows.size() == 10) {
            table.rows.push_back({fmt::format("… {} more", nodes.size() - 10), "", "", ""});
            break;
        }
        table.rows.push_back({node->name, states_text(*node),
                              node->reason_time ? util::local_stamp(*node->reason_time, c.ctx.host.utc_offset()) : "?",
                              node->reason.empty() ? "no reason given" : util::printable(node->reason)});
    }
    c.report.add(std::move(table));
}

void add_unavailable(Case& c, const std::vector<const slurm::Node*>& bad, const std::string& source)
{
    const slurm::Node& first = *bad.front();
    const Evidence proof{source, fmt::format("NodeName={} State={}{}{}", first.name, states_text(first),
                                             first.reason.empty() ? "" : " Reason=" + util::printable(first.reason),
                                             first.reason_user.empty() ? "" : " [" + first.reason_user + "]")};
    std::vector<std::string> names;
    for (const slurm::Node* node : bad) {
        names.push_back(node->name);
    }
    c.facts.set("nodes.unavailable", util::fold_hostlist(names), proof);
    c.facts.set("nodes.unavailable_count", static_cast<std::int64_t>(bad.size()), proof);
    c.facts.set("node.name", first.name, proof);
    c.facts.set("node.state", states_text(first), proof);
    if (!first.reason.empty()) {
        c.facts.set("node.reason", util::printable(first.reason), proof);
    }
    if (!first.reason_user.empty()) {
        c.facts.set("node.reason_user", first.reason_user, proof);
    }
    if (first.reason_time) {
        c.facts.set("node.since", *first.reason_time, proof);
    }
    if (bad.size() > 1) {
        add_node_table(c, bad);
    }
}

// The largest node there is: a request above it can never start.
void add_capacity(Case& c, const std::vector<slurm::Node>& nodes, const std::string& source)
{
    std::uint64_t memory = 0;
    std::uint64_t cpus = 0;
    std::vector<std::string> features;
    for (const slurm::Node& node : nodes) {
        memory = std::max(memory, node.memory.value_or(0));
        cpus = std::max(cpus, node.cpus.value_or(0));
        for (const std::string_view feature : util::split(node.features, ',')) {
            if (!feature.empty() && feature != "(null)" &&
                std::find(features.begin(), features.end(), feature) == features.end()) {
                features.emplace_back(feature);
            }
        }
    }
    const Evidence proof{source, fmt::format("largest node: {} CPUs, {}", cpus, util::human_size(memory))};
    if (memory > 0) {
        c.facts.set("nodes.largest_memory", Bytes{memory}, proof);
    }
    if (cpus > 0) {
        c.facts.set("nodes.largest_cpus", static_cast<std::int64_t>(cpus), proof);
    }
    if (!features.empty()) {
        c.facts.set("nodes.features", std::move(features), proof);
    }
}

bool overlaps(const std::string& a, const std::string& b)
{
    const auto left = util::expand_hostlist(a);
    const auto right = util::expand_hostlist(b);
    if (!left || !right) {
        return true; // not told: assume the worst, which the reason already says
    }
    std::vector<std::string> sorted = *right;
    std::sort(sorted.begin(), sorted.end());
    return std::any_of(left->begin(), left->end(),
                       [&](const std::string& name) { return std::binary_search(sorted.begin(), sorted.end(), name); });
}

void set_maintenance(Case& c, const slurm::Reservation& reservation, const std::string& source)
{
    const Evidence proof{
        source, fmt::format("ReservationName={} StartTime={} EndTime={} Nodes={} Flags={}", reservation.name,
                            util::local_stamp(*reservation.start, c.ctx.host.utc_offset()),
                            reservation.end ? util::local_stamp(*reservation.end, c.ctx.host.utc_offset()) : "?",
                            reservation.nodes, reservation.flags)};
    c.facts.set("maintenance.name", reservation.name, proof);
    c.facts.set("maintenance.start", *reservation.start, proof);
    if (reservation.end) {
        c.facts.set("maintenance.end", *reservation.end, proof);
    }
    c.facts.set("maintenance.now", *reservation.start <= c.now(), proof);
    if (*reservation.start > c.now()) {
        const std::chrono::seconds before = *reservation.start - c.now();
        c.facts.set("maintenance.in", before);
        // A minute to spare: the scheduler needs a moment after the change.
        const auto longest = std::chrono::floor<std::chrono::minutes>(before) - std::chrono::minutes(1);
        if (longest >= std::chrono::minutes(1)) {
            c.facts.set("maintenance.longest", std::chrono::seconds(longest), proof);
        }
    }
}

void set_own_reservation(Case& c, const slurm::Reservation& reservation, const std::string& source)
{
    const Evidence proof{source, fmt::format("ReservationName={} State={} Users={} Accounts={}", reservation.name,
                                             reservation.state, reservation.users, reservation.accounts)};
    c.facts.set("reservation.state", reservation.state, proof);
    c.facts.set("reservation.nodes", reservation.nodes, proof);
    if (reservation.start) {
        c.facts.set("reservation.start", *reservation.start, proof);
        c.facts.set("reservation.started", *reservation.start <= c.now(), proof);
    }
    if (reservation.end) {
        c.facts.set("reservation.end", *reservation.end, proof);
    }
}

} // namespace

void add_node_facts(Case& c, const std::string& list)
{
    std::string wanted = list;
    if (wanted.empty()) {
        const auto partition = c.slurm.partition(c.job.partition);
        if (!partition.ok() || partition.value.empty()) {
            return;
        }
        wanted = partition.value.front().nodes;
    }
    if (wanted.empty() || wanted == "(null)") {
        return;
    }
    const auto answer = c.slurm.nodes(wanted);
    if (!answer.ok()) {
        c.report.failed("job.nodes", wanted, *answer.error);
        return;
    }
    std::vector<const slurm::Node*> bad;
    for (const slurm::Node& node : answer.value) {
        if (node.unavailable()) {
            bad.push_back(&node);
        }
    }
    const std::size_t healthy = answer.value.size() - bad.size();
    const Evidence proof{answer.source, fmt::format("{} of {} nodes are available", healthy, answer.value.size())};
    c.facts.set("nodes.total", static_cast<std::int64_t>(answer.value.size()), proof);
    c.facts.set("nodes.healthy", static_cast<std::int64_t>(healthy), proof);
    // Named nodes must all be there; otherwise as many as the job asks for.
    const bool named = !list.empty() && !c.job.requested_nodes.empty();
    const bool blocking = named ? !bad.empty() : healthy < std::max<std::uint64_t>(1, c.job.nodes.value_or(1));
    c.facts.set("nodes.blocking", blocking, proof);
    c.facts.set("nodes.named", named);
    add_capacity(c, answer.value, answer.source);
    if (!bad.empty()) {
        add_unavailable(c, bad, answer.source);
    }
}

void add_reservation_facts(Case& c, const slurm::ReasonMatch& match)
{
    const auto answer = c.slurm.reservations();
    if (!answer.ok()) {
        c.report.failed("job.reservations", c.job.id, *answer.error);
        return;
    }
    const std::string nodes = [&] {
        if (!c.job.requested_nodes.empty()) {
            return c.job.requested_nodes;
        }
        const auto partition = c.slurm.partition(c.job.partition);
        return partition.ok() && !partition.value.empty() ? partition.value.front().nodes : std::string();
    }();
    const bool told = util::contains(match.text, "maintenance");
    const slurm::Reservation* next = nullptr;
    for (const slurm::Reservation& reservation : answer.value) {
        if (reservation.name == c.job.reservation) {
            set_own_reservation(c, reservation, answer.source);
            continue;
        }
        const bool in_the_way = reservation.start && (!reservation.end || *reservation.end > c.now()) &&
                                (reservation.maintenance() || told) &&
                                (nodes.empty() || overlaps(nodes, reservation.nodes));
        if (in_the_way && (next == nullptr || *reservation.start < *next->start)) {
            next = &reservation;
        }
    }
    if (next == nullptr) {
        return;
    }
    // Only one that the job would run into is in its way.
    const bool reached = *next->start <= c.now() || !c.job.time_limit || c.job.time_limit->unlimited ||
                         c.now() + c.job.time_limit->value > *next->start;
    if (told || reached) {
        set_maintenance(c, *next, answer.source);
    }
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
// One job under examination: what was learnt of it so far. Each facts_*.cpp adds the facts of one subject; the rules
// of topic "job" judge them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <hpcdoc/report.hpp>
#include <hpcdoc/rules.hpp>
#include <hpcdoc/tools/slurm/reasons.hpp>
#include <hpcdoc/tools/slurm/record.hpp>

#include "job/knowledge.hpp"
#include "job/slurm_source.hpp"

namespace hpcdoc::job {

struct Case {
    Context& ctx;
    SlurmSource& slurm;
    const Knowledge& knowledge;
    Report& report;
    slurm::Job job{};               // both sources merged; of several runs the last
    std::vector<slurm::Job> runs{}; // of a requeued job, oldest first; from the accounting
    bool from_controller = false;   // the controller still knows it
    bool from_accounting = false;
    std::string controller_source{}, accounting_source{};
    Facts facts{};
    std::vector<LogMatch> log{}; // what the log rules found, best first
    bool read_log = true;
    bool brief = false; // no question beyond the two records: for lists and arrays

    std::chrono::sys_seconds now() const;
    // What Slurm's reason means; unknown when hpcdoc's own table could not be read, which the report then says.
    slurm::ReasonMatch reason() const;
    bool caller_owns() const;
    // What proves what the record says: the command and the fields.
    Evidence record(std::string excerpt) const;
    Evidence accounting(std::string excerpt) const { return {accounting_source, std::move(excerpt)}; }
};

// Gone before it was given a node: nothing of it ran.
bool never_started(const slurm::Job& job);

// The record itself: names, times, request, state. Always first.
void add_record_facts(Case& c);
// PENDING: the reason and what it depends on.
void add_pending_facts(Case& c);
void add_limit_facts(Case& c, const slurm::Reason& reason);
void add_dependency_facts(Case& c);
void add_queue_facts(Case& c);
void add_reservation_facts(Case& c, const slurm::ReasonMatch& match);
void add_partition_facts(Case& c);
void add_license_facts(Case& c);
// Nodes the job wants or had: which are unavailable, since when, why.
void add_node_facts(Case& c, const std::string& list);
// Ended: exit codes, signals, steps, memory, time, who cancelled.
void add_ended_facts(Case& c);
// Where the output is, and what its first and last part say.
void add_output_facts(Case& c);
// RUNNING: does it say anything, does it compute.
void add_running_facts(Case& c);
// What the job script says: buffering, redirection, threads, the directives a fix would change.
void add_script_facts(Case& c);
// What was used of what was asked.
void add_usage_facts(Case& c);

} // namespace hpcdoc::job

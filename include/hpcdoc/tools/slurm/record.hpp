// SPDX-License-Identifier: Apache-2.0
// A job as slurmctld (scontrol, squeue) or slurmdbd (sacct) tells it. What was not said is absent, never zero.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hpcdoc::slurm {

// "billing=4,cpu=4,gres/gpu:a100=2,gres/gpu=2,mem=16G,node=1": mem, vmem and fs/* in bytes, cpu time of usage strings
// in milliseconds ("cpu=00:10:00"), the rest as printed.
using Tres = std::map<std::string, std::uint64_t, std::less<>>;

struct ExitCode {
    int status = 0; // of WEXITSTATUS
    int signal = 0; // of WTERMSIG; 33 to 67 are slurmd's own error numbers, 125 out of memory
    bool operator==(const ExitCode&) const = default;
};

struct TimeLimit {
    bool unlimited = false;
    std::chrono::seconds value{0};
    bool operator==(const TimeLimit&) const = default;
};

struct Step {
    std::string id{}; // "batch", "extern", "interactive", "0", "TBD"
    std::string name{};
    std::string state{}; // "COMPLETED", without " by 1001"
    std::optional<ExitCode> exit_code{};
    std::optional<std::chrono::sys_seconds> start{}, end{};
    std::optional<std::chrono::seconds> elapsed{};
    std::optional<std::chrono::milliseconds> total_cpu{};
    std::optional<std::uint64_t> tasks{}, nodes{};
    std::string node_list{};
    std::optional<std::uint64_t> max_rss{}, average_rss{}; // bytes; of one task
    std::string max_rss_node{};
    std::optional<std::uint64_t> max_rss_task{};
    std::optional<std::chrono::milliseconds> minimum_cpu{}, average_cpu{}; // of a task
    Tres allocated{}, usage_total{}, usage_maximum{}, usage_average{};     // TRESUsageInTot, Max, Ave: cpu, mem, gres/*
    bool operator==(const Step&) const = default;
};

struct Job {
    std::string id{};         // as Slurm shows it: "4242", "4242_7", "4242_[3-7%2]", "4242+1"
    std::uint64_t raw_id = 0; // the number behind it; 0: not told
    std::optional<std::uint64_t> array_job{}, array_task{};
    std::string array_tasks{}; // of a pending rest: "3-7%2"
    std::optional<std::uint64_t> array_throttle{};
    std::optional<std::uint64_t> het_job{}, het_offset{};
    std::string name{}, user{}, account{}, partition{}, qos{}, cluster{};
    std::optional<unsigned> uid{};
    std::string state{};                    // one word: "PENDING", "CANCELLED", "COMPLETING" …
    std::optional<unsigned> cancelled_by{}; // uid of "CANCELLED by 1001"
    std::string reason{};                   // raw, blanks restored where known; see reasons.hpp
    std::optional<ExitCode> exit_code{}, derived_exit_code{};
    std::optional<std::chrono::sys_seconds> submit{}, eligible{}, start{}, end{}, deadline{}, last_sched_eval{},
        preempt{}, suspend{};
    std::optional<std::chrono::seconds> elapsed{}, suspended{};
    std::optional<TimeLimit> time_limit{};
    std::optional<std::chrono::milliseconds> total_cpu{};
    Tres requested{}, allocated{};
    std::optional<std::uint64_t> cpus{}, nodes{}, tasks{}, cpus_per_task{};
    std::optional<std::uint64_t> memory_per_node{}, memory_per_cpu{}; // bytes; which of the two was asked
    std::string node_list{}, scheduled_nodes{}, requested_nodes{}, excluded_nodes{}, failed_node{}, batch_host{};
    std::string dependency{}, features{}, reservation{}, licenses{}, tres_per_node{}, network{};
    std::string command{}, work_dir{}, std_out{}, std_err{}, std_in{}, submit_line{};
    std::string comment{}, admin_comment{}, system_comment{};
    std::optional<std::uint64_t> priority{}, restarts{};
    std::optional<bool> requeue{}, exclusive{};
    std::string scheduler{}; // Main, Backfill: who looked last
    std::string flags{};
    std::vector<Step> steps{};
    bool operator==(const Job&) const = default;
};

bool pending(const Job& job);
bool running(const Job& job); // RUNNING, COMPLETING, SUSPENDED, CONFIGURING, STOPPED, SIGNALING, STAGE_OUT, RESIZING
bool ended(const Job& job);

} // namespace hpcdoc::slurm

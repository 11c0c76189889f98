// SPDX-License-Identifier: Apache-2.0
// The questions hpcdoc puts to Slurm's commands, each asked at most once a run.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/context.hpp>
#include <hpcdoc/result.hpp>
#include <hpcdoc/runner.hpp>
#include <hpcdoc/tools/slurm/job_id.hpp>
#include <hpcdoc/tools/slurm/parse.hpp>

namespace hpcdoc::job {

// What one command said, or why it said nothing.
template<class T> struct Answer {
    T value{};
    std::string source{}; // the command line, for evidence
    slurm::Trouble trouble = slurm::Trouble::none;
    std::optional<Error> error{}; // could not be asked or understood

    bool ok() const { return !error && trouble == slurm::Trouble::none; }
};

class SlurmSource {
public:
    SlurmSource(Context& ctx, std::string cluster);

    Context& context() const { return m_ctx; }

    // What the controller and the accounting know of one id, asked at the same time.
    struct Records {
        Answer<std::vector<slurm::Job>> controller{};
        Answer<std::vector<slurm::Job>> accounting{};
        bool forged = false; // the controller's text held the same key twice
    };
    Records records_of(const slurm::JobId& id);
    // The controller alone: of a job beside the one in question.
    Answer<std::vector<slurm::Job>> controller_of(const slurm::JobId& id);
    // All jobs of a user since `start`, from both.
    Records records_of_user(const std::string& user, std::chrono::sys_seconds start);

    Answer<std::vector<slurm::Partition>> partition(const std::string& name);
    Answer<std::vector<slurm::Node>> nodes(const std::string& list);
    Answer<std::vector<slurm::Reservation>> reservations();
    Answer<std::vector<slurm::License>> licenses();
    // Associations of the account (its users included) and the named QOS.
    Answer<std::vector<slurm::LimitOwner>> limits(const std::string& account, const std::string& qos_list,
                                                  const std::string& user);
    // Pending and running jobs of a partition: id, state, priority, user, in the order they would start.
    Answer<std::vector<slurm::Job>> queue(const std::string& partition);
    Answer<std::optional<std::chrono::sys_seconds>> expected_start(const std::string& id);
    Answer<std::vector<slurm::Step>> usage(const std::string& id); // sstat
    // The accounts and QOS a user may use: records of Account, Partition, QOS.
    Answer<std::vector<slurm::Record>> associations(const std::string& user);
    Answer<slurm::Record> configuration();
    Answer<std::string> script(const std::string& id);
    // "scontrol ping": the state of each controller, as told.
    Answer<std::string> ping();
    // Records of several jobs in one call, from the accounting.
    Answer<std::vector<slurm::Job>> accounting_of(const std::string& id_list);

private:
    Invocation call(std::vector<std::string> argv) const;
    Completion run(const Invocation& invocation);
    std::vector<std::string> with_cluster(std::vector<std::string> argv) const;
    Invocation sacct_call(std::vector<std::string> selection) const;
    void learn_sacct_fields(const Completion& helpformat);
    Answer<std::vector<slurm::Job>> ask_accounting(std::vector<std::string> selection);
    template<class T, class Parse> Answer<T> ask(std::vector<std::string> argv, Parse parse);

    Context& m_ctx;
    std::string m_cluster;
    std::vector<std::string> m_sacct_fields{};
    std::map<std::vector<std::string>, Completion> m_done{}; // what was asked already
};

} // namespace hpcdoc::job

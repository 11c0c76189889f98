// SPDX-License-Identifier: Apache-2.0
// A limit's value, what is used of it and by whom, and what this job asks: never, or not yet.
// Scopes as slurmctld searches them (resource_limits.html): QOS of the partition and of the job; the user's
// association, its account and every parent account. Source of the numbers: scontrol show assoc_mgr (slurmctld's own
// cache).
#include <algorithm>
#include <array>
#include <set>

#include "job/case.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

enum class Kind { per_job, minimum, group }; // group: shared with other jobs, so `used` counts

struct Field {
    std::string_view reason;  // as reasons.toml names it
    std::string_view printed; // as assoc_mgr prints it
    Kind kind;
    bool minutes; // TRES × minutes
};

constexpr std::array k_fields = {
    Field{"GrpTRES", "GrpTRES", Kind::group, false},
    Field{"GrpTRESMins", "GrpTRESMins", Kind::group, true},
    Field{"GrpTRESRunMins", "GrpTRESRunMins", Kind::group, true},
    Field{"GrpJobs", "GrpJobs", Kind::group, false},
    Field{"GrpSubmitJobs", "GrpSubmitJobs", Kind::group, false},
    Field{"GrpWall", "GrpWall", Kind::group, true},
    Field{"MaxTRESPerJob", "MaxTRESPJ", Kind::per_job, false},
    Field{"MaxTRESPerNode", "MaxTRESPN", Kind::per_job, false},
    Field{"MaxTRESMinsPerJob", "MaxTRESMinsPJ", Kind::per_job, true},
    Field{"MaxWallDurationPerJob", "MaxWallPJ", Kind::per_job, true},
    Field{"MinTRESPerJob", "MinTRESPJ", Kind::minimum, false},
    Field{"MaxTRESPerUser", "MaxTRESPU", Kind::group, false},
    Field{"MaxTRESPerAccount", "MaxTRESPA", Kind::group, false},
    Field{"MaxTRESRunMinsPerUser", "MaxTRESRunMinsPU", Kind::group, true},
    Field{"MaxTRESRunMinsPerAccount", "MaxTRESRunMinsPA", Kind::group, true},
    Field{"MaxJobs", "MaxJobs", Kind::group, false},
    Field{"MaxSubmitJobs", "MaxSubmitJobs", Kind::group, false},
    Field{"MaxJobsPerUser", "MaxJobsPU", Kind::group, false},
    Field{"MaxJobsPerAccount", "MaxJobsPA", Kind::group, false},
    Field{"MaxSubmitJobsPerUser", "MaxSubmitJobsPU", Kind::group, false},
    Field{"MaxSubmitJobsPerAccount", "MaxSubmitJobsPA", Kind::group, false},
};

const Field* field_of(std::string_view reason_limit)
{
    // reasons.toml may name both spellings: "MaxTRESPerJob (MaxTRES)".
    const std::string_view name = reason_limit.substr(0, reason_limit.find(' '));
    const auto found = std::find_if(k_fields.begin(), k_fields.end(), [&](const Field& f) { return f.reason == name; });
    return found == k_fields.end() ? nullptr : &*found;
}

bool tres_wanted(std::string_view pattern, std::string_view tres)
{
    if (!pattern.empty() && pattern.back() == '*') {
        return tres.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
    }
    return pattern == tres;
}

// What the job asks of one TRES under this limit, in the limit's own unit.
std::optional<std::uint64_t> asked(const slurm::Job& job, const Field& field, const std::string& tres)
{
    const auto minutes = [&]() -> std::optional<std::uint64_t> {
        if (!job.time_limit || job.time_limit->unlimited) {
            return std::nullopt;
        }
        return static_cast<std::uint64_t>((job.time_limit->value.count() + 59) / 60);
    };
    if (tres.empty()) {
        return field.minutes ? minutes() : std::optional<std::uint64_t>(1); // one job, or its wall time
    }
    auto found = job.requested.find(tres);
    if (found == job.requested.end() && (found = job.allocated.find(tres)) == job.allocated.end()) {
        return std::nullopt;
    }
    std::uint64_t amount = found->second;
    if (field.printed == "MaxTRESPN" && job.nodes && *job.nodes > 0) {
        amount = (amount + *job.nodes - 1) / *job.nodes;
    }
    if (field.minutes) {
        const auto time = minutes();
        return time ? std::optional<std::uint64_t>(amount * *time) : std::nullopt;
    }
    return amount;
}

struct Candidate {
    const slurm::LimitOwner* owner = nullptr;
    std::string tres{};
    std::uint64_t limit = 0, used = 0;
    std::optional<std::uint64_t> asked{};
    bool never = false, full = false;
    int rank() const { return never ? 0 : full ? 1 : 2; }
};

std::vector<Candidate> candidates_in(const slurm::LimitOwner& owner, const slurm::Job& job, const Field& field,
                                     const std::string& tres_pattern)
{
    std::vector<Candidate> found;
    const auto limits = owner.limits.find(field.printed);
    if (limits == owner.limits.end()) {
        return found;
    }
    for (const auto& [tres, use] : limits->second) {
        // "any TRES without its own word" fits whatever has a limit.
        if (!use.limit ||
            (!tres_pattern.empty() && tres_pattern.rfind("any", 0) != 0 && !tres_wanted(tres_pattern, tres))) {
            continue;
        }
        Candidate candidate{&owner, tres, *use.limit, use.used, asked(job, field, tres), false, false};
        if (candidate.asked) {
            const bool over =
                field.kind == Kind::minimum ? *candidate.asked < candidate.limit : *candidate.asked > candidate.limit;
            candidate.never = over;
            candidate.full = field.kind == Kind::group && candidate.used + *candidate.asked > candidate.limit;
        }
        found.push_back(std::move(candidate));
    }
    return found;
}

std::string scope_text(const slurm::LimitOwner& owner, const Case& c, const std::string& partition_qos)
{
    if (owner.kind == "qos") {
        return owner.name == partition_qos && owner.name != c.job.qos
                   ? fmt::format("QOS '{}' of partition '{}'", owner.name, c.job.partition)
                   : fmt::format("QOS '{}'", owner.name);
    }
    if (!owner.user.empty()) {
        return owner.partition.empty() ? fmt::format("user '{}' in account '{}'", owner.user, owner.account)
                                       : fmt::format("user '{}' in account '{}', partition '{}'", owner.user,
                                                     owner.account, owner.partition);
    }
    return owner.account == c.job.account ? fmt::format("account '{}'", owner.account)
                                          : fmt::format("parent account '{}'", owner.account);
}

std::string what_text(const Field& field, const std::string& tres)
{
    if (tres.empty()) {
        if (field.minutes) {
            return "run time";
        }
        return field.printed.find("Submit") != std::string_view::npos ? "queued and running jobs" : "running jobs";
    }
    std::string thing = tres == "cpu"                    ? "CPUs"
                        : tres == "mem"                  ? "memory"
                        : tres == "node"                 ? "nodes"
                        : tres == "billing"              ? "billing units"
                        : tres.rfind("gres/", 0) == 0    ? tres.substr(5) + (tres == "gres/gpu" ? "s" : "")
                        : tres.rfind("license/", 0) == 0 ? "licences of " + tres.substr(8)
                                                         : tres;
    if (thing == "gpus") {
        thing = "GPUs";
    }
    if (!field.minutes) {
        return thing;
    }
    return tres == "cpu" ? "CPU minutes" : tres == "node" ? "node minutes" : thing + " × minutes";
}

// As in "asks for 1 CPU", "asks for 4 GiB of memory", "asks for 10 min of run time".
std::string asked_text(const Field& field, const std::string& tres, std::uint64_t count)
{
    std::string what = what_text(field, tres);
    if ((tres.empty() && field.minutes) || (tres == "mem" && !field.minutes)) {
        return "of " + what;
    }
    if (count == 1 && !what.empty() && what.back() == 's') {
        what.pop_back();
    }
    return what;
}

FactValue amount(const Field& field, const std::string& tres, std::uint64_t value)
{
    if (tres.empty() && field.minutes) {
        return std::chrono::seconds(value * 60);
    }
    if (tres == "mem" && !field.minutes) {
        return Bytes{value};
    }
    return static_cast<std::int64_t>(value);
}

// Minutes that the limit leaves to a job of this size; 0: it is no limit of time, or none fits.
std::uint64_t longest_time(const slurm::Job& job, const Field& field, const Candidate& best)
{
    if (!field.minutes || best.tres.empty()) {
        return field.minutes ? best.limit : 0;
    }
    const auto found = job.requested.find(best.tres);
    return found == job.requested.end() || found->second == 0 ? 0 : best.limit / found->second;
}

// The #SBATCH option that keeps the job within the limit.
std::string sbatch_option(const slurm::Job& job, const Field& field, const Candidate& best)
{
    const std::uint64_t limit = best.limit;
    const std::uint64_t nodes = job.nodes.value_or(1) == 0 ? 1 : job.nodes.value_or(1);
    if (limit == 0) {
        return "";
    }
    if (field.minutes) {
        const std::uint64_t minutes = longest_time(job, field, best);
        return minutes == 0 ? "" : "--time=" + util::slurm_time(std::chrono::seconds(minutes * 60));
    }
    if (best.tres == "cpu") {
        const std::uint64_t each = job.cpus_per_task.value_or(1) == 0 ? 1 : job.cpus_per_task.value_or(1);
        if (job.tasks.value_or(1) > 1) {
            return limit / each == 0 ? "" : fmt::format("--ntasks={}", limit / each);
        }
        return fmt::format("--cpus-per-task={}", limit);
    }
    if (best.tres == "mem") {
        const bool per_node = field.printed == "MaxTRESPN";
        return "--mem=" + fmt::format("{}M", (limit >> 20) / (per_node ? 1 : nodes));
    }
    if (best.tres == "node") {
        return fmt::format("--nodes={}", limit);
    }
    if (best.tres.rfind("gres/", 0) == 0) {
        return fmt::format("--gres={}:{}", best.tres.substr(5),
                           field.printed == "MaxTRESPN" ? limit : std::max<std::uint64_t>(1, limit / nodes));
    }
    if (best.tres.rfind("license/", 0) == 0) {
        return fmt::format("--licenses={}:{}", best.tres.substr(8), limit);
    }
    return "";
}

// The option by which squeue shows the jobs that share the limit.
std::string squeue_option(const Case& c, const std::vector<slurm::LimitOwner>& owners, const Field& field,
                          const Candidate& best, const std::string& partition_qos)
{
    const slurm::LimitOwner& owner = *best.owner;
    if (owner.kind == "qos") {
        // Jobs have the QOS of their partition without naming it.
        return owner.name == partition_qos && owner.name != c.job.qos ? "--partition=" + c.job.partition
                                                                      : "--qos=" + owner.name;
    }
    std::set<std::string> accounts; // squeue -A does not look below an account
    for (const slurm::LimitOwner& other : owners) {
        const auto limits = other.limits.find(field.printed);
        const auto use =
            limits == other.limits.end() ? decltype(limits->second.end()){} : limits->second.find(best.tres);
        if (!other.user.empty() && limits != other.limits.end() && use != limits->second.end() &&
            use->second.used > 0) {
            accounts.insert(other.account);
        }
    }
    const std::vector<std::string> names(accounts.begin(), accounts.end());
    return "--account=" + (names.empty() ? owner.account : util::join(names, ","));
}

// Who uses a shared limit: the user associations of the same account, or of the accounts below it.
std::vector<std::string> users_of(const std::vector<slurm::LimitOwner>& owners, const Field& field,
                                  const Candidate& best)
{
    std::vector<std::pair<std::uint64_t, std::string>> users;
    for (const slurm::LimitOwner& owner : owners) {
        if (owner.kind != "association" || owner.user.empty() || best.owner->kind != "association") {
            continue;
        }
        const auto limits = owner.limits.find(field.printed);
        const auto use =
            limits == owner.limits.end() ? decltype(limits->second.end()){} : limits->second.find(best.tres);
        if (limits != owner.limits.end() && use != limits->second.end() && use->second.used > 0) {
            const FactValue value = amount(field, best.tres, use->second.used);
            users.emplace_back(use->second.used,
                               fmt::format("{} {}", owner.user,
                                           best.tres == "mem" && !field.minutes ? util::human_size(use->second.used)
                                                                                : fmt::format("{}", use->second.used)));
        }
    }
    std::sort(users.rbegin(), users.rend());
    std::vector<std::string> names;
    for (const auto& [used, text] : users) {
        if (names.size() == 5) {
            names.emplace_back("…");
            break;
        }
        names.push_back(text);
    }
    return names;
}

struct Owners {
    std::vector<slurm::LimitOwner> all{};
    std::string source{}, partition_qos{};
};

std::string user_of(const slurm::Job& job)
{
    return job.uid ? fmt::format("{}({})", job.user, *job.uid) : job.user;
}

// Every place where this limit may be set: for associations up the tree to the root account.
Owners owners_of(Case& c, const slurm::Reason& reason)
{
    Owners owners;
    const auto take = [&](Answer<std::vector<slurm::LimitOwner>>&& answer) {
        if (!answer.ok()) {
            c.report.failed("job.limits", c.job.id, *answer.error);
            return false;
        }
        if (owners.source.empty()) {
            owners.source = answer.source;
        }
        std::move(answer.value.begin(), answer.value.end(), std::back_inserter(owners.all));
        return true;
    };
    if (reason.scope != "association") {
        const auto partition = c.slurm.partition(c.job.partition);
        if (partition.ok() && !partition.value.empty()) {
            owners.partition_qos = partition.value.front().qos;
        }
        std::string names = c.job.qos;
        if (!owners.partition_qos.empty() && owners.partition_qos != "N/A" && owners.partition_qos != names) {
            names += (names.empty() ? "" : ",") + owners.partition_qos;
        }
        if (!names.empty()) {
            take(c.slurm.limits("", names, user_of(c.job)));
        }
        return owners;
    }
    std::string account = c.job.account;
    std::set<std::string> seen;
    while (!account.empty() && seen.insert(account).second &&
           seen.size() <= 8) { // slurmdbd trees are rarely deeper than 4
        const std::size_t before = owners.all.size();
        if (!take(c.slurm.limits(account, "", user_of(c.job)))) {
            break;
        }
        std::string parent;
        for (std::size_t i = before; i < owners.all.size(); ++i) {
            if (owners.all[i].user.empty() && owners.all[i].account == account) {
                parent = owners.all[i].parent_account;
            }
        }
        account = parent;
    }
    return owners;
}

bool concerns(const slurm::LimitOwner& owner, const Case& c)
{
    return owner.kind == "qos" || owner.user.empty() || owner.user == c.job.user;
}

void set_limit_facts(Case& c, const Owners& owners, const Field& field, const Candidate& best)
{
    const std::string printed(field.printed);
    const Evidence proof{owners.source,
                         fmt::format("{}: {}={}{}({})", scope_text(*best.owner, c, owners.partition_qos), printed,
                                     best.tres.empty() ? "" : best.tres + "=", best.limit, best.used)};
    c.facts.set("limit.name", printed + (best.tres.empty() ? "" : "=" + best.tres), proof);
    c.facts.set("limit.scope", scope_text(*best.owner, c, owners.partition_qos), proof);
    c.facts.set("limit.owner", best.owner->kind == "qos" ? best.owner->name : best.owner->account);
    c.facts.set("limit.what", what_text(field, best.tres));
    c.facts.set("limit.value", amount(field, best.tres, best.limit), proof);
    c.facts.set("limit.kind", std::string(field.kind == Kind::minimum ? "minimum"
                                          : field.kind == Kind::group ? "shared"
                                                                      : "per job"));
    if (field.kind == Kind::group) {
        c.facts.set("limit.used", amount(field, best.tres, best.used), proof);
        if (best.used < best.limit) {
            c.facts.set("limit.left", amount(field, best.tres, best.limit - best.used), proof);
        }
        c.facts.set("limit.squeue", squeue_option(c, owners.all, field, best, owners.partition_qos));
        if (printed.ends_with("PU") || !best.owner->user.empty()) {
            c.facts.set("limit.squeue_user", "--user=" + c.job.user);
        }
        if (std::vector<std::string> users = users_of(owners.all, field, best); !users.empty()) {
            c.facts.set("limit.users", std::move(users), proof);
        }
    }
    if (best.asked) {
        const std::string what = asked_text(field, best.tres, *best.asked);
        c.facts.set("limit.asked_what", what);
        c.facts.set("limit.asked", amount(field, best.tres, *best.asked),
                    c.record(best.tres.empty() && field.minutes
                                 ? "TimeLimit=" + util::slurm_time(std::chrono::seconds(*best.asked * 60))
                             : best.tres == "mem" ? "asks mem=" + util::human_size(*best.asked)
                                                  : fmt::format("asks {} {}", *best.asked, what)));
        c.facts.set("limit.never", best.never, proof);
        c.facts.set("limit.full", best.full, proof);
    }
    if (const std::string option = sbatch_option(c.job, field, best);
        !option.empty() && field.printed != "GrpTRESMins") {
        c.facts.set("limit.option", option);
    }
    if (const auto minutes = longest_time(c.job, field, best); minutes > 0) {
        c.facts.set("limit.time", std::chrono::seconds(minutes * 60));
    }
    c.facts.set("limit.is_time", field.minutes);
}

} // namespace

void add_limit_facts(Case& c, const slurm::Reason& reason)
{
    const Field* field = field_of(reason.limit);
    if (field == nullptr) {
        return;
    }
    const Owners owners = owners_of(c, reason);
    std::vector<Candidate> all;
    for (const slurm::LimitOwner& owner : owners.all) {
        if (concerns(owner, c)) {
            auto more = candidates_in(
                owner, c.job, *field,
                reason.tres == "-" || reason.tres == "minutes" || reason.tres == "wall minutes" ? "" : reason.tres);
            std::move(more.begin(), more.end(), std::back_inserter(all));
        }
    }
    if (all.empty()) {
        return;
    }
    const auto best = std::min_element(all.begin(), all.end(),
                                       [](const Candidate& a, const Candidate& b) { return a.rank() < b.rank(); });
    set_limit_facts(c, owners, *field, *best);
}

} // namespace hpcdoc::job

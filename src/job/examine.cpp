// SPDX-License-Identifier: Apache-2.0
#include "job/examine.hpp"

#include <algorithm>

#include <hpcdoc/host.hpp>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

constexpr std::size_t k_most_log_findings = 3;
constexpr std::uint64_t k_near_the_end = 30; // lines from the end of a log

// A run that Slurm itself ended (or that ended well) is explained by Slurm; of one that ended by itself the log knows
// more than the exit code.
bool ended_by_itself(const Case& c)
{
    return c.job.state == "FAILED" && !c.facts.has("exit.slurmd") && !c.facts.has("oom");
}

// What the exit code says is then only the context of what the log says.
void demote_exit_verdicts(const Case& c, std::vector<Finding>& findings)
{
    const std::string* by_code = c.facts.get<std::string>("exit.verdict");
    for (Finding& finding : findings) {
        if (finding.id == "job.failed-in-application" || finding.id == "job.step-failed" ||
            (by_code != nullptr && finding.id == *by_code)) {
            finding.role = Role::context;
        }
    }
}

Finding* finding_with(std::vector<Finding>& findings, const std::string& id)
{
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.id == id; });
    return found == findings.end() ? nullptr : &*found;
}

bool near_the_end(const Case& c, const LogMatch& match)
{
    const auto* lines = c.facts.get<std::int64_t>("log.lines");
    const std::uint64_t line = match.line % 1'000'000'000;
    return lines != nullptr && line + k_near_the_end >= static_cast<std::uint64_t>(*lines);
}

// What Slurm writes at the end of each job that it stops for time, its own limit or not.
bool only_echoes(const LogMatch& match, std::vector<Finding>& findings)
{
    return match.evidences == "job.time-limit" && finding_with(findings, "job.time-limit-not-own") != nullptr;
}

// "/x/slurm-7.out" of "/x/slurm-7.out:12" and "/x/slurm-7.out (end)".
std::string_view place_of(std::string_view source)
{
    for (const std::string_view suffix : {" (end)", " (last part)"}) {
        if (source.ends_with(suffix)) {
            return source.substr(0, source.size() - suffix.size());
        }
    }
    const std::size_t digits = source.find_last_not_of("0123456789");
    return digits != std::string_view::npos && source[digits] == ':' ? source.substr(0, digits) : source;
}

// One entry a source, each line once: rules and log matches may prove the same thing with the same words.
void tidy_evidence(Finding& finding)
{
    std::vector<Evidence> tidy;
    for (Evidence& evidence : finding.evidence) {
        const bool told = std::any_of(tidy.begin(), tidy.end(), [&](const Evidence& other) {
            return place_of(other.source) == place_of(evidence.source) &&
                   util::contains(other.excerpt, evidence.excerpt);
        });
        if (told) {
            continue;
        }
        const auto same = std::find_if(tidy.begin(), tidy.end(),
                                       [&](const Evidence& other) { return other.source == evidence.source; });
        if (same == tidy.end()) {
            tidy.push_back(std::move(evidence));
        } else {
            same->excerpt += "\n" + evidence.excerpt;
        }
    }
    finding.evidence = std::move(tidy);
}

// The log's own findings: proof of a job verdict, the cause, or something worth knowing beside it.
void add_log_findings(const Case& c, std::vector<Finding>& findings)
{
    bool cause_taken = !ended_by_itself(c);
    std::size_t shown = 0;
    for (const LogMatch& match : c.log) {
        if (Finding* proven = match.evidences.empty() ? nullptr : finding_with(findings, match.evidences);
            proven != nullptr) {
            proven->evidence.insert(proven->evidence.end(), match.finding.evidence.begin(),
                                    match.finding.evidence.end());
            if (proven->labels.empty()) {
                proven->labels = match.finding.labels;
            }
            cause_taken = cause_taken || proven->role == Role::cause;
            continue;
        }
        // An echo of the cause ("MPI_ABORT was invoked") is worth a word only where no cause is known.
        const bool echo = match.kind == LogMatch::Kind::consequence && shown == 0 && c.job.state == "FAILED";
        if ((match.kind != LogMatch::Kind::root && !echo) || shown >= k_most_log_findings ||
            only_echoes(match, findings)) {
            continue;
        }
        Finding finding = match.finding;
        const bool cause = !cause_taken && finding.severity >= Severity::error;
        finding.role = cause ? Role::cause : Role::context;
        if (cause) {
            cause_taken = true;
            demote_exit_verdicts(c, findings);
        } else if (c.job.state == "COMPLETED") {
            // The work went on after this line: at most a hint, and only if it is among the last ones.
            if (!near_the_end(c, match)) {
                continue;
            }
            finding.severity = std::min(finding.severity, Severity::warning);
            finding.certainty = Certainty::possible;
        }
        ++shown;
        findings.push_back(std::move(finding));
    }
}

void add_card_line(Case& c, const char* key, const char* label, std::string value)
{
    if (!value.empty()) {
        c.report.fact({key, label, std::move(value), c.from_controller ? c.controller_source : c.accounting_source});
    }
}

std::string used_of_limit(const slurm::Job& job)
{
    if (!job.elapsed) {
        return "";
    }
    std::string text = util::slurm_time(*job.elapsed);
    if (job.time_limit) {
        text +=
            " of " + (job.time_limit->unlimited ? std::string("unlimited") : util::slurm_time(job.time_limit->value));
    }
    return text;
}

void add_card(Case& c)
{
    const slurm::Job& job = c.job;
    const auto stamp = [&](const std::optional<std::chrono::sys_seconds>& time) {
        return time ? util::local_stamp(*time, c.ctx.host.utc_offset()) : std::string();
    };
    const auto* told = c.facts.get<std::string>("reason.text"); // with the blanks that scontrol writes as "_"
    const std::string reason = told != nullptr ? *told : util::printable(job.reason);
    add_card_line(c, "job.state", "State", job.state + (reason.empty() || reason == "None" ? "" : " (" + reason + ")"));
    add_card_line(c, "job.user", "User",
                  util::printable(job.user + (job.account.empty() ? "" : ", account " + job.account)));
    add_card_line(c, "job.partition", "Partition",
                  util::printable(job.partition + (job.qos.empty() ? "" : ", QOS " + job.qos)));
    add_card_line(c, "job.submit", "Submitted", stamp(job.submit));
    add_card_line(c, "job.start", "Started", slurm::pending(job) ? "" : stamp(job.start));
    add_card_line(c, "job.end", "Ended", slurm::ended(job) ? stamp(job.end) : "");
    add_card_line(c, "job.elapsed", slurm::pending(job) ? "Time limit" : "Ran",
                  slurm::pending(job)
                      ? (job.time_limit
                             ? (job.time_limit->unlimited ? "unlimited" : util::slurm_time(job.time_limit->value))
                             : "")
                      : used_of_limit(job));
    std::string size;
    if (job.nodes && job.cpus) {
        size = fmt::format("{} node{}, {} CPU{}", *job.nodes, *job.nodes == 1 ? "" : "s", *job.cpus,
                           *job.cpus == 1 ? "" : "s");
        if (const auto* memory = c.facts.get<Bytes>("job.memory"); memory != nullptr) {
            size += ", " + util::human_size(memory->count);
        }
        if (const auto* gpus = c.facts.get<std::int64_t>("job.gpus"); gpus != nullptr) {
            size += fmt::format(", {} GPU{}", *gpus, *gpus == 1 ? "" : "s");
        }
    }
    add_card_line(c, "job.size", "Size", size);
    add_card_line(c, "job.nodes", "Nodes", util::printable(job.node_list));
    if (const auto* code = c.facts.get<std::string>("exit.text"); code != nullptr && !slurm::pending(job)) {
        add_card_line(c, "exit.text", "Exit code", *code);
    }
    if (const auto* path = c.facts.get<std::string>("log.path"); path != nullptr) {
        add_card_line(c, "log.path", "Output", *path);
    } else if (const auto* planned = c.facts.get<std::string>("output.path"); planned != nullptr) {
        add_card_line(c, "log.path", "Output", *planned);
    }
}

} // namespace

std::string headline(const Case& c)
{
    const slurm::Job& job = c.job;
    std::string text = fmt::format("Job {}", util::printable(job.id));
    if (!job.name.empty()) {
        text += fmt::format(" '{}'", util::shorten(util::printable(job.name), 40));
    }
    if (!job.user.empty()) {
        text += fmt::format(" of {}", util::printable(job.user));
    }
    text += fmt::format(", {}", job.state.empty() ? "state unknown" : job.state);
    if (slurm::pending(job)) {
        if (job.submit) {
            text += fmt::format(" for {}", util::human_time(std::max(c.now() - *job.submit, std::chrono::seconds(0))));
        }
    } else if (never_started(job)) {
        text += " before it started";
    } else if (job.elapsed) {
        text += fmt::format(" after {}", util::human_time(*job.elapsed));
    }
    if (!job.node_list.empty() && !slurm::pending(job)) {
        text += fmt::format(" on {}", util::printable(job.node_list));
    }
    if (c.runs.size() > 1) {
        text += fmt::format(" (run {} of {})", c.runs.size(), c.runs.size());
    }
    return text;
}

void gather(Case& c)
{
    add_record_facts(c);
    if (slurm::pending(c.job)) {
        add_pending_facts(c);
        return;
    }
    if (slurm::ended(c.job)) {
        add_ended_facts(c);
    }
    if (!c.brief && c.read_log && !never_started(c.job)) {
        add_output_facts(c);
    } else if (!c.brief && !c.read_log) {
        c.report.skipped("job.output", c.job.id, "not read, as asked (--no-log)");
    }
    if (slurm::running(c.job)) {
        add_running_facts(c);
    }
    add_usage_facts(c);
}

Result<void> judge(Case& c)
{
    HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, c.ctx.rules.diagnose("job", c.facts));
    add_log_findings(c, findings);
    c.report.headline = headline(c);
    add_card(c);
    for (Finding& finding : findings) {
        tidy_evidence(finding);
        c.report.add(std::move(finding));
    }
    return {};
}

Result<Finding> brief_verdict(Context& ctx, SlurmSource& slurm, const Knowledge& knowledge, const Merged& merged)
{
    Report report;
    Case c{ctx, slurm, knowledge, report};
    c.job = merged.job;
    c.runs = merged.runs;
    c.from_controller = merged.from_controller;
    c.from_accounting = merged.from_accounting;
    c.brief = true;
    gather(c);
    HPCDOC_TRY(judge(c));
    const Finding* verdict = report.verdict();
    if (verdict == nullptr) {
        Finding none;
        none.id = "job.reason-unknown";
        none.title = merged.job.state;
        return none;
    }
    return *verdict;
}

} // namespace hpcdoc::job

// SPDX-License-Identifier: Apache-2.0
#include "job/slurm_source.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/terminal.hpp>

#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::job {

namespace {

// slurmctld serves everyone: one question at a time (facts: "every call is an RPC").
std::string lane_of(std::string_view program)
{
    if (program == "sacct" || program == "sacctmgr") {
        return "slurmdbd";
    }
    return program == "sstat" ? "local" : "slurmctld";
}

Error as_error(const Completion& done, const std::string& source)
{
    switch (done.how) {
    case Completion::How::not_found:
        return {Code::not_found, fmt::format("'{}' is not installed here", source.substr(0, source.find(' '))), "", {}};
    case Completion::How::timed_out:
    case Completion::How::abandoned:
        return {Code::timed_out,
                fmt::format("'{}' did not answer within {} s", source, (done.elapsed.count() + 999) / 1000),
                "",
                {}};
    case Completion::How::not_recorded:
        return {Code::not_recorded, fmt::format("'{}' is not in the recording", source), "", {}};
    case Completion::How::not_started:
        return {Code::io, fmt::format("'{}' could not be started: {}", source, util::trim(done.err)), "", {}};
    case Completion::How::signalled:
        return {Code::io, fmt::format("'{}' was ended by signal {}", source, done.status), "", {}};
    case Completion::How::exited: break;
    }
    // Slurm writes a chain of complaints; the last one says what came of it.
    const std::string_view text =
        util::trim(done.err.empty() ? std::string_view(done.out) : std::string_view(done.err));
    const std::string_view said = text.substr(text.rfind('\n') == std::string_view::npos ? 0 : text.rfind('\n') + 1);
    return {Code::io,
            fmt::format("'{}' exited {}: {}", source, done.status, util::printable(util::trim(said).substr(0, 300))),
            "",
            {}};
}

std::string text_of(const std::vector<std::string>& argv)
{
    // An unprintable separator helps no reader.
    if (argv.front() == "sacct") {
        std::vector<std::string> shorter;
        std::copy_if(argv.begin(), argv.end(), std::back_inserter(shorter),
                     [](const std::string& word) { return word != "-p" && word.rfind("--delimiter", 0) != 0; });
        return command_line(shorter);
    }
    const bool columns = argv.size() > 2 && argv[argv.size() - 2] == "-o" && argv.back().size() > 20;
    if (columns && (argv.front() == "squeue" || argv.front() == "sstat")) {
        return command_line(std::span(argv).first(argv.size() - 2));
    }
    return command_line(argv);
}

} // namespace

SlurmSource::SlurmSource(Context& ctx, std::string cluster) : m_ctx(ctx), m_cluster(std::move(cluster)) {}

Invocation SlurmSource::call(std::vector<std::string> argv) const
{
    Invocation invocation;
    invocation.lane = lane_of(argv.front());
    invocation.argv = std::move(argv);
    invocation.deadline = m_ctx.config.duration("run.call_deadline");
    invocation.out_cap = 64u << 20; // an array of 10,000 tasks is about 15 MB of sacct
    return invocation;
}

Completion SlurmSource::run(const Invocation& invocation)
{
    if (auto found = m_done.find(invocation.argv); found != m_done.end()) {
        return found->second;
    }
    m_ctx.terminal.progress(text_of(invocation.argv));
    Completion done = m_ctx.runner.run(invocation);
    m_ctx.terminal.progress("");
    if (done.out.size() < (1u << 20)) {
        m_done.emplace(invocation.argv, done);
    }
    return done;
}

std::vector<std::string> SlurmSource::with_cluster(std::vector<std::string> argv) const
{
    if (!m_cluster.empty()) {
        argv.insert(argv.begin() + 1, {"-M", m_cluster});
    }
    return argv;
}

// The fields go by SACCT_FORMAT, and the output says in its header which they are: so the command line stays the same
// from version to version, and an old recording answers a newer hpcdoc that would ask for more.
Invocation SlurmSource::sacct_call(std::vector<std::string> selection) const
{
    std::vector<std::string> argv = {"sacct", "-D", "-p", fmt::format("--delimiter={}", slurm::k_unit_separator)};
    argv.insert(argv.end(), selection.begin(), selection.end());
    Invocation invocation = call(with_cluster(std::move(argv)));
    invocation.env.set["SACCT_FORMAT"] = util::join(m_sacct_fields, ",");
    return invocation;
}

void SlurmSource::learn_sacct_fields(const Completion& helpformat)
{
    m_sacct_fields = slurm::sacct_fields(helpformat.ok() ? std::string_view(helpformat.out) : std::string_view());
}

Answer<std::vector<slurm::Job>> SlurmSource::ask_accounting(std::vector<std::string> selection)
{
    const Invocation invocation = sacct_call(std::move(selection));
    const Completion done = run(invocation);
    Answer<std::vector<slurm::Job>> answer;
    answer.source = text_of(invocation.argv);
    if (done.how != Completion::How::exited) {
        answer.error = as_error(done, answer.source);
        return answer;
    }
    // sacct exited 0 on several errors before 23.11.4: what it wrote decides, not its status.
    answer.trouble = slurm::trouble_in(done.err, done.out.substr(0, 400));
    if (answer.trouble != slurm::Trouble::none || (done.status != 0 && done.out.empty())) {
        answer.error = as_error(done, answer.source);
        return answer;
    }
    const std::string_view text = done.out;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string> fields;
    for (const std::string_view name : util::split(text.substr(0, end), slurm::k_unit_separator)) {
        fields.emplace_back(name);
    }
    fields.pop_back(); // -p ends every field with the separator
    auto jobs = slurm::parse_sacct(text.substr(std::min(end + 1, text.size())), fields, m_ctx.host.utc_offset());
    if (!jobs) {
        answer.error = std::move(jobs).error();
    } else {
        answer.value = std::move(*jobs);
    }
    return answer;
}

template<class T, class Parse> Answer<T> SlurmSource::ask(std::vector<std::string> argv, Parse parse)
{
    Answer<T> answer;
    argv = with_cluster(std::move(argv));
    const Completion done = run(call(argv));
    answer.source = text_of(argv);
    if (done.how != Completion::How::exited) {
        answer.error = as_error(done, answer.source);
        return answer;
    }
    answer.trouble = slurm::trouble_in(done.err, done.out.substr(0, 400));
    if (answer.trouble != slurm::Trouble::none || done.status != 0) {
        answer.error = as_error(done, answer.source);
        return answer;
    }
    Result<T> value = parse(done.out);
    if (!value) {
        answer.error = std::move(value).error();
    } else {
        answer.value = std::move(*value);
    }
    return answer;
}

SlurmSource::Records SlurmSource::records_of(const slurm::JobId& id)
{
    Records records;
    // Federated ids repeat between clusters; the id itself may say which one is meant.
    if (!id.cluster.empty()) {
        m_cluster = id.cluster;
    }
    const std::vector<std::string> show = with_cluster({"scontrol", "show", "job", id.job_text()});
    std::vector<Invocation> first = {call(show)};
    if (m_sacct_fields.empty()) {
        Invocation help = call({"sacct", "--helpformat"});
        first.push_back(std::move(help));
    }
    const std::vector<Completion> done = run_all(m_ctx.runner, first, m_ctx.config.duration("run.deadline"));
    if (done.size() > 1) {
        learn_sacct_fields(done[1]);
    }
    records.controller.source = text_of(show);
    if (done[0].how != Completion::How::exited) {
        records.controller.error = as_error(done[0], records.controller.source);
    } else {
        records.controller.trouble = slurm::trouble_in(done[0].err, done[0].out.substr(0, 400));
        if (records.controller.trouble != slurm::Trouble::none || done[0].status != 0) {
            records.controller.error = as_error(done[0], records.controller.source);
        } else if (auto parsed = slurm::parse_scontrol_job(done[0].out, m_ctx.host.utc_offset()); parsed) {
            records.controller.value = std::move(parsed->jobs);
            records.forged = parsed->suspicious || parsed->unrelated;
        } else {
            records.controller.error = parsed.error();
        }
    }
    records.accounting = accounting_of(id.job_text());
    return records;
}

Answer<std::vector<slurm::Job>> SlurmSource::controller_of(const slurm::JobId& id)
{
    using Jobs = std::vector<slurm::Job>;
    return ask<Jobs>({"scontrol", "show", "job", id.job_text()}, [this](std::string_view text) -> Result<Jobs> {
        HPCDOC_TRY_ASSIGN(slurm::ControllerJobs parsed, slurm::parse_scontrol_job(text, m_ctx.host.utc_offset()));
        return parsed.unrelated ? Jobs() : std::move(parsed.jobs);
    });
}

SlurmSource::Records SlurmSource::records_of_user(const std::string& user, std::chrono::sys_seconds start)
{
    Records records;
    const std::vector<std::string> show =
        with_cluster({"squeue", "-h", "-a", "-u", user, "-t", "all", "-o", slurm::squeue_format()});
    std::vector<Invocation> first = {call(show)};
    if (m_sacct_fields.empty()) {
        first.push_back(call({"sacct", "--helpformat"}));
    }
    const std::vector<Completion> done = run_all(m_ctx.runner, first, m_ctx.config.duration("run.deadline"));
    if (done.size() > 1) {
        learn_sacct_fields(done[1]);
    }
    records.controller.source = text_of(show);
    if (done[0].how != Completion::How::exited) {
        records.controller.error = as_error(done[0], records.controller.source);
    } else if (records.controller.trouble = slurm::trouble_in(done[0].err, done[0].out.substr(0, 400));
               records.controller.trouble != slurm::Trouble::none || done[0].status != 0) {
        records.controller.error = as_error(done[0], records.controller.source);
    } else if (auto parsed = slurm::parse_squeue(done[0].out, m_ctx.host.utc_offset()); parsed) {
        records.controller.value = std::move(*parsed);
    } else {
        records.controller.error = parsed.error();
    }
    std::string stamp = util::local_stamp(start, m_ctx.host.utc_offset());
    stamp = util::replace_all(std::move(stamp), " ", "T");
    records.accounting = ask_accounting({"-u", user, "-S", stamp});
    return records;
}

Answer<std::vector<slurm::Job>> SlurmSource::accounting_of(const std::string& id_list)
{
    if (m_sacct_fields.empty()) {
        learn_sacct_fields(run(call({"sacct", "--helpformat"})));
    }
    return ask_accounting({"-j", id_list});
}

Answer<std::vector<slurm::Partition>> SlurmSource::partition(const std::string& name)
{
    return ask<std::vector<slurm::Partition>>({"scontrol", "-a", "show", "partition", name}, slurm::parse_partitions);
}

Answer<std::vector<slurm::Node>> SlurmSource::nodes(const std::string& list)
{
    return ask<std::vector<slurm::Node>>({"scontrol", "show", "node", list}, [this](std::string_view text) {
        return slurm::parse_nodes(text, m_ctx.host.utc_offset());
    });
}

Answer<std::vector<slurm::Reservation>> SlurmSource::reservations()
{
    return ask<std::vector<slurm::Reservation>>({"scontrol", "show", "reservation"}, [this](std::string_view text) {
        return slurm::parse_reservations(text, m_ctx.host.utc_offset());
    });
}

Answer<std::vector<slurm::License>> SlurmSource::licenses()
{
    return ask<std::vector<slurm::License>>({"scontrol", "show", "licenses"}, [](std::string_view text) {
        return Result<std::vector<slurm::License>>(slurm::parse_licenses(text));
    });
}

Answer<std::vector<slurm::LimitOwner>> SlurmSource::limits(const std::string& account, const std::string& qos_list,
                                                           const std::string& user)
{
    std::vector<std::string> argv = {"scontrol", "show", "assoc_mgr"};
    if (!account.empty()) {
        argv.push_back("accounts=" + account);
    }
    if (!qos_list.empty()) {
        argv.push_back("qos=" + qos_list);
    }
    argv.emplace_back(qos_list.empty() ? "flags=assoc" : account.empty() ? "flags=qos" : "flags=assoc,qos");
    return ask<std::vector<slurm::LimitOwner>>(
        std::move(argv), [&](std::string_view text) { return slurm::parse_assoc_mgr(text, user, account); });
}

Answer<std::vector<slurm::Job>> SlurmSource::queue(const std::string& partition)
{
    return ask<std::vector<slurm::Job>>(
        {"squeue", "-h", "-a", "-p", partition, "-t", "PENDING,RUNNING", "-o", slurm::squeue_format()},
        [this](std::string_view text) { return slurm::parse_squeue(text, m_ctx.host.utc_offset()); });
}

Answer<std::optional<std::chrono::sys_seconds>> SlurmSource::expected_start(const std::string& id)
{
    using Start = std::optional<std::chrono::sys_seconds>;
    return ask<Start>({"squeue", "-h", "-a", "--start", "-j", id, "-o", "%S"}, [this](std::string_view text) {
        return Result<Start>(util::parse_stamp(util::trim(text.substr(0, text.find('\n'))), m_ctx.host.utc_offset()));
    });
}

Answer<std::vector<slurm::Step>> SlurmSource::usage(const std::string& id)
{
    std::vector<std::string> fields = slurm::sstat_fields();
    return ask<std::vector<slurm::Step>>({"sstat", "-a", "-n", "-P", "-j", id, "-o", util::join(fields, ",")},
                                         slurm::parse_sstat);
}

Answer<std::vector<slurm::Record>> SlurmSource::associations(const std::string& user)
{
    // None of these three names can hold the "|" that sacctmgr does not escape.
    return ask<std::vector<slurm::Record>>(
        {"sacctmgr", "-n", "-P", "show", "associations", "where", "user=" + user, "format=Account,Partition,QOS"},
        [](std::string_view text) {
            std::vector<slurm::Record> records;
            for (const std::string_view line : util::lines(text)) {
                const std::vector<std::string_view> parts = util::split(line, '|');
                if (parts.size() == 3) {
                    records.push_back({{"Account", std::string(parts[0])},
                                       {"Partition", std::string(parts[1])},
                                       {"QOS", std::string(parts[2])}});
                }
            }
            return Result<std::vector<slurm::Record>>(std::move(records));
        });
}

Answer<slurm::Record> SlurmSource::configuration()
{
    return ask<slurm::Record>({"scontrol", "show", "config"},
                              [](std::string_view text) { return Result<slurm::Record>(slurm::parse_config(text)); });
}

Answer<std::string> SlurmSource::script(const std::string& id)
{
    return ask<std::string>({"scontrol", "write", "batch_script", id, "-"},
                            [](std::string_view text) { return Result<std::string>(std::string(text)); });
}

Answer<std::string> SlurmSource::ping()
{
    return ask<std::string>({"scontrol", "ping"},
                            [](std::string_view text) { return Result<std::string>(std::string(util::trim(text))); });
}

} // namespace hpcdoc::job

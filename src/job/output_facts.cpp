// SPDX-License-Identifier: Apache-2.0
// The job's own output: where it is, whether it could be written, and what its first and last part say.
#include <algorithm>
#include <cctype>
#include <filesystem>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/logs.hpp>

#include "job/case.hpp"
#include "job/log_verdict.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"
#include <hpcdoc/tools/slurm/filename.hpp>

namespace hpcdoc::job {

namespace {

std::string mode_text(const Case& c, const FileInfo& info)
{
    const auto owner = c.ctx.host.user_by_id(info.uid);
    return fmt::format("mode {:04o}, owner {}", info.mode, owner ? owner->name : fmt::format("uid {}", info.uid));
}

// May the job's user write into this directory, by its mode? Not by access(2): support staff look as somebody else.
bool writable_by(const Case& c, const FileInfo& info)
{
    if (c.caller_owns()) {
        return info.writable;
    }
    const auto user = c.ctx.host.user_by_name(c.job.user);
    if (!user) {
        return true; // not known: nothing is claimed
    }
    if (user->uid == info.uid) {
        return (info.mode & 0200u) != 0;
    }
    return user->gid == info.gid ? (info.mode & 0020u) != 0 : (info.mode & 0002u) != 0 || (info.mode & 0020u) != 0;
}

// Why slurmd could not open this file, as far as the file system tells it here and now.
// True: it could be looked at, and nothing is wrong with it.
bool explain_unwritable(Case& c, const std::string& path)
{
    c.facts.set("output.path", util::printable(path));
    const Host& host = c.ctx.host;
    const auto set = [&](const std::string& kind, const std::string& what, const std::string& proof_of) {
        c.facts.set("output.problem", kind, {"stat " + util::printable(proof_of), what});
        c.facts.set("output.problem_text", what);
    };
    if (const auto info = host.stat(path); info) {
        if (info->kind == FileKind::directory) {
            set("is a directory", fmt::format("'{}' is a directory", util::printable(path)), path);
        } else if (!writable_by(c, *info)) {
            set("not writable",
                fmt::format("'{}' exists and may not be written ({})", util::printable(path), mode_text(c, *info)),
                path);
        }
        return !c.facts.has("output.problem");
    }
    std::filesystem::path parent = std::filesystem::path(path).parent_path();
    const std::filesystem::path direct = parent;
    auto info = host.stat(parent);
    while (!info && info.error().code == Code::not_found && parent.has_relative_path()) {
        parent = parent.parent_path();
        info = host.stat(parent);
    }
    if (!info) {
        c.report.failed("job.output-directory", direct.string(), info.error());
        return false;
    }
    c.facts.set("output.directory", util::printable(direct.string()));
    if (parent != direct) {
        set("directory missing", fmt::format("the directory '{}' does not exist", util::printable(direct.string())),
            direct.string());
    } else if (info->kind != FileKind::directory) {
        set("not a directory", fmt::format("'{}' is not a directory", util::printable(direct.string())),
            direct.string());
    } else if (!writable_by(c, *info)) {
        set("not writable",
            fmt::format("'{}' may not be written by {} ({})", util::printable(direct.string()), c.job.user,
                        mode_text(c, *info)),
            direct.string());
    }
    return !c.facts.has("output.problem");
}

void check_work_dir(Case& c)
{
    if (c.job.work_dir.empty()) {
        return;
    }
    const auto info = c.ctx.host.stat(c.job.work_dir);
    if (!info && info.error().code == Code::not_found) {
        c.facts.set("workdir.missing", true, {"stat " + util::printable(c.job.work_dir), "no such directory"});
    }
}

struct Log {
    std::string path{};
    FileEnds ends{};
};

// The first of the candidates that is there. What is in the way of reading it is said once.
std::optional<Log> open_first(Case& c, const std::vector<std::string>& candidates, std::string_view what)
{
    const auto head = static_cast<std::size_t>(c.ctx.config.number("job.log_head"));
    const auto tail = static_cast<std::size_t>(c.ctx.config.number("job.log_tail"));
    std::optional<Error> worst;
    for (const std::string& path : candidates) {
        if (path == "/dev/null") {
            c.facts.set("output.discarded", true, c.record("StdOut=/dev/null"));
            return std::nullopt;
        }
        auto ends = c.ctx.host.read_ends(path, head, tail);
        if (ends) {
            return Log{path, std::move(*ends)};
        }
        if (!worst || (worst->code == Code::not_found && ends.error().code != Code::not_found)) {
            worst = ends.error();
        }
    }
    if (worst) {
        const bool missing = worst->code == Code::not_found;
        if (worst->code == Code::denied) {
            c.facts.set("output.denied", true, {"open " + util::printable(candidates.front()), worst->message});
        }
        c.facts.set("output.missing", missing);
        if (missing) {
            c.report.skipped("job." + std::string(what), util::printable(candidates.front()),
                             "there is no such file here");
        } else {
            c.report.failed("job." + std::string(what), util::printable(candidates.front()), *worst);
        }
    }
    return std::nullopt;
}

std::size_t lines_in(std::string_view text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Both parts of a log; the lines of the second are not counted when the file is cut.
void add_texts(const Log& log, std::vector<LogText>& texts)
{
    const std::string source = util::printable(log.path);
    texts.push_back({source, log.ends.head, false});
    if (!log.ends.tail.empty()) {
        texts.push_back({source, log.ends.tail, true});
    }
}

void add_last_lines(Case& c, const Log& log)
{
    const std::string_view text =
        log.ends.tail.empty() ? std::string_view(log.ends.head) : std::string_view(log.ends.tail);
    const std::string clean = util::strip_ansi(text.substr(text.size() > 8192 ? text.size() - 8192 : 0));
    std::vector<std::string> last;
    const std::vector<std::string_view> lines = util::lines(clean);
    for (auto line = lines.rbegin(); line != lines.rend() && last.size() < 5; ++line) {
        if (!util::trim(*line).empty()) {
            last.insert(last.begin(), util::printable(line->substr(0, 300)));
        }
    }
    // A rule of dashes tells nothing.
    const auto telling = std::find_if(last.rbegin(), last.rend(), [](const std::string& line) {
        return std::any_of(line.begin(), line.end(),
                           [](char ch) { return std::isalnum(static_cast<unsigned char>(ch)) != 0; });
    });
    if (!last.empty()) {
        c.facts.set("log.last", telling == last.rend() ? last.back() : *telling,
                    {util::printable(log.path) + " (end)", util::join(last, "\n")});
    }
}

void add_log(Case& c, const Log& log)
{
    const std::string shown = util::printable(log.path);
    const Evidence proof{"stat " + shown, fmt::format("{} bytes, last written {}", log.ends.size,
                                                      util::local_stamp(log.ends.mtime, c.ctx.host.utc_offset()))};
    c.facts.set("log.path", shown, proof);
    c.facts.set("log.size", Bytes{log.ends.size}, proof);
    c.facts.set("log.empty", log.ends.size == 0, proof);
    c.facts.set("log.written", log.ends.mtime, proof);
    c.facts.set("log.age", std::chrono::seconds(std::max(c.now() - log.ends.mtime, std::chrono::seconds(0))), proof);
    c.facts.set("log.lines", static_cast<std::int64_t>(lines_in(log.ends.head) + lines_in(log.ends.tail)));
    add_last_lines(c, log);
    add_progress_facts(c, log.ends.tail.empty() ? log.ends.head : log.ends.tail, shown);
}

} // namespace

void add_output_facts(Case& c)
{
    if (c.job.std_out.empty() && c.job.work_dir.empty()) {
        c.report.skipped("job.output", c.job.id,
                         "this Slurm does not tell where the output is once the job has left the controller");
        return;
    }
    const slurm::LogPaths paths = slurm::log_paths(c.job);
    if (!paths.output.empty()) {
        c.facts.set("output.path", util::printable(paths.output.front()),
                    c.record("StdOut=" + util::printable(c.job.std_out)));
    }
    check_work_dir(c);
    const std::string* verdict = c.facts.get<std::string>("exit.verdict");
    if (verdict != nullptr && *verdict == "job.output-unwritable") {
        bool fine = true;
        for (const auto* list : {&paths.output, &paths.error}) {
            if (!list->empty() && !c.facts.has("output.problem")) {
                fine = explain_unwritable(c, list->front()) && fine;
            }
        }
        if (fine) {
            c.facts.set("output.no_problem", std::string("nothing is wrong with that path now"));
        }
        return;
    }
    std::vector<LogText> texts;
    const std::optional<Log> output = open_first(c, paths.output, "output");
    if (output) {
        add_log(c, *output);
        add_texts(*output, texts);
    }
    if (!paths.error.empty() && (!output || paths.error.front() != output->path)) {
        if (const std::optional<Log> error = open_first(c, paths.error, "error-output"); error) {
            if (!output) {
                add_log(c, *error);
            }
            add_texts(*error, texts);
        }
    }
    auto found = judge_logs(c.ctx, texts, c.facts);
    if (!found) {
        c.report.failed("job.log-rules", texts.front().source, found.error());
        return;
    }
    choose_log_verdict(c, std::move(*found));
}

} // namespace hpcdoc::job

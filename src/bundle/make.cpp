// SPDX-License-Identifier: Apache-2.0
// hpcdoc bundle: collect, clean, diagnose again, pack, check, write.
#include <algorithm>

#include <fmt/format.h>

#include <hpcdoc/config.hpp>
#include <hpcdoc/host.hpp>
#include <hpcdoc/terminal.hpp>

#include "archive/pack.hpp"
#include "bundle/assemble.hpp"
#include "bundle/finish.hpp"
#include "bundle/place.hpp"
#include "bundle/secrets.hpp"
#include "bundle/tell.hpp"
#include "config/own_files.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::bundle {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::filesystem::path> probe_dirs(const Context& ctx)
{
    std::vector<std::filesystem::path> dirs{ctx.share / "probes"};
    for (const std::string& dir : ctx.config.list("bundle.probes")) {
        dirs.emplace_back(dir);
    }
    dirs.emplace_back("/etc/hpcdoc/probes.d");
    return dirs;
}

// One number for all the rules: two reports with the same one were judged alike.
Result<std::string> rules_sum(const std::filesystem::path& share)
{
    std::string all;
    HPCDOC_TRY_ASSIGN(const std::vector<std::string> topics, config::own_dirs_in(share / "rules"));
    for (const std::string& topic : topics) {
        HPCDOC_TRY_ASSIGN(const std::vector<std::string> names, config::own_files_in(share / "rules" / topic, ".toml"));
        for (const std::string& name : names) {
            HPCDOC_TRY_ASSIGN(const std::string text, config::read_own_file(share / "rules" / topic / name));
            all += archive::sha256(text);
        }
    }
    return archive::sha256(all);
}

// Packing, checking and writing take their part of the time; what is collected ends before.
Clock::time_point end_of_collection(const Context& ctx)
{
    const auto left = ctx.until - Clock::now();
    const auto reserve = std::clamp<Clock::duration>(left / 5, std::chrono::milliseconds(300), std::chrono::seconds(8));
    return ctx.until == Clock::time_point::max() ? ctx.until : ctx.until - reserve;
}

// "ClusterName = lab" of `scontrol show config`.
std::string cluster_in(const std::vector<RecordedCall>& calls)
{
    const auto config = std::find_if(calls.begin(), calls.end(), [](const RecordedCall& call) {
        return call.argv == std::vector<std::string>{"scontrol", "show", "config"};
    });
    for (const std::string_view line : util::lines(config == calls.end() ? std::string_view() : std::string_view(config->completion.out))) {
        const std::vector<std::string_view> sides = util::split(line, '=');
        if (sides.size() == 2 && util::trim(sides.front()) == "ClusterName") {
            return std::string(util::trim(sides.back()));
        }
    }
    return {};
}

class Maker {
public:
    Maker(Context& ctx, const BundleRequest& request, const RunInside& run_inside, Report& report)
        : m_ctx(ctx), m_request(request), m_run_inside(run_inside), m_report(report), m_until(end_of_collection(ctx))
    {
    }

    Result<void> go()
    {
        HPCDOC_TRY_ASSIGN(ProbeBook book, load_probes(probe_dirs(m_ctx)));
        for (const std::string& dir : m_ctx.config.list("bundle.probes")) {
            if (const auto there = m_ctx.host_here().stat(dir); !there || there->kind != FileKind::directory) {
                m_report.skipped("bundle.probes", util::printable(dir), "there is no such directory");
            }
        }
        HPCDOC_TRY_ASSIGN(const Place place, place_for(m_ctx, m_request));
        HPCDOC_TRY_ASSIGN(Redactor redactor, Redactor::load(std::vector{m_ctx.share / "redact"}));
        HPCDOC_TRY_ASSIGN(Scope scope, scope_of(m_ctx, m_request));
        find_role(m_ctx, scope);
        if (!learn(m_ctx, scope, m_request.readers, redactor)) {
            m_report.skipped("bundle.audience", "", "nobody told the names of the nodes: look for them yourself before you pass it on");
        }
        HPCDOC_TRY(try_encryption());
        HPCDOC_TRY(describe(book, scope, redactor));
        HPCDOC_TRY(collect(book, scope, redactor));
        diagnose_again();
        m_draft.name = name_of(m_draft);
        m_ctx.terminal.progress("packing");
        HPCDOC_TRY_ASSIGN(std::string bytes, finish(m_draft, m_request, redactor, m_ctx.config));
        m_ctx.terminal.progress("");
        if (m_request.preview) {
            tell_preview(m_draft, bytes.size(), m_ctx.config, m_report);
            return {};
        }
        return write(place, std::move(bytes));
    }

private:
    // Who, where, when and what for.
    Result<void> describe(const ProbeBook& book, const Scope& scope, const Redactor& redactor)
    {
        archive::Manifest& manifest = m_draft.manifest;
        manifest.hpcdoc = report::version();
        HPCDOC_TRY_ASSIGN(manifest.rules, rules_sum(m_ctx.share));
        manifest.started = m_ctx.host.now();
        manifest.role = scope.role;
        manifest.jobs = scope.jobs;
        manifest.max_size = m_request.max_size;
        // A bundle made of a recording says nothing of our own clock: the same recording gives the same bundle.
        manifest.deadline = m_ctx.replays() ? std::chrono::seconds(0) : std::chrono::ceil<std::chrono::seconds>(m_ctx.until - m_begun);
        manifest.audience = m_request.readers == Readers::site ? "site" : m_request.readers == Readers::vendor ? "vendor" : "public";
        manifest.encrypted_to = m_request.encrypt ? recipient() : "";
        manifest.host = redactor.clean(scope.host).value_or("");
        manifest.user = redactor.clean(scope.user.name).value_or("");
        manifest.cluster = redactor.clean(scope.cluster).value_or("");
        manifest.answers = m_request.answers;
        manifest.note = m_request.note;
        if (m_request.ask && m_ctx.terminal.interactive()) {
            const Clock::time_point asked = Clock::now();
            ask_questions(m_ctx.terminal, book.questions, manifest.answers);
            give_back(Clock::now() - asked);
        }
        if (m_ctx.stop.stop_requested()) {
            return failure(Code::interrupted, "no bundle was written: interrupted before anything was collected");
        }
        manifest.note = redactor.clean(manifest.note).value_or("");
        for (auto& [key, answer] : manifest.answers) {
            answer = redactor.clean(answer).value_or("");
        }
        return {};
    }

    Result<void> collect(const ProbeBook& book, const Scope& scope, const Redactor& redactor)
    {
        RecordedDoors doors(m_ctx, redactor, m_until);
        Collector collector(m_ctx, doors, redactor, scope, m_until);
        collector.diagnose(diagnoses_for(book, scope), m_run_inside);
        collector.look_at_environment(book);
        collector.ask(probes_for(book, scope));
        collector.look_at_mounts();
        collector.take_paths(m_request.paths);
        collector.take_log_matches();
        Collected collected = std::move(collector).collected();
        m_diagnoses = collected.diagnoses;
        HPCDOC_TRY_ASSIGN(m_mounts, judge_mounts(m_ctx, collected.dead_mounts, redactor));

        Recording& recording = m_draft.recording;
        recording.hpcdoc = report::version();
        recording.made = m_draft.manifest.started;
        recording.command = {"bundle"};
        recording.calls = doors.calls();
        recording.host = doors.host();
        recording.host.now = m_draft.manifest.started; // one time for all
        clean_recording(recording, redactor);
        if (m_draft.manifest.cluster.empty()) {
            m_draft.manifest.cluster = cluster_in(recording.calls);
        }
        name_members(m_draft, std::move(collected), redactor);
        m_draft.manifest.took = m_ctx.replays() ? std::chrono::milliseconds(0) : std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_begun);
        if (m_ctx.stop.stop_requested() || Clock::now() >= m_until) {
            m_draft.manifest.complete = false;
            m_draft.manifest.incomplete = Clock::now() >= m_until ? "the time was over (--deadline)" : "it was interrupted";
        }
        return {};
    }

    // The findings come from the cleaned recording: what the reader of the bundle gets with --from, and without secrets.
    void diagnose_again()
    {
        m_draft.report.command = "bundle";
        m_draft.report.subject = m_draft.manifest.host;
        m_draft.report.generated = m_draft.manifest.started;
        m_draft.report.headline = fmt::format("Bundle of {} on {}", m_draft.manifest.user, m_draft.manifest.host);
        for (const std::vector<std::string>& words : m_diagnoses) {
            ReplayedDoors doors(m_ctx, m_draft.recording);
            doors.context().stop = {};
            Report part;
            if (const Result<void> done = m_run_inside(doors.context(), words, part); !done) {
                part.failed(part.command, part.subject, done.error());
            }
            m_draft.report.add(std::move(part));
        }
        if (!m_mounts.findings().empty()) {
            m_draft.report.add(std::move(m_mounts));
        }
    }

    // What a person takes to answer is no part of the time for the bundle.
    void give_back(Clock::duration waited)
    {
        m_begun += waited;
        m_ctx.until += m_ctx.until == Clock::time_point::max() ? Clock::duration(0) : waited;
        m_until = end_of_collection(m_ctx);
    }

    std::string recipient() const
    {
        return m_request.encrypt_to.empty() ? m_ctx.config.text("bundle.encrypt_to") : m_request.encrypt_to;
    }

    // A recipient that is no key, or a program that is missing, is told before a minute is spent.
    Result<void> try_encryption()
    {
        const std::string to = recipient();
        if (m_request.encrypt && !m_request.preview && !to.empty()) {
            HPCDOC_TRY(encrypted(m_ctx, "hpcdoc", to));
        }
        return {};
    }

    Result<void> write(const Place& place, std::string bytes)
    {
        std::string ending = m_request.zstd ? ".tar.zst" : ".tar.gz";
        if (const std::string to = recipient(); m_request.encrypt && !to.empty()) {
            HPCDOC_TRY_ASSIGN(bytes, encrypted(m_ctx, bytes, to));
            ending += to.starts_with("age1") || to.starts_with("ssh-") ? ".age" : ".gpg";
        }
        const std::filesystem::path file = place.file.empty() ? place.dir / (m_draft.name + ending) : place.file;
        HPCDOC_TRY(archive::write_new_file(file, bytes));
        tell_written(m_draft, {file, bytes.size(), archive::sha256(bytes), place.note}, m_ctx.config, m_report);
        return {};
    }

    Context& m_ctx;
    const BundleRequest& m_request;
    const RunInside& m_run_inside;
    Report& m_report;
    Clock::time_point m_begun = Clock::now();
    Clock::time_point m_until;
    Draft m_draft{};
    std::vector<std::vector<std::string>> m_diagnoses{};
    Report m_mounts{};
};

} // namespace

} // namespace hpcdoc::bundle

namespace hpcdoc {

Result<void> make_bundle(Context& ctx, const BundleRequest& request, const RunInside& run_inside, Report& report)
{
    return bundle::Maker(ctx, request, run_inside, report).go();
}

Result<std::uint64_t> size_from(std::string_view text)
{
    constexpr std::uint64_t k_least = 64u << 10, k_most = std::uint64_t{4} << 30;
    const auto size = util::parse_size(text);
    if (!size || *size < k_least || *size > k_most) {
        return failure(Code::usage, "'" + util::printable(text) + "' is not a size from 64K to 4G", "as in --max-size 10M");
    }
    return *size;
}

Result<void> list_probes(Context& ctx, const BundleRequest& request, Report& report)
{
    HPCDOC_TRY_ASSIGN(const bundle::ProbeBook book, bundle::load_probes(bundle::probe_dirs(ctx)));
    HPCDOC_TRY_ASSIGN(const bundle::Scope scope, bundle::scope_of(ctx, request));
    bundle::tell_probes(book, scope, report);
    return {};
}

} // namespace hpcdoc

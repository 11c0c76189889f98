// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include <filesystem>
#include <map>

#include <hpcdoc/bundle.hpp>
#include <hpcdoc/command.hpp>
#include <hpcdoc/job.hpp>

#include "help/bundle.hpp"

namespace hpcdoc {

namespace {

constexpr std::chrono::seconds k_quick{60}, k_full{300};

class Bundle final : public Command {
public:
    void declare(CLI::App& app) override
    {
        app.add_option("-j,--job", m_request.jobs, "A job the ticket is about; may be given several times")
            ->type_name("ID")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        app.add_option("-p,--path", m_request.paths, "A file or directory to take as well; may be given several times")
            ->type_name("PATH")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        app.add_option("-n,--note", m_request.note, "What you tried to do")->type_name("TEXT");
        app.add_option("--answer", m_answers, "An answer to a question of the ticket: goal, expected, since, changed, tried")
            ->type_name("KEY=TEXT")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        app.add_flag("--no-questions", m_no_questions, "Ask nothing, even on a terminal");
        app.add_flag("--quick", m_quick, "What is there within a minute; the default");
        app.add_flag("--full", m_request.full, "Also what takes longer, up to five minutes");
        app.add_option("-o,--output", m_request.output, "The file to write, or a directory for it")->type_name("PATH");
        app.add_option("--max-size", m_max_size, "The largest archive, as in 10M")->type_name("SIZE");
        app.add_option("--audience", m_audience, "Who may read it: beyond the site, names become pseudonyms")
            ->check(CLI::IsMember({"site", "vendor", "public"}))
            ->capture_default_str();
        app.add_flag("--zstd", m_request.zstd, "Pack with zstd instead of gzip: smaller");
        app.add_option("--encrypt-to", m_request.encrypt_to, "Encrypt it to this age recipient or gpg key")->type_name("RECIPIENT");
        app.add_flag("--no-encrypt", m_no_encrypt, "Do not encrypt it, even if the site wants it");
        app.add_flag("--list,--dry-run", m_list, "Show what would be asked, and why; run nothing");
        app.add_flag("--preview", m_request.preview, "Collect, and show what would be in it; write nothing");
    }

    std::optional<std::chrono::seconds> patience() const override { return m_request.full ? k_full : k_quick; }

    Result<void> run(Context& ctx, Report& report) override
    {
        HPCDOC_TRY(check());
        return m_list ? list_probes(ctx, m_request, report) : make_bundle(ctx, m_request, run_inside, report);
    }

    std::vector<Candidate> complete(std::string_view argument, Context& ctx) override
    {
        return argument == "--job" ? job_id_candidates(ctx) : std::vector<Candidate>{};
    }

private:
    Result<void> check()
    {
        if (m_quick && m_request.full) {
            return failure(Code::usage, "'--quick' and '--full' contradict each other", "give one of them");
        }
        if (m_no_encrypt && !m_request.encrypt_to.empty()) {
            return failure(Code::usage, "'--no-encrypt' and '--encrypt-to' contradict each other", "give one of them");
        }
        for (const std::string& answer : m_answers) {
            const std::size_t equals = answer.find('=');
            if (equals == std::string::npos || equals == 0) {
                return failure(Code::usage, "'--answer' needs KEY=TEXT", "as in --answer since='yesterday; it worked before'");
            }
            m_request.answers[answer.substr(0, equals)] = answer.substr(equals + 1);
        }
        if (!m_max_size.empty()) {
            HPCDOC_TRY_ASSIGN(m_request.max_size, size_from(m_max_size));
        }
        for (std::string& path : m_request.paths) {
            std::error_code error;
            path = std::filesystem::absolute(path, error).lexically_normal().native();
        }
        m_request.ask = !m_no_questions;
        m_request.encrypt = !m_no_encrypt;
        m_request.readers = m_audience == "site" ? Readers::site : m_audience == "vendor" ? Readers::vendor : Readers::everyone;
        return {};
    }

    BundleRequest m_request{};
    std::vector<std::string> m_answers{};
    std::string m_max_size{}, m_audience = "site";
    bool m_quick = false, m_list = false, m_no_questions = false, m_no_encrypt = false;
};

} // namespace

CommandEntry hpcdoc_command_bundle()
{
    return {{.path = "bundle",
             .summary = "Make one safe archive for a support ticket",
             .help = hpcdoc_help_bundle,
             .audience = Audience::user,
             .effect = Effect::writes_own_files},
            []() -> std::unique_ptr<Command> { return std::make_unique<Bundle>(); }};
}

} // namespace hpcdoc

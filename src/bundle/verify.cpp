// SPDX-License-Identifier: Apache-2.0
// hpcdoc bundle verify: whether a bundle is whole, unchanged, harmless and without secrets.
#include <set>
#include <utility>

#include <fmt/format.h>
#include <hpcdoc/bundle_view.hpp>
#include <hpcdoc/redact.hpp>
#include <hpcdoc/rules.hpp>
#include <hpcdoc/terminal.hpp>

#include "archive/pack.hpp"
#include "bundle/checksums.hpp"
#include "bundle/opened.hpp"
#include "bundle/page_text.hpp"
#include "exec/recording.hpp"
#include "report/view.hpp"
#include "util/strings.hpp"

namespace hpcdoc {

namespace {

using archive::ItemStream;
using bundle::Opened;

constexpr std::size_t k_most_proofs = 20; // of one kind: a bundle may have a hundred thousand wrong members

// What is wrong in one way, member by member.
class Trouble {
public:
    explicit Trouble(std::string name) : m_name(std::move(name)) {}

    void add(const std::string& member, std::string why)
    {
        if (!m_seen.insert(member).second) {
            return;
        }
        if (m_seen.size() <= k_most_proofs) {
            m_members.push_back(util::printable(member));
            m_proofs.push_back({m_members.back(), std::move(why)});
        }
    }
    bool any() const { return !m_seen.empty(); }
    bool has(const std::string& member) const { return m_seen.contains(member); }

    // NAME: how many; NAME.first: one of them, as an example; the proofs belong to NAME.
    void tell(Facts& facts) const
    {
        if (!any()) {
            return;
        }
        facts.set(m_name, static_cast<std::int64_t>(m_seen.size()));
        facts.set(m_name + ".first", m_members.front());
        for (const Evidence& proof : m_proofs) {
            facts.prove(m_name, proof);
        }
        if (m_seen.size() > m_proofs.size()) {
            facts.prove(m_name, {"others", fmt::format("{} more", m_seen.size() - m_proofs.size())});
        }
    }

private:
    std::string m_name;
    std::set<std::string> m_seen{};
    std::vector<std::string> m_members{};
    std::vector<Evidence> m_proofs{};
};

class Verification {
public:
    Verification(Context& ctx, const Opened& opened, Report& report) : m_ctx(ctx), m_opened(opened), m_report(report) {}

    Result<void> all()
    {
        check_members();
        check_sums();
        check_manifest();
        check_recording();
        check_secrets();
        return judge();
    }

private:
    void told(const char* check, bool trouble, std::string about)
    {
        trouble ? m_report.found(check, std::move(about)) : m_report.passed(check, std::move(about));
    }

    void check_members()
    {
        for (const bundle::Hostile& hostile : m_opened.hostile) {
            m_hostile.add(hostile.name, hostile.problem);
        }
        told("bundle.members", m_hostile.any(),
             report::count_text(m_opened.members.size() + m_opened.hostile.size(), "member"));
    }

    void compare(const std::string& member, const std::string& sum, std::string_view source)
    {
        const std::string* content = m_opened.find(member);
        if (content == nullptr) {
            m_missing.add(member, fmt::format("named in {}, not there", source));
        } else if (const std::string found = archive::sha256(*content); found != sum) {
            m_wrong.add(member, fmt::format("{}: sha256 {}\nfound: {}", source, util::printable(sum), found));
        }
    }

    void check_sums()
    {
        const std::string* text = m_opened.find(archive::k_sums_member);
        if (text == nullptr) {
            if (m_opened.manifest) {
                m_missing.add(std::string(archive::k_sums_member),
                              "not there: nothing says that the members are whole");
            }
            m_report.skipped("bundle.checksums", "", "there is no 'SHA256SUMS'");
            return;
        }
        const bundle::Checksums read = bundle::read_checksums(*text);
        for (const std::size_t line : read.wrong_lines) {
            m_wrong.add(fmt::format("{}:{}", archive::k_sums_member, line), "not a checksum and a member");
        }
        for (const auto& [member, sum] : read.sums) {
            compare(member, sum, archive::k_sums_member);
        }
        for (const auto& [member, content] : m_opened.members) {
            if (member != archive::k_sums_member && !read.sums.contains(member)) {
                m_unknown.add(member, "not named in SHA256SUMS");
            }
        }
        told("bundle.checksums", m_wrong.any() || m_missing.any() || m_unknown.any(),
             report::count_text(read.sums.size(), "member"));
    }

    void check_stream(const ItemStream& stream)
    {
        const std::string* content = m_opened.find(stream.member);
        if (content == nullptr) {
            m_missing.add(stream.member, "named in manifest.json, not there");
        } else if (content->size() != stream.kept) {
            m_wrong.add(stream.member, fmt::format("manifest.json: {} bytes\nfound: {}", stream.kept, content->size()));
        } else if (!m_wrong.has(stream.member) && !stream.sha256.empty()) {
            compare(stream.member, stream.sha256, archive::k_manifest_member);
        }
    }

    void check_manifest()
    {
        if (!m_opened.manifest) {
            m_report.found("bundle.manifest", "");
            return;
        }
        for (const archive::Item& item : m_opened.manifest->items) {
            for (const ItemStream* stream : {&item.out, &item.err}) {
                if (!stream->member.empty()) {
                    check_stream(*stream);
                }
            }
        }
        told("bundle.manifest", !m_opened.manifest->complete, fmt::format("{} items", m_opened.manifest->items.size()));
    }

    void check_recording()
    {
        if (m_opened.find(k_recording_member) == nullptr) {
            m_report.skipped("bundle.recording", "", "there is no 'recording.json': --from cannot use it");
            return;
        }
        const MemberReader reader = [this](std::string_view name) -> Result<std::string> {
            const std::string* content = m_opened.find(name);
            return content != nullptr ? Result<std::string>(*content)
                                      : failure(Code::not_found, "'" + util::printable(name) + "' is not there");
        };
        const Result<Recording> recording = load_recording(reader, m_opened.source);
        if (recording) {
            m_report.passed("bundle.recording", fmt::format("{} calls", recording->calls.size()));
        } else {
            m_report.failed("bundle.recording", "", recording.error());
        }
    }

    void scan(const std::string& member, std::string_view content)
    {
        const std::string text = bundle::searchable(member, content);
        const Result<Cleaned> cleaned = m_ctx.redactor.clean_counted(text);
        if (!cleaned) {
            m_report.failed("bundle.secrets", member, cleaned.error());
            return;
        }
        std::vector<std::string> kinds;
        for (const auto& [rule, count] : cleaned->counts) {
            kinds.push_back(fmt::format("{}: {}", rule, count));
        }
        if (!kinds.empty() || cleaned->text != text) { // never the secret itself
            m_secret.add(member, kinds.empty() ? "not as the rules would leave it" : util::join(kinds, ", "));
        }
    }

    void check_secrets()
    {
        for (const auto& [member, content] : m_opened.members) {
            m_ctx.terminal.progress("looking for secrets in " + member);
            scan(member, content);
        }
        m_ctx.terminal.progress("");
        std::string names;
        for (const auto& [member, content] : m_opened.members) {
            names += member + "\n";
        }
        scan("names of members", names);
        told("bundle.secrets", m_secret.any(), report::count_text(m_opened.members.size(), "member"));
    }

    Result<void> judge()
    {
        Facts facts;
        facts.set("bundle.file", m_opened.source);
        if (m_opened.manifest_error) {
            facts.set("manifest", std::string("not readable"), {m_opened.source, describe(*m_opened.manifest_error)});
        } else if (!m_opened.manifest->complete) {
            facts.set("incomplete", util::printable(m_opened.manifest->incomplete),
                      {std::string(archive::k_manifest_member),
                       "incomplete: " + util::printable(m_opened.manifest->incomplete)});
        }
        for (const Trouble* trouble : {&m_wrong, &m_missing, &m_unknown, &m_secret, &m_hostile}) {
            trouble->tell(facts);
        }
        HPCDOC_TRY_ASSIGN(std::vector<Finding> findings, m_ctx.rules.diagnose("bundle", facts));
        for (Finding& finding : findings) {
            m_report.add(std::move(finding));
        }
        return {};
    }

    Context& m_ctx;
    const Opened& m_opened;
    Report& m_report;
    Trouble m_wrong{"checksum.wrong"}, m_missing{"member.missing"}, m_unknown{"member.unknown"},
        m_secret{"member.secret"}, m_hostile{"member.hostile"};
};

} // namespace

Result<void> verify_bundle(Context& ctx, const std::string& file, Report& report)
{
    HPCDOC_TRY_ASSIGN(const Opened opened, bundle::open(file));
    report.subject = file;
    report.headline = fmt::format("{}: {}", opened.name(), report::count_text(opened.members.size(), "member"));
    return Verification(ctx, opened, report).all();
}

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "bundle/pieces.hpp"

#include <set>

#include <fmt/format.h>

#include "exec/recording.hpp"
#include "util/strings.hpp"

namespace hpcdoc::bundle {

namespace {

using archive::Item;
using Pieces = std::map<std::string, Piece>;

class Pieced {
public:
    Pieced(const Opened& opened, const Noise& noise) : m_opened(opened), m_noise(noise) {}

    Pieces all()
    {
        if (m_opened.manifest) {
            for (const Item& item : m_opened.manifest->items) {
                add(item);
            }
        }
        const MemberReader reader = [this](std::string_view name) -> Result<std::string> {
            const std::string* content = m_opened.find(name);
            return content != nullptr ? Result<std::string>(*content) : failure(Code::not_found, "not there");
        };
        if (m_opened.find(k_recording_member) != nullptr) {
            if (const Result<Recording> recording = load_recording(reader, m_opened.source)) {
                add(*recording);
            }
        }
        return std::move(m_pieces);
    }

private:
    std::string masked(std::string text) const { return with_job_masked(m_opened, std::move(text)); }

    void add(const Item& item)
    {
        if (item.kind == Item::Kind::diagnosis) {
            return; // compared as findings
        }
        const bool file = item.kind == Item::Kind::file;
        const std::string what = masked(file ? item.path : command_line(item.argv));
        const bool counts =
            file ? m_noise.file_counts(item.path) : !item.argv.empty() && m_noise.program_counts(item.argv.front());
        m_told.insert(what);
        if (const std::string* text = m_opened.find(item.out.member)) {
            m_pieces[masked(item.id)] = {what.empty() ? item.id : what, *text, counts};
        }
        if (const std::string* text = m_opened.find(item.err.member); text != nullptr && !text->empty()) {
            m_pieces[masked(item.id) + ".stderr"] = {what + " (stderr)", *text, counts};
        }
    }

    void add_recorded(const std::string& what, std::string text, bool counts)
    {
        if (!m_told.contains(what)) {
            m_pieces.emplace(what, Piece{what, std::move(text), counts});
        }
    }

    void add(const Recording& recording)
    {
        for (const RecordedCall& call : recording.calls) {
            const bool counts = !call.argv.empty() && m_noise.program_counts(call.argv.front());
            add_recorded(masked(command_line(call.argv)), call.completion.out, counts);
        }
        for (const RecordedLook& look : recording.host.looks) {
            if (const auto* text = std::get_if<std::string>(&look.answer)) {
                add_recorded(masked(look.path), *text, m_noise.file_counts(look.path));
            } else if (const auto* ends = std::get_if<FileEnds>(&look.answer)) {
                add_recorded(masked(look.path), ends->head + ends->tail, false);
            }
        }
        add_environment(recording.host);
        add_mounts(recording.host);
    }

    void add_environment(const HostRecord& host)
    {
        std::string text;
        for (const auto& [name, value] : host.env) {
            text += value ? fmt::format("{}={}\n", name, util::replace_all(*value, "\n", " ")) : "";
        }
        if (!host.env.empty()) {
            add_recorded("Environment that hpcdoc asked for", std::move(text), false);
        }
    }

    void add_mounts(const HostRecord& host)
    {
        const auto* mounts = host.mounts ? std::get_if<std::vector<Mount>>(&*host.mounts) : nullptr;
        if (mounts == nullptr) {
            return;
        }
        std::set<std::string> lines;
        for (const Mount& mount : *mounts) {
            lines.insert(fmt::format("{} on {} type {} ({})", mount.source, mount.point, mount.type, mount.options));
        }
        add_recorded("Mounts", fmt::format("{}\n", fmt::join(lines, "\n")), false);
    }

    const Opened& m_opened;
    const Noise& m_noise;
    Pieces m_pieces{};
    std::set<std::string> m_told{};
};

} // namespace

std::map<std::string, Piece> pieces_of(const Opened& opened, const Noise& noise)
{
    return Pieced(opened, noise).all();
}

std::string with_job_masked(const Opened& opened, std::string text)
{
    if (!opened.manifest || opened.manifest->jobs.size() != 1 || opened.manifest->jobs.front().empty()) {
        return text;
    }
    return util::replace_all(std::move(text), opened.manifest->jobs.front(), "JOB");
}

} // namespace hpcdoc::bundle

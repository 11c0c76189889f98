// SPDX-License-Identifier: Apache-2.0
// Asks all that a bundle holds, at once where it may, and never longer than there is time.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <hpcdoc/bundle.hpp>

#include "archive/manifest.hpp"
#include "bundle/doors.hpp"
#include "bundle/judge_mounts.hpp"
#include "bundle/probes.hpp"
#include "bundle/scope.hpp"

namespace hpcdoc::bundle {

// How much of an output is kept: the rest is read, counted and left out.
struct Kept {
    std::uint64_t head = 512u << 10, tail = 512u << 10;
};

struct Collected {
    std::vector<archive::Item> items{};              // streams are filled in once the members have names
    std::map<std::string, std::string> texts{};      // members made here, not said by one program or file; not yet clean
    std::map<std::string, Kept> kept{};                // by the id of the item
    std::vector<std::vector<std::string>> diagnoses{}; // the words of those that ran
    std::vector<DeadMount> dead_mounts{};
};

archive::Item::Status status_of(const Error& error); // why a file was not read

class Collector {
public:
    Collector(Context& outer, RecordedDoors& doors, const Redactor& redactor, const Scope& scope,
              std::chrono::steady_clock::time_point until);

    void diagnose(const std::vector<Diagnosis>& diagnoses, const RunInside& run_inside);
    void ask(const std::vector<Probe>& probes);
    void look_at_environment(const ProbeBook& book);
    void look_at_mounts();
    void take_paths(const std::vector<std::string>& paths);
    void take_log_matches(); // where log rules matched in what the diagnosed jobs wrote, beyond its first and last part

    Collected collected() && { return std::move(m_collected); }
    const std::vector<Report>& reports() const { return m_reports; }

private:
    archive::Item item(std::string id, archive::Item::Kind kind, std::string why) const;
    archive::Item ask_program(const Probe& probe);
    archive::Item read_file(const Probe& probe);
    archive::Item one(const Probe& probe);
    void take_path(const std::string& path, unsigned depth);
    void lost_path(const std::string& path, archive::Item::Status status, std::string why);
    void add_text(std::string id, std::string member, std::string text, std::string why);
    bool time_is_over() const;
    // By the clock; nothing in a replay, whose bundle must not depend on how long we took to make it.
    std::chrono::milliseconds since(std::chrono::steady_clock::time_point begun) const;
    std::size_t workers() const;
    std::string told_of(const std::string& name, const ProbeBook& book);

    Context& m_outer;
    const Redactor& m_redactor;
    Context& m_ctx; // of the recorded doors
    const Scope& m_scope;
    std::chrono::steady_clock::time_point m_until, m_begun;
    std::chrono::sys_seconds m_now;
    Collected m_collected{};
    std::vector<Report> m_reports{};
    std::size_t m_paths = 0;
    std::set<std::string> m_cut{}; // why not all of a directory was taken
};

} // namespace hpcdoc::bundle

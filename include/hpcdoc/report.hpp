// SPDX-License-Identifier: Apache-2.0
// What a command has to say. Rendering it is pure: report in, string out.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/finding.hpp>
#include <hpcdoc/result.hpp>

namespace hpcdoc {

struct Check {
    enum class Outcome { passed, found, skipped, failed }; // what was not looked at is never "fine"
    std::string id{}, subject{};
    Outcome outcome = Outcome::skipped;
    std::string reason{}; // skipped: why; failed: the error
    bool operator==(const Check&) const = default;
};

// One thing worth knowing about the subject, already formatted for a reader: "Elapsed", "00:10:02".
struct Fact {
    std::string name{};   // stable key: "job.elapsed"
    std::string label{};  // for people: "Elapsed"
    std::string value{};  // for people
    std::string source{}; // what said so
    bool operator==(const Fact&) const = default;
};

struct Table {
    std::string id{}, title{};
    std::vector<std::string> columns{};
    std::vector<std::vector<std::string>> rows{}; // each as long as columns
    std::size_t data_columns = 0;                 // the last so many columns are for programs: in JSON only
    bool operator==(const Table&) const = default;
};

class Report {
public:
    std::string command{}; // "job explain"
    std::string subject{}; // "4242"
    std::string
        headline{}; // one line that says what was looked at: "Job 4242 'train' of alice, FAILED after 00:10:02 on n1"
    std::chrono::sys_seconds generated{};
    // A text as it is: of a file, of matching lines. The text face shows it alone (byte by byte into a pipe), the
    // others where no table says the same.
    std::optional<std::string> body{};

    void fact(Fact fact);
    void passed(std::string check, std::string subject);
    void found(std::string check, std::string subject); // looked, and it gave a finding
    void skipped(std::string check, std::string subject, std::string reason);
    void failed(std::string check, std::string subject, const Error& error);
    void add(Finding finding); // same id, title and origin twice: evidence merged
    void add(Table table);
    void add(Report child); // one of several subjects

    // Lets `change` complete each finding, those of the parts included, with what only the caller knows.
    template<class Change> void amend(const Change& change)
    {
        for (Finding& finding : m_findings) {
            change(finding);
        }
        for (Report& report : m_reports) {
            report.amend(change);
        }
    }

    std::span<const Fact> facts() const { return m_facts; }
    std::span<const Check> checks() const { return m_checks; }
    std::span<const Finding> findings() const { return m_findings; } // causes first, then worst, surest, id
    std::span<const Table> tables() const { return m_tables; }
    std::span<const Report> reports() const { return m_reports; }

    // The root cause: the first finding whose role is `cause`; with several subjects, the worst of theirs.
    const Finding* verdict() const;
    // The worst severity of all findings, those of the parts included.
    std::optional<Severity> worst() const;
    bool complete() const; // no check failed, here or in a part

private:
    std::vector<Fact> m_facts{};
    std::vector<Check> m_checks{};
    std::vector<Finding> m_findings{};
    std::vector<Table> m_tables{};
    std::vector<Report> m_reports{};
};

enum class Format { text, json, markdown, html };

struct Style {
    bool color = false;
    unsigned width = 80; // columns, 40 to 200
    bool unicode = false;
    bool verbose = false; // also passed checks and every fact
    bool raw = false;     // not for a terminal: a body goes out as it is
};

std::string_view to_string(Check::Outcome outcome);
std::string_view to_string(Format format);
std::optional<Format> format_from(std::string_view text);

std::string render(const Report& report, Format format, const Style& style);

enum class Exit { clean = 0, found = 1, usage = 2, incomplete = 3, interrupted = 130 };
Exit exit_for(const Report& report, Severity fail_on);

} // namespace hpcdoc

// SPDX-License-Identifier: Apache-2.0
#include "tools/slurm/scontrol_record.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <span>

#include <fmt/format.h>

#include "tools/slurm/text.hpp"
#include "util/strings.hpp"

namespace hpcdoc::slurm {

namespace {

using Lines = std::span<const std::string_view>;

constexpr std::string_view k_indent = "   ";

// Keys that start a line of the tail; their value is the whole rest of the line.
constexpr std::array<std::string_view, 24> k_tail_keys = {
    "Command",   "WorkDir",      "AdminComment", "SystemComment", "Comment",   "StdErr",     "StdIn",       "StdOut",
    "SubmitLine", "BurstBuffer", "BurstBufferState", "Container", "ContainerID", "Extra",    "Power",       "CpusPerTres",
    "MemPerTres", "TresBind",    "TresFreq",     "TresPerJob",    "TresPerNode", "TresPerSocket", "TresPerTask", "MailUser"};

// Keys that start a line of the head, and never one of the tail. Keys missing here are read where they stand.
constexpr std::array<std::string_view, 26> k_head_keys = {
    "UserId",      "Priority",      "JobState",    "Requeue",       "DerivedExitCode", "RunTime",     "SubmitTime",
    "AccrueTime",  "StartTime",     "SuspendTime", "LastSchedEval", "Partition",       "ReqNodeList", "NodeList",
    "SchedNodeList", "BatchHost",   "NumNodes",    "NumCPUs",       "TRES",            "ReqTRES",     "AllocTRES",
    "Socks/Node",  "MinCPUsNode",   "Features",    "Reservation",   "OverSubscribe"};

bool tail_key_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '/' || c == ':' || c == '-';
}

// The key of "   Key=…"; nothing if the line is not of that shape.
std::string_view line_key(std::string_view line)
{
    if (line.substr(0, k_indent.size()) != k_indent) {
        return {};
    }
    line.remove_prefix(k_indent.size());
    const std::size_t end = std::min(line.find('='), line.size());
    const std::string_view key = line.substr(0, end);
    const bool good = end < line.size() && !key.empty() && std::isupper(static_cast<unsigned char>(key.front())) != 0 &&
                      std::all_of(key.begin(), key.end(), tail_key_character);
    return good ? key : std::string_view();
}

bool is_tail(std::string_view key)
{
    return std::find(k_tail_keys.begin(), k_tail_keys.end(), key) != k_tail_keys.end();
}

bool is_head(std::string_view key)
{
    return std::find(k_head_keys.begin(), k_head_keys.end(), key) != k_head_keys.end();
}

// "   UserId=… GroupId=…", "   Priority=…", "   JobState=…" on three lines.
bool head_starts(Lines lines, std::size_t at)
{
    return at + 2 < lines.size() && line_key(lines[at]) == "UserId" && util::contains(lines[at], " GroupId=") &&
           line_key(lines[at + 1]) == "Priority" && line_key(lines[at + 2]) == "JobState";
}

std::vector<std::size_t> heads_in(Lines lines)
{
    std::vector<std::size_t> heads;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (head_starts(lines, i)) {
            heads.push_back(i);
        }
    }
    return heads;
}

bool tail_between(Lines lines, std::size_t from, std::size_t to)
{
    return std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.begin() + static_cast<std::ptrdiff_t>(to),
                       [](std::string_view line) { return is_tail(line_key(line)); });
}

// Where the next " Key=" begins, or the end of the text.
std::size_t next_key(std::string_view text, std::size_t from)
{
    for (std::size_t blank = text.find(' ', from); blank != std::string_view::npos; blank = text.find(' ', blank + 1)) {
        std::size_t end = blank + 1;
        while (end < text.size() && tail_key_character(text[end])) {
            ++end;
        }
        if (end > blank + 1 && end < text.size() && text[end] == '=' &&
            std::isupper(static_cast<unsigned char>(text[blank + 1])) != 0) {
            return blank;
        }
    }
    return text.size();
}

struct Reading {
    JobRecord record{};
    bool suspicious = false;
    bool has_tail = false;
};

// "UserId=alice(2001) GroupId=…": the first value of a key counts.
void take_pairs(Reading& reading, std::string_view line)
{
    line = util::trim(line);
    while (!line.empty()) {
        const std::size_t equal = line.find('=');
        if (equal == std::string_view::npos) {
            return;
        }
        const std::size_t end = next_key(line, equal + 1);
        const auto [place, fresh] = reading.record.emplace(line.substr(0, equal), util::trim(line.substr(equal + 1, end - equal - 1)));
        reading.suspicious = reading.suspicious || !fresh;
        line = util::trim(line.substr(end));
    }
}

// The header: numbers first, then the name, which takes all that is left up to the head.
void take_header(Reading& reading, Lines lines)
{
    constexpr std::string_view k_name = " JobName=";
    const std::size_t at = lines.front().find(k_name);
    take_pairs(reading, lines.front().substr(0, at));
    if (at == std::string_view::npos) {
        return;
    }
    std::string name(lines.front().substr(at + k_name.size()));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (i + 1 == lines.size() && line_key(lines[i]) == "HetJobIdSet" && reading.record.count("HetJobId") != 0) {
            take_pairs(reading, lines[i]);
        } else {
            name += '\n';
            name += lines[i];
            reading.suspicious = reading.suspicious || !line_key(lines[i]).empty();
        }
    }
    reading.record["JobName"] = std::move(name);
}

class Tail {
public:
    explicit Tail(Reading& reading) : m_reading(reading) {}

    void take(std::string_view line)
    {
        const std::string_view key = line_key(line);
        if (is_tail(key)) {
            m_last = std::string(key);
            start(std::string(line.substr(k_indent.size() + key.size() + 1)));
        } else if (is_head(key)) {
            m_reading.suspicious = true; // belongs to the user's text above it
        } else if (key.empty() && !m_last.empty()) {
            m_reading.record[m_last] += '\n' + std::string(line);
        } // else: a key of a version newer than this program
    }

private:
    void start(std::string value)
    {
        const auto [place, fresh] = m_reading.record.emplace(m_last, value);
        if (fresh) {
            return;
        }
        m_reading.suspicious = true;
        if (place->second != value) {
            m_disputed.insert(m_last);
            place->second.clear(); // nobody can tell which of the two is Slurm's
        }
        if (m_disputed.count(m_last) != 0) {
            place->second.clear();
        }
    }

    Reading& m_reading;
    std::string m_last{};
    std::set<std::string> m_disputed{};
};

Reading read_with_head(Lines lines, std::size_t head)
{
    Reading reading;
    take_header(reading, lines.first(head));
    std::size_t i = head;
    for (; i < lines.size() && !is_tail(line_key(lines[i])); ++i) {
        // Lines of -d ("     Nodes=n1 CPU_IDs=0 Mem=100 GRES=") are indented deeper and say nothing about the job.
        if (const std::string_view key = line_key(lines[i]); !key.empty()) {
            take_pairs(reading, lines[i]);
        }
    }
    reading.has_tail = i < lines.size();
    Tail tail(reading);
    for (; i < lines.size(); ++i) {
        tail.take(lines[i]);
    }
    return reading;
}

void keep_common(JobRecord& record, const JobRecord& other)
{
    for (auto it = record.begin(); it != record.end();) {
        const auto found = other.find(it->first);
        it = found == other.end() || found->second != it->second ? record.erase(it) : std::next(it);
    }
}

std::optional<Reading> read_record(Lines lines)
{
    std::vector<std::size_t> heads = heads_in(lines);
    if (heads.empty()) {
        return std::nullopt;
    }
    const bool many = heads.size() > 1;
    // A head without a tail before the next head is a forgery within the job's name.
    while (heads.size() > 1 && !tail_between(lines, heads[0], heads[1])) {
        heads.erase(heads.begin());
    }
    Reading reading = read_with_head(lines, heads.front());
    constexpr std::size_t k_readings = 8; // more only take time: one dispute is enough to drop a key
    for (std::size_t i = 1; i < std::min(heads.size(), k_readings); ++i) {
        keep_common(reading.record, read_with_head(lines, heads[i]).record);
    }
    reading.suspicious = reading.suspicious || many;
    return reading;
}

bool starts_record(std::string_view line)
{
    return line.substr(0, 6) == "JobId=" && line.size() > 6 && std::isdigit(static_cast<unsigned char>(line[6])) != 0;
}

// scontrol ends a record with an empty line. Records without a head are merged with what follows: a job name may hold
// an empty line and a "JobId=".
std::vector<std::size_t> record_starts(Lines lines)
{
    std::vector<std::size_t> starts;
    bool head_seen = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (starts_record(lines[i]) && (starts.empty() || (head_seen && util::trim(lines[i - 1]).empty()))) {
            starts.push_back(i);
            head_seen = false;
        }
        head_seen = head_seen || head_starts(lines, i);
    }
    return starts;
}

} // namespace

Result<JobRecords> read_job_records(std::string_view text)
{
    const std::vector<std::string_view> lines = util::lines(text);
    const Lines all(lines);
    const std::vector<std::size_t> starts = record_starts(all);
    JobRecords found;
    std::set<std::string> ids;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : all.size();
        Lines part = all.subspan(starts[i], end - starts[i]);
        while (!part.empty() && util::trim(part.back()).empty()) { // "   " and "" end a record
            part = part.first(part.size() - 1);
        }
        std::optional<Reading> reading = read_record(part);
        if (!reading || !reading->has_tail) {
            return failure(Code::parse,
                           fmt::format("output of scontrol is cut short: the record of line {} ({}) is not complete", starts[i] + 1,
                                       shown(all[starts[i]])),
                           "ask again, or record it anew");
        }
        const bool twice = !ids.insert(reading->record["JobId"]).second;
        found.suspicious = found.suspicious || reading->suspicious || twice;
        found.records.push_back(std::move(reading->record));
    }
    return found;
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include <hpcdoc/tools/slurm/parse.hpp>

#include "tools/slurm/record_text.hpp"
#include "tools/slurm/text.hpp"
#include "util/strings.hpp"
#include "util/units.hpp"

namespace hpcdoc::slurm {

namespace {

// Written by people, and at the start of their own line: the whole rest of the line is the value.
constexpr std::array<std::string_view, 4> k_line_keys = {"Reason", "Comment", "Extra", "OS"};

bool key_character(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '/' || c == ':' || c == '-' || c == '.';
}

// The length of a "Key" that a "=" follows at the front of the text, or 0.
std::size_t key_length(std::string_view text)
{
    if (text.empty() || std::isupper(static_cast<unsigned char>(text.front())) == 0) {
        return 0;
    }
    const auto end = std::find_if_not(text.begin(), text.end(), key_character);
    return end != text.end() && *end == '=' ? static_cast<std::size_t>(end - text.begin()) : 0;
}

void take_line(Record& record, std::string_view line)
{
    line = util::trim(line);
    while (const std::size_t length = key_length(line)) {
        const std::string_view key = line.substr(0, length);
        line.remove_prefix(length + 1);
        std::size_t end = line.size();
        if (std::find(k_line_keys.begin(), k_line_keys.end(), key) == k_line_keys.end()) {
            for (std::size_t blank = line.find(' '); blank != std::string_view::npos;
                 blank = line.find(' ', blank + 1)) {
                if (key_length(line.substr(blank + 1)) > 0) {
                    end = blank;
                    break;
                }
            }
        }
        record.emplace(key, util::trim(line.substr(0, end))); // the first of two counts
        line = util::trim(line.substr(end));
    }
}

} // namespace

std::vector<Record> parse_records(std::string_view text, std::string_view first_key)
{
    std::vector<Record> records;
    bool open = false;
    for (const std::string_view line : util::lines(text)) {
        // Since 24.11 scontrol show node has lines of blanks within a record: only an empty one ends it.
        if (line.empty() || line == "\r") {
            open = false;
            continue;
        }
        const bool starts = key_length(line) == first_key.size() && line.substr(0, first_key.size()) == first_key;
        if (starts) {
            records.emplace_back();
            open = true;
        }
        if (open) {
            take_line(records.back(), line);
        }
    }
    return records;
}

Record parse_config(std::string_view text)
{
    Record record;
    for (const std::string_view line : util::lines(text)) {
        const std::size_t equal = line.find('=');
        const std::string_view key = util::trim(line.substr(0, equal));
        if (equal != std::string_view::npos && !key.empty() && !util::contains(key, " ")) {
            record.emplace(key, util::trim(line.substr(equal + 1)));
        }
    }
    return record;
}

std::string value_in(const Record& record, std::string_view key)
{
    const auto found = record.find(key);
    return found == record.end() ? std::string() : text_or_nothing(found->second);
}

std::optional<std::uint64_t> number_in(const Record& record, std::string_view key)
{
    const auto found = record.find(key);
    return found == record.end() ? std::nullopt : number(found->second);
}

std::optional<std::uint64_t> megabytes_in(const Record& record, std::string_view key)
{
    const auto found = record.find(key);
    return found == record.end() ? std::nullopt : memory(found->second, k_mebibyte);
}

Result<std::vector<Record>> whole_records(std::string_view text, std::string_view first_key,
                                          std::string_view needed_key, std::string_view source)
{
    std::vector<Record> records = parse_records(text, first_key);
    const std::string_view trimmed = util::trim(text);
    if (records.empty()) {
        // "No reservations in the system", "Node n9 not found", "Partition x not found": an answer, and short.
        const bool nothing = trimmed.empty() || trimmed.substr(0, 3) == "No " ||
                             (util::contains(trimmed, " not found") && trimmed.size() < 300);
        if (!nothing) {
            return failure(Code::parse,
                           fmt::format("output of {} is not what was asked for: {}", source, shown(trimmed)));
        }
        return records;
    }
    for (const Record& record : records) {
        if (record.find(needed_key) == record.end()) {
            return failure(Code::parse,
                           fmt::format("output of {} is cut short: {} {} has no {}", source, first_key,
                                       shown(value_in(record, first_key)), needed_key),
                           "ask again, or record it anew");
        }
    }
    return records;
}

std::vector<License> parse_licenses(std::string_view text)
{
    std::vector<License> licenses;
    for (const Record& record : parse_records(text, "LicenseName")) {
        License license{value_in(record, "LicenseName"), number_in(record, "Total"), number_in(record, "Used"),
                        number_in(record, "Free"), number_in(record, "Reserved")};
        if (!license.name.empty()) {
            licenses.push_back(std::move(license));
        }
    }
    return licenses;
}

bool Reservation::maintenance() const
{
    const std::vector<std::string_view> all = util::split(flags, ',');
    return std::find(all.begin(), all.end(), "MAINT") != all.end();
}

Result<std::vector<Reservation>> parse_reservations(std::string_view text, std::chrono::seconds utc_offset)
{
    HPCDOC_TRY_ASSIGN(const std::vector<Record> records,
                      whole_records(text, "ReservationName", "State", "scontrol show reservation"));
    std::vector<Reservation> reservations;
    for (const Record& record : records) {
        Reservation& one = reservations.emplace_back();
        one.name = value_in(record, "ReservationName");
        one.nodes = value_in(record, "Nodes");
        one.users = value_in(record, "Users");
        one.accounts = value_in(record, "Accounts");
        one.flags = value_in(record, "Flags");
        one.partition = value_in(record, "PartitionName");
        one.state = value_in(record, "State");
        one.start = util::parse_stamp(value_in(record, "StartTime"), utc_offset);
        one.end = util::parse_stamp(value_in(record, "EndTime"), utc_offset);
    }
    return reservations;
}

Result<std::vector<Partition>> parse_partitions(std::string_view text)
{
    HPCDOC_TRY_ASSIGN(const std::vector<Record> records,
                      whole_records(text, "PartitionName", "State", "scontrol show partition"));
    std::vector<Partition> partitions;
    for (const Record& record : records) {
        Partition& one = partitions.emplace_back();
        one.name = value_in(record, "PartitionName");
        one.state = value_in(record, "State");
        one.nodes = value_in(record, "Nodes");
        one.qos = value_in(record, "QoS");
        one.allow_accounts = value_in(record, "AllowAccounts");
        one.deny_accounts = value_in(record, "DenyAccounts");
        one.allow_qos = value_in(record, "AllowQos");
        one.deny_qos = value_in(record, "DenyQos");
        one.allow_groups = value_in(record, "AllowGroups");
        one.max_time = parse_limit(value_in(record, "MaxTime"));
        one.max_nodes = number_in(record, "MaxNodes");
        one.min_nodes = number_in(record, "MinNodes");
        one.total_nodes = number_in(record, "TotalNodes");
        one.total_cpus = number_in(record, "TotalCPUs");
        one.max_cpus_per_node = number_in(record, "MaxCPUsPerNode");
        one.max_memory_per_node = megabytes_in(record, "MaxMemPerNode");
        one.max_memory_per_cpu = megabytes_in(record, "MaxMemPerCPU");
        one.exclusive = value_in(record, "OverSubscribe") == "EXCLUSIVE";
    }
    return partitions;
}

} // namespace hpcdoc::slurm

// SPDX-License-Identifier: Apache-2.0
// One record of "scontrol show job" as key and value, with what a user may have forged taken out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <hpcdoc/result.hpp>

namespace hpcdoc::slurm {

using JobRecord = std::map<std::string, std::string, std::less<>>;

struct JobRecords {
    std::vector<JobRecord> records{};
    bool suspicious = false;
};

// Slurm's layout (slurm_sprint_job_info, 20.11 to 26.05):
//   JobId=… [ArrayJobId=…] JobName=<anything, newlines too>
//   [   HetJobIdSet=…]
//      UserId=… GroupId=… MCS_label=…           ┐ the head: only Slurm's own words; Network= on its last line
//      Priority=… / JobState=… / … / OverSubscribe=… ┘ is the user's, but stands last there
//      Command=<anything> / WorkDir=<anything> / Comment=… / StdOut=… the tail: texts of the user
// So a head line counts only within the head, and a head counts only if no complete one stands before it. If a name or
// a comment holds a complete record, both readings are possible: only what they agree on is kept.
Result<JobRecords> read_job_records(std::string_view text);

} // namespace hpcdoc::slurm
